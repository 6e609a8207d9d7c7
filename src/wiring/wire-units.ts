import type { RoadRoute } from "../domain/response.ts";
import type { ResponseState } from "../state/stores.ts";
import type { WireParts } from "./parts.ts";

/** Of all units' ways the quickest are drawn, beside those of the chosen one and of whoever is under way: eighty are a web. */
const QUICKEST = 3;

export function routesWorthDrawing(
  { units, routes }: Pick<ResponseState, "units" | "routes">,
  chosen: string | null,
): readonly RoadRoute[] {
  const isUnderWay = new Set(
    units.filter(({ status }) => status === "assigned" || status === "moving").map(({ id }) => id),
  );
  const quickest = new Set([...routes].sort((a, b) => a.durationS - b.durationS).slice(0, QUICKEST));
  return routes.filter(
    (route) => quickest.has(route) || route.unitId === chosen || isUnderWay.has(route.unitId),
  );
}

/** Units are on the map where they were last reported, with the chosen one's way along roads. */
export function wireUnits({ stores, view, scope }: WireParts): void {
  const drawRoutes = () => {
    const { selection } = stores.selection.get();
    const chosen = selection.kind === "unit" ? selection.unitId : null;
    view.setRoutes(routesWorthDrawing(stores.response.get(), chosen), chosen);
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
