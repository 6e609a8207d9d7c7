import { useStore, useTwin } from "../context.tsx";
import { AlertList } from "./alert-list.tsx";
import { IncidentList } from "./incident-list.tsx";
import { IncidentPanel } from "./incident-panel.tsx";

/** The chosen incident, else what there is to choose from. */
export function IncidentsTab() {
  const { stores } = useTwin();
  const chosen = useStore(stores.incidents, (state) => state.chosen);
  if (chosen !== null) return <IncidentPanel key={chosen} incidentId={chosen} />;
  return (
    <>
      <IncidentList />
      <AlertList />
    </>
  );
}
