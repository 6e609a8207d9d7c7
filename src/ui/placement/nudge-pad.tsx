import {
  ArrowDown,
  ArrowDownToLine,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  ArrowUpToLine,
  type LucideIcon,
  RotateCcw,
  RotateCw,
} from "lucide-react";
import { useState } from "react";
import type { PlaceMove } from "../../domain/model-place.ts";
import { useWords } from "../context.tsx";
import { IconButton } from "../kit/button.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { useRun } from "../use-run.ts";

const STEPS = ["0.1", "1", "10"] as const;
/** Degrees that go with a step in metres. */
const TURNS: Readonly<Record<(typeof STEPS)[number], number>> = { "0.1": 0.1, "1": 1, "10": 15 };

/** Moves the building by steps: for the keyboard, and for hands that are exact. */
export function NudgePad({ modelId }: { modelId: string }) {
  const { t } = useWords();
  const run = useRun();
  const [step, setStep] = useState<(typeof STEPS)[number]>("1");
  const [metres, turnDeg] = [Number(step), TURNS[step]];
  const button = (label: string, icon: LucideIcon, move: PlaceMove, area: string) => (
    <span style={{ gridArea: area }}>
      <IconButton
        label={label}
        icon={icon}
        onPress={() => run({ type: "move-model", id: modelId, ...move })}
      />
    </span>
  );
  return (
    <div className="lt-nudge">
      <Segmented
        label={t("place.step")}
        value={step}
        options={STEPS.map((id) => ({ id, label: `${id} m · ${TURNS[id]}°` }))}
        onChange={setStep}
      />
      <fieldset className="lt-nudge-pad" aria-label={t("place.move")}>
        {button(t("place.turnLeft"), RotateCcw, { turnDeg: -turnDeg }, "left")}
        {button(t("place.north"), ArrowUp, { north: metres }, "n")}
        {button(t("place.turnRight"), RotateCw, { turnDeg }, "right")}
        {button(t("place.west"), ArrowLeft, { east: -metres }, "w")}
        {button(t("place.east"), ArrowRight, { east: metres }, "e")}
        {button(t("place.south"), ArrowDown, { north: -metres }, "s")}
        {button(t("place.up"), ArrowUpToLine, { up: metres }, "up")}
        {button(t("place.down"), ArrowDownToLine, { up: -metres }, "down")}
      </fieldset>
      <p className="lt-note">{t("place.hint")}</p>
    </div>
  );
}
