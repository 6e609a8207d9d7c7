import type { WireParts } from "./parts.ts";

/** Units are on the map where they were last reported, with the chosen one's way along roads. */
export function wireUnits({ stores, view, scope }: WireParts): void {
  const drawRoutes = () => {
    const { selection } = stores.selection.get();
    view.setRoutes(stores.response.get().routes, selection.kind === "unit" ? selection.unitId : null);
  };
  scope.add(
    stores.response.watch(
      (s) => s.units,
      (units) => view.setUnits(units),
    ),
  );
  scope.add(stores.response.watch((s) => s.routes, drawRoutes));
  scope.add(stores.selection.watch((s) => s.selection, drawRoutes));
}
