import { cuttingPlanes, type SectionPlane } from "../domain/reading/section-plane.ts";
import type { WireParts } from "./parts.ts";
import { modelTilesetId } from "./wire-models.ts";

/** What cuts a model; a plan's plane does so in the close-up alone. */
export function sectionsOf({ stores }: Pick<WireParts, "stores">, modelId: string): readonly SectionPlane[] {
  const { toolsOf, planes, box } = stores.reading.get();
  return toolsOf === modelId ? cuttingPlanes(stores.models.get().section, planes, box) : [];
}

/** Calls whenever the sections of some model may have changed. */
export function onSections({ stores, scope }: Pick<WireParts, "stores" | "scope">, fn: () => void): void {
  scope.add(stores.reading.watch((s) => s.planes, fn));
  scope.add(stores.reading.watch((s) => s.box, fn));
  scope.add(stores.reading.watch((s) => s.toolsOf, fn));
  scope.add(stores.models.watch((s) => s.section, fn));
}

/** The sections of the model that is or was last open close up cut it in the city too, and go with it when it is moved. */
export function wireSections(parts: WireParts): void {
  let cut: string | null = null;
  onSections(parts, () => {
    const { toolsOf } = parts.stores.reading.get();
    if (cut !== null && cut !== toolsOf) parts.view.setSections(modelTilesetId(cut), []);
    cut = toolsOf;
    if (toolsOf !== null) parts.view.setSections(modelTilesetId(toolsOf), sectionsOf(parts, toolsOf));
  });
}
