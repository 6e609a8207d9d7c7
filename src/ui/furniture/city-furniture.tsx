import { lazy, Suspense, useEffect, useState } from "react";
import { useStore, useTwin, useWords } from "../context.tsx";
import { CimRuler } from "./cim-ruler.tsx";
import { CityTools } from "./city-tools.tsx";
import { HoverTip } from "./hover-tip.tsx";
import { ProvenanceStrip } from "./provenance-strip.tsx";
import { ScaleBar } from "./scale-bar.tsx";
import "./furniture.css";

const SensorLegend = lazy(() =>
  import("../layers/sensor-legend.tsx").then((m) => ({ default: m.SensorLegend })),
);

const FilterChip = lazy(() => import("../table/filter-chip.tsx").then((m) => ({ default: m.FilterChip })));

function BuildingFilter() {
  const { stores } = useTwin();
  const isOn = useStore(stores.buildingFilter, (state) => state.active !== null);
  return isOn ? (
    <Suspense>
      <FilterChip />
    </Suspense>
  ) : null;
}

/** Columns and heat maps are not understood without their legend: it stands on the picture. */
function MapLegend() {
  const { stores } = useTwin();
  const mode = useStore(stores.display, (state) => state.sensors.mode);
  const hasSensors = useStore(stores.risk, (state) => state.sensors.length > 0);
  if (!hasSensors || (mode !== "hexagons" && mode !== "heat")) return null;
  return (
    <div className="lt-glass lt-on-city">
      <Suspense>
        <SensorLegend />
      </Suspense>
    </div>
  );
}

function Credits() {
  const { signals, stores } = useTwin();
  const { t } = useWords();
  const [credits, setCredits] = useState<readonly string[]>([]);
  useEffect(() => signals.onCredits(setCredits), [signals]);
  const layers = useStore(stores.layers, (state) => state.layers);
  const attributions = layers.flatMap((layer) =>
    layer.visible && layer.attribution ? [layer.attribution] : [],
  );
  const all = [...new Set([...credits, ...attributions])];
  if (all.length === 0) return null;
  const text = all.join(" · ");
  return <p className="lt-credits">{t("city.credits", { credits: text })}</p>;
}

function Loading() {
  const { signals } = useTwin();
  const { t } = useWords();
  const [tilesLeft, setTilesLeft] = useState(0);
  useEffect(() => signals.onLoading?.(setTilesLeft), [signals]);
  return (
    <p className="lt-loading" data-on={tilesLeft > 0} role="status">
      {tilesLeft > 0 && <span className="lt-hidden">{t("app.loading")}</span>}
    </p>
  );
}

/** What stands on the city itself: instruments at its edges, provenance, credits. */
export function CityFurniture() {
  return (
    <>
      <Loading />
      <div className="lt-city-top">
        <ProvenanceStrip />
        <BuildingFilter />
        <MapLegend />
      </div>
      <CityTools />
      <div className="lt-city-foot">
        <Credits />
        <CimRuler />
        <ScaleBar />
      </div>
      <HoverTip />
    </>
  );
}
