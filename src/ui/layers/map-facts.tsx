import { Table2 } from "lucide-react";
import { gradeShortfall } from "../../domain/cim-grade.ts";
import type { Layer, LayerMap } from "../../domain/layer.ts";
import { useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { useRun } from "../use-run.ts";
import { LayerLegend } from "./layer-legend.tsx";

/** A claim that the content does not bear out, and why. */
export function GradeNote({ layer }: { layer: Layer }) {
  const { t } = useWords();
  const shortfall = gradeShortfall(layer);
  if (!shortfall) return null;
  const { claimed, reached } = shortfall;
  return (
    <p className="lt-layer-status">
      {t("layers.gradeShort", { claimed, reached: reached.grade, reason: t.text(reached.reason) })}
    </p>
  );
}

function TimeChoice({ id, map }: { id: string; map: LayerMap }) {
  const { t, format } = useWords();
  const run = useRun();
  const { times = [], time } = map;
  if (times.length < 2) return null;
  return (
    <Segmented
      label={t("layers.time")}
      value={time ?? times.at(-1)!}
      options={times.map((one) => ({ id: one, label: format.dateTime(Date.parse(one)) }))}
      onChange={(chosen) => run({ type: "set-map-time", id, time: chosen })}
    />
  );
}

/** What a layer of the one map has besides what every layer has: legend, moments, grade. */
export function MapFacts({ layer, map }: { layer: Layer; map: LayerMap }) {
  const { t, format } = useWords();
  return (
    <>
      {map.legend && <LayerLegend legend={map.legend} />}
      <TimeChoice id={layer.id} map={map} />
      <p className="lt-note">
        {[
          t(`map.kind.${map.service}` as "map.kind.wms"),
          ...(layer.data ? [t("data.features", { count: format.number(layer.data.features) })] : []),
          ...(map.grade ? [t("catalogue.grade", { grade: map.grade })] : []),
        ].join(" · ")}
      </p>
    </>
  );
}

/** The attribute table of a layer that has one. */
export function TableButton({ layer }: { layer: Layer }) {
  const { t } = useWords();
  const run = useRun();
  const hasTable = layer.kind === "city" || (layer.kind === "data" && layer.data?.format !== "3D Tiles");
  if (!hasTable || layer.status !== "ready") return null;
  return (
    <Button icon={Table2} onPress={() => run({ type: "open-table", id: layer.id })}>
      {t("table.open")}
    </Button>
  );
}
