import { Eye, EyeOff, Focus, ScanEye, Square, SquareDashed, Undo2 } from "lucide-react";
import type { ModelReading } from "../../domain/reading/model-reading.ts";
import { useWords } from "../context.tsx";
import { IconButton } from "../kit/button.tsx";
import { useRun } from "../use-run.ts";
import { useReading } from "./use-reading.ts";

function isAltered(reading: ModelReading | undefined): boolean {
  return reading !== undefined && (reading.hidden.length > 0 || reading.isolated !== null);
}

/** What can be done with what is chosen, and the way back from it. */
export function SelectionBar({ modelId: id }: { modelId: string }) {
  const { t, format } = useWords();
  const run = useRun();
  const reading = useReading(id);
  const count = reading?.selected.length ?? 0;
  const nothing = count === 0;
  const isXray = reading?.isXray ?? false;
  return (
    <div className="lt-selection-bar">
      <span className="lt-selection-count" role="status">
        {nothing ? t("reading.nothingSelected") : t("reading.selected", { count: format.number(count) })}
      </span>
      <IconButton
        label={t("reading.hide")}
        hint="H"
        icon={EyeOff}
        isDisabled={nothing}
        onPress={() => run({ type: "hide-elements", id })}
      />
      <IconButton
        label={t("reading.isolate")}
        hint="I"
        icon={ScanEye}
        isDisabled={nothing}
        onPress={() => run({ type: "isolate-elements", id })}
      />
      <IconButton
        label={t("reading.zoom")}
        hint="F"
        icon={Focus}
        isDisabled={nothing}
        onPress={() => run({ type: "zoom-to-elements", id })}
      />
      <IconButton
        label={t("reading.xray")}
        hint="X"
        icon={isXray ? SquareDashed : Square}
        pressed={isXray}
        onPress={() => run({ type: "set-xray", id, on: !isXray })}
      />
      <IconButton
        label={t("reading.undo")}
        hint="Ctrl Z"
        icon={Undo2}
        isDisabled={(reading?.past.length ?? 0) === 0}
        onPress={() => run({ type: "undo-visibility", id })}
      />
      <IconButton
        label={t("reading.showAll")}
        hint="A"
        icon={Eye}
        isDisabled={!isAltered(reading)}
        onPress={() => run({ type: "show-all-elements", id })}
      />
    </div>
  );
}
