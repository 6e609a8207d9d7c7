import { cuttingPlanes } from "../domain/reading/section-plane.ts";
import type { WireParts } from "./parts.ts";
import { modelTilesetId } from "./wire-models.ts";

/** The sections of the model that is or was last open close up cut it in the city too, and go with it when it is moved. */
export function wireSections({ stores, view, scope }: WireParts): void {
  let cut: string | null = null;
  const apply = () => {
    const { toolsOf, planes, box } = stores.reading.get();
    if (cut !== null && cut !== toolsOf) view.setSections(modelTilesetId(cut), []);
    cut = toolsOf;
    if (toolsOf === null) return;
    view.setSections(modelTilesetId(toolsOf), cuttingPlanes(stores.models.get().section, planes, box));
  };
  for (const part of [(s: ReturnType<typeof stores.reading.get>) => s.planes] as const)
    scope.add(stores.reading.watch(part, apply));
  scope.add(stores.reading.watch((s) => s.box, apply));
  scope.add(stores.reading.watch((s) => s.toolsOf, apply));
  scope.add(stores.models.watch((s) => s.section, apply));
}
