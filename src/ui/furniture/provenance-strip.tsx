import { useStore, useTwin, useWords } from "../context.tsx";
import { ProvenanceMark } from "../kit/marks.tsx";
import { shownProvenance } from "./shown-provenance.ts";
import "./provenance-strip.css";

/** Where what is seen comes from, in shape and word: on the picture itself, so that it is on every picture of it. */
export function ProvenanceStrip() {
  const { stores } = useTwin();
  const { t } = useWords();
  const layers = useStore(stores.layers, (state) => state.layers);
  const feeds = useStore(stores.feeds, (state) => state.feeds);
  const units = useStore(stores.response, (state) => state.units);
  const zones = useStore(stores.response, (state) => state.zones);
  const isPast = useStore(stores.timeline, (state) => state.mode !== "live");
  const shown = shownProvenance({ layers, feeds, units, zones });
  if (shown.length === 0) return null;
  return (
    <ul className="lt-provenance-strip" aria-label={t("city.provenance")}>
      {isPast && <li className="lt-provenance-past">{t("city.past")}</li>}
      {shown.map(({ kind, sources }) => (
        <li key={kind} title={sources.map((source) => t.text(source)).join(" · ")}>
          <ProvenanceMark kind={kind} size={14} />
          <b>{t(`provenance.${kind}`)}</b>
          {t.locale === "zh-CN" && <span>{kind}</span>}
        </li>
      ))}
    </ul>
  );
}
