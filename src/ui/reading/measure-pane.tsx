import { Check, Trash2 } from "lucide-react";
import type { ModelEntry } from "../../domain/model.ts";
import {
  areaOf,
  type Measure,
  type MeasureKind,
  measureLabel,
  perimeterOf,
} from "../../domain/reading/measure.ts";
import { mapPointOf, placeOfPoint } from "../../domain/reading/point-place.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { Empty, Facts } from "../kit/section.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { useRun } from "../use-run.ts";

const KINDS: readonly MeasureKind[] = ["point", "distance", "angle", "area"];

function PointFacts({ measure, model }: { measure: Measure; model: ModelEntry }) {
  const { t } = useWords();
  const point = measure.points[0]!;
  const place = placeOfPoint(model.georeference, point);
  const map = mapPointOf(model.georeference, point);
  return (
    <Facts
      rows={[
        [t("reading.inModel"), point.map((part) => part.toFixed(3)).join(", ")],
        ...(map
          ? [[map.crs, `${map.eastings.toFixed(3)}, ${map.northings.toFixed(3)}`] as [string, string]]
          : []),
        ...(place
          ? [
              [
                "WGS 84",
                `${place.longitudeDeg.toFixed(8)}, ${place.latitudeDeg.toFixed(8)}, ${place.height.toFixed(3)} m`,
              ] as [string, string],
            ]
          : []),
      ]}
    />
  );
}

function MeasureRow({ measure, model }: { measure: Measure; model: ModelEntry }) {
  const { t, format } = useWords();
  const run = useRun();
  return (
    <li className="lt-plane">
      <div className="lt-plane-head">
        <span>{t(`reading.measure.${measure.kind}`)}</span>
        <output>{measure.kind === "point" ? "" : measureLabel(measure)}</output>
        <IconButton
          label={t("action.remove")}
          icon={Trash2}
          onPress={() => run({ type: "remove-measure", measure: measure.id })}
        />
      </div>
      {measure.kind === "point" && <PointFacts measure={measure} model={model} />}
      {measure.kind === "area" && (
        <p className="lt-note">
          {t("reading.perimeter", { length: format.measure(perimeterOf(measure.points), "m", 3) })}
        </p>
      )}
    </li>
  );
}

/** Points, distances, angles and areas, drawn to vertices and edges. */
export function MeasurePane({ model }: { model: ModelEntry }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const measuring = useStore(stores.reading, (state) => state.measuring);
  const measures = useStore(stores.reading, (state) => state.measures);
  const ring = measuring?.kind === "area" ? measuring.points : [];
  return (
    <>
      <Segmented
        label={t("reading.measure")}
        value={measuring?.kind ?? "off"}
        options={(["off", ...KINDS] as const).map((id) => ({ id, label: t(`reading.measure.${id}`) }))}
        onChange={(kind) => run({ type: "set-measuring", kind: kind === "off" ? null : kind })}
      />
      {measuring && <p className="lt-note">{t(`reading.measureHelp.${measuring.kind}`)}</p>}
      {ring.length >= 3 && (
        <div className="lt-row-buttons">
          <Button tone="main" icon={Check} onPress={() => run({ type: "finish-measure" })}>
            {t("reading.closeArea", { area: format.measure(areaOf(ring), "m²", 2) })}
          </Button>
        </div>
      )}
      {measures.length === 0 && !measuring && <Empty>{t("reading.noMeasures")}</Empty>}
      <ul className="lt-planes">
        {measures.map((measure) => (
          <MeasureRow key={measure.id} measure={measure} model={model} />
        ))}
      </ul>
      {measures.length > 1 && (
        <Button tone="quiet" onPress={() => run({ type: "remove-measure", measure: null })}>
          {t("reading.removeAll")}
        </Button>
      )}
    </>
  );
}
