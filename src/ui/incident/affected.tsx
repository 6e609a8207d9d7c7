import { Download } from "lucide-react";
import type { Incident } from "../../domain/incident.ts";
import { areaOfIncident } from "../../domain/incident-opening.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Empty } from "../kit/section.tsx";
import { AffectedList } from "../scenario/affected-list.tsx";
import { useRun } from "../use-run.ts";

/** Whom it concerns: totals by day and night, the list, and the list as a file. */
export function Affected({ incident }: { incident: Incident }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const zones = useStore(stores.response, (state) => state.zones);
  const affected = useStore(stores.incidents, (state) => state.affected);
  const error = useStore(stores.incidents, (state) => state.affectedError);
  const { id } = incident;
  if (!areaOfIncident(incident, zones)) return <Empty>{t("incident.noArea")}</Empty>;
  const save = (format: "csv" | "geojson") => run({ type: "export-affected", id, format });
  return (
    <div className="lt-incident-affected">
      <div className="lt-row-buttons">
        <Button icon={Download} onPress={() => save("csv")} isDisabled={affected === null}>
          {t("incident.exportCsv")}
        </Button>
        <Button icon={Download} onPress={() => save("geojson")} isDisabled={affected === null}>
          {t("incident.exportGeoJson")}
        </Button>
      </div>
      {error ? (
        <p className="lt-fault" role="alert">
          {t.error(error)}
        </p>
      ) : (
        <AffectedList affected={affected} />
      )}
    </div>
  );
}
