import type { Legend } from "../../domain/layer.ts";
import { useWords } from "../context.tsx";
import "./layer-legend.css";

/** What the colours of a layer mean. */
export function LayerLegend({ legend }: { legend: Legend }) {
  const { t } = useWords();
  return (
    <ul className="lt-map-legend" aria-label={t("layers.legendOf", { name: t.text(legend.title) })}>
      {legend.entries.map(({ color, label, isLine }) => (
        <li key={`${color} ${label.en}`}>
          <i data-line={isLine ?? false} style={{ color }} aria-hidden />
          <span>{t.text(label)}</span>
        </li>
      ))}
    </ul>
  );
}
