import { useEffect, useState } from "react";
import type { Provenance } from "../../domain/provenance.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { ProvenanceMark } from "../kit/marks.tsx";
import { CityTools } from "./city-tools.tsx";
import { HoverTip } from "./hover-tip.tsx";
import { ScaleBar } from "./scale-bar.tsx";
import "./furniture.css";

/** Shown whenever something on the screen was made up for demonstration. */
function SampleBadge() {
  const { stores } = useTwin();
  const { t } = useWords();
  const hasSample = useStore(stores.layers, (state) =>
    state.layers.some(
      (layer) => layer.visible && layer.provenance.kind === ("SAMPLE" satisfies Provenance["kind"]),
    ),
  );
  if (!hasSample) return null;
  return (
    <p className="lt-sample" title={t("city.sampleAbout")}>
      <ProvenanceMark kind="SAMPLE" size={14} />
      <b>{t("city.sample")}</b>
      {t.locale === "zh-CN" && <span>SAMPLE</span>}
    </p>
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
        <SampleBadge />
      </div>
      <CityTools />
      <div className="lt-city-foot">
        <Credits />
        <ScaleBar />
      </div>
      <HoverTip />
    </>
  );
}
