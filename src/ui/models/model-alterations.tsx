import { RotateCcw } from "lucide-react";
import type { Command } from "../../commands/schemas.ts";
import type { ModelEntry } from "../../domain/model.ts";
import { cuttingPlanes } from "../../domain/reading/section-plane.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { useReading } from "../reading/use-reading.ts";
import { useRun } from "../use-run.ts";

/** Says how a model is shown otherwise than it is, in the city too, and gives the way back. Nothing while it is shown whole. */
export function ModelAlterations({ model }: { model: ModelEntry }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const { id } = model;
  const reading = useReading(id);
  const { toolsOf, planes, box } = useStore(stores.reading, (state) => state);
  const section = useStore(stores.models, (state) => state.section);
  const cuts = toolsOf === id ? cuttingPlanes(section, planes, box).length : 0;
  const isFiltered = reading !== undefined && (reading.hidden.length > 0 || reading.isolated !== null);
  const back: Command[] = [];
  if (cuts > 0) back.push({ type: "set-section", section: null }, { type: "set-planes", planes: [] });
  if (cuts > 0) back.push({ type: "set-section-box", box: null });
  if (isFiltered) back.push({ type: "show-all-elements", id });
  if (reading?.isXray) back.push({ type: "set-xray", id, on: false });
  if (reading?.colouring) back.push({ type: "colour-elements-by", id, property: null });
  if (back.length === 0) return null;
  const words = [
    ...(cuts > 0 ? [t("reading.altered.cut", { count: format.number(cuts) })] : []),
    ...(isFiltered ? [t("reading.altered.filtered")] : []),
    ...(reading?.isXray ? [t("reading.altered.xray")] : []),
    ...(reading?.colouring ? [t("reading.altered.coloured", { property: reading.colouring.property })] : []),
  ];
  return (
    <div className="lt-row-buttons">
      <p className="lt-model-note">{words.join(t("place.separator"))}</p>
      <Button tone="quiet" icon={RotateCcw} onPress={() => back.forEach(run)}>
        {t("reading.altered.back")}
      </Button>
    </div>
  );
}
