import { FileDown, FileJson } from "lucide-react";
import { useState } from "react";
import { gridAt } from "../../domain/map-conversion.ts";
import type { ModelEntry } from "../../domain/model.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Field } from "../kit/field.tsx";
import { useAttempt } from "../use-attempt.ts";

/** Keeps the place: beside the file, or inside a copy of it. */
export function PlaceSaving({ model }: { model: ModelEntry }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const { isBusy, error, start } = useAttempt();
  const { evidence, standing, followed } = useStore(stores.placement, (state) => state);
  const own = evidence?.candidates.find(({ id, isTaken }) => (followed ? id === followed : isTaken));
  const [crs, setCrs] = useState(() =>
    standing ? gridAt(standing.longitudeDeg, standing.latitudeDeg) : "EPSG:4550",
  );
  const [height, setHeight] = useState(() =>
    String((own?.origin.height ?? 0) + (model.userPlace?.height ?? 0)),
  );
  const metres = Number(height.replace(",", "."));
  const save = (as: "sidecar" | "ifc") =>
    void start([
      { type: "save-place", id: model.id, as, crs, height: Number.isFinite(metres) ? metres : null },
    ]);
  const isOff = standing === null || isBusy;
  return (
    <div className="lt-place-form">
      <div className="lt-place-pair">
        <Field label={t("place.crs")} value={crs} onChange={setCrs} />
        <Field label={t("place.levelZero")} value={height} onChange={setHeight} inputMode="numeric" />
      </div>
      <div className="lt-row-buttons">
        <Button icon={FileJson} isDisabled={isOff} onPress={() => save("sidecar")}>
          {t("place.saveSidecar")}
        </Button>
        <Button icon={FileDown} isDisabled={isOff} onPress={() => save("ifc")}>
          {t("place.saveIfc")}
        </Button>
      </div>
      {error && (
        <p className="lt-fault" role="alert">
          {t.error(error)}
        </p>
      )}
      <p className="lt-note">{t(model.schema.startsWith("IFC2X") ? "place.keepNote2x" : "place.keepNote")}</p>
    </div>
  );
}
