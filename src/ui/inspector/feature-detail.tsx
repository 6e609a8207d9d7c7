import { LocateFixed } from "lucide-react";
import type { Selection } from "../../domain/selection.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { ProvenanceBadge } from "../kit/marks.tsx";
import { Empty, Facts } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import { valueText } from "./building-attributes.ts";

/** A feature of the user's own file, with all that the file says of it. */
export function FeatureDetail({ selection }: { selection: Selection & { kind: "feature" } }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const layer = useStore(stores.layers, (state) => state.layers.find((one) => one.id === selection.layerId));
  const fields = layer?.map?.fields ?? {};
  const rows = Object.entries(selection.attributes).map(([name, value]) => {
    const field = fields[name];
    const word = field?.words?.[String(value)];
    const text = word ? t.text(word) : valueText(name, value, t, format);
    return [
      field ? t.text(field.title) : name,
      field?.unit && !word ? `${text} ${field.unit}` : text,
    ] as const;
  });
  return (
    <div className="lt-detail">
      <div className="lt-detail-title">
        <h3>{selection.title || t("data.untitled", { number: selection.feature + 1 })}</h3>
        {layer && <ProvenanceBadge provenance={layer.provenance} />}
      </div>
      {layer?.data && <p className="lt-note">{layer.map ? t.text(layer.title) : layer.data.fileName}</p>}
      {rows.length > 0 ? <Facts rows={rows} /> : <Empty>{t("data.noAttributes")}</Empty>}
      <div className="lt-row-buttons">
        <Button icon={LocateFixed} onPress={() => run({ type: "zoom-to-selection" })}>
          {t("action.fly")}
        </Button>
      </div>
    </div>
  );
}
