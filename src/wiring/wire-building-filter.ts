import type { MapPorts } from "../commands/ports.ts";
import type { OnemapDesk } from "./onemap-desk.ts";
import type { WireParts } from "./parts.ts";

type Ports = Pick<MapPorts, "filterBuildings">;

/** Which buildings of the city are shown as they are: decided in the worker that has the table, drawn by their rows. */
export function wireBuildingFilter({ stores, view, scope, onError }: WireParts, desk: OnemapDesk): Ports {
  let turn = 0;
  const filterBuildings: Ports["filterBuildings"] = async (filter, others) => {
    const mine = ++turn;
    if (filter === null) {
      view.filterBuildings(null);
      stores.buildingFilter.set({ active: null });
      return;
    }
    const { leftOut, count } = await desk.filterBuildings(filter);
    if (mine !== turn) return;
    view.filterBuildings({ leftOut, others });
    stores.buildingFilter.set({ active: { filter, others, count, total: leftOut.length } });
  };
  scope.add(
    stores.city.watch(
      (s) => s.city,
      () => {
        const { active } = stores.buildingFilter.get();
        if (!active) return;
        // rows of another city are other buildings; while they are counted, and where they cannot be, all are shown
        view.filterBuildings(null);
        stores.buildingFilter.set({ active: null });
        filterBuildings(active.filter, active.others).catch(onError);
      },
    ),
  );
  return { filterBuildings };
}
