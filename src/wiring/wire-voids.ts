import { paintOf, VOID_KINDS, type VoidKind } from "../domain/reading/model-reading.ts";
import { NO_ROWS } from "../domain/reading/row-set.ts";
import { readModelFile } from "../local/model-files.ts";
import { placeOfModel, tilesetPlacement } from "./model-placement.ts";
import type { WireParts } from "./parts.ts";
import { modelTilesetId } from "./wire-models.ts";
import { onSections, sectionsOf } from "./wire-sections.ts";

/** A tileset of a model's own, beside that of its elements: a pick in it is a pick in the model. */
function voidTilesetId(modelId: string, kind: VoidKind): string {
  return `${modelTilesetId(modelId)}/${kind}`;
}

/** Spaces and openings in the city: where the model stands, shown and filtered with it, loaded only while they are asked for. */
export function wireVoids(parts: WireParts): void {
  const { stores, scope, view, onError } = parts;
  const shown = new Map<string, { readonly modelId: string; readonly ending: AbortController }>();
  const follow = () => {
    const wanted = wantedOf(parts);
    for (const [id, { ending }] of shown)
      if (!wanted.has(id)) {
        shown.delete(id);
        ending.abort();
        view.removeTileset(id);
      }
    for (const [id, { modelId, kind }] of wanted) {
      if (!shown.has(id)) {
        const ending = new AbortController();
        shown.set(id, { modelId, ending });
        add(parts, id, modelId, kind, ending.signal)
          .then(() => dress(parts, id, modelId))
          .catch((error) => {
            shown.delete(id);
            onError(error);
          });
      } else dress(parts, id, modelId);
    }
  };
  scope.add(stores.reading.watch((s) => s.models, follow));
  scope.add(stores.models.watch((s) => s.models, follow));
  onSections(parts, follow);
}

function wantedOf({ stores }: WireParts): Map<string, { readonly modelId: string; readonly kind: VoidKind }> {
  const wanted = new Map<string, { readonly modelId: string; readonly kind: VoidKind }>();
  const { models } = stores.reading.get();
  for (const { id, visible, placement, voids } of stores.models.get().models)
    for (const kind of VOID_KINDS)
      if (visible && placement === "placed" && voids[kind] > 0 && models[id]?.voids.includes(kind))
        wanted.set(voidTilesetId(id, kind), { modelId: id, kind });
  return wanted;
}

async function add(
  { stores, view }: WireParts,
  id: string,
  modelId: string,
  kind: VoidKind,
  signal: AbortSignal,
): Promise<void> {
  const entry = stores.models.get().models.find((model) => model.id === modelId);
  if (!entry || !placeOfModel(entry.georeference, entry.userPlace)) return;
  await view.addTileset(
    {
      id,
      role: "model",
      url: `${location.origin}/local/${modelId}/${kind}/tileset.json`,
      readTile: (path) => readModelFile(modelId, `${kind}/${path}`),
      ...tilesetPlacement(entry.georeference, entry.userPlace),
    },
    signal,
  );
}

/** The same place, storeys, paint and sections as the model's. */
function dress(parts: WireParts, id: string, modelId: string): void {
  const { stores, view } = parts;
  const entry = stores.models.get().models.find((model) => model.id === modelId);
  const reading = stores.reading.get().models[modelId];
  if (!entry) return;
  view.placeTileset(id, tilesetPlacement(entry.georeference, entry.userPlace));
  const hidden = new Set(entry.hiddenStoreys);
  view.hideStoreys(
    id,
    entry.storeys.flatMap(({ globalId }, index) => (hidden.has(globalId) ? [index] : [])),
  );
  view.setSections(id, sectionsOf(parts, modelId));
  view.setElements(id, paintOf(reading), reading?.selected ?? NO_ROWS);
}
