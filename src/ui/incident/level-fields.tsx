import type { ReactNode } from "react";
import { type Key, ToggleButton, ToggleButtonGroup } from "react-aria-components";
import type { Incident } from "../../domain/incident.ts";
import { useWords } from "../context.tsx";
import { LevelMark } from "../kit/marks.tsx";
import { useRun } from "../use-run.ts";
import { GradeMark, ResponseMark } from "./level-marks.tsx";

const LEVELS = [1, 2, 3, 4] as const;
type Level = (typeof LEVELS)[number];

interface ScaleProps {
  readonly label: string;
  readonly value: Level | null;
  readonly nameOf: (level: Level) => string;
  readonly mark: (level: Level) => ReactNode;
  readonly onChange: (level: Level | null) => void;
  readonly isDisabled: boolean;
}

/** One scale of four, highest first; pressing the chosen step takes it back. */
function Scale({ label, value, nameOf, mark, onChange, isDisabled }: ScaleProps) {
  const { t } = useWords();
  const choose = (keys: Set<Key>) => onChange(LEVELS.find((level) => keys.has(String(level))) ?? null);
  return (
    <div className="lt-levels">
      <div className="lt-levels-words">
        <span>{label}</span>
        <b data-set={value !== null}>{value === null ? t("incident.none") : nameOf(value)}</b>
      </div>
      <ToggleButtonGroup
        className="lt-levels-steps"
        aria-label={label}
        selectionMode="single"
        selectedKeys={value === null ? [] : [String(value)]}
        onSelectionChange={choose}
        isDisabled={isDisabled}
      >
        {LEVELS.map((level) => (
          <ToggleButton key={level} id={String(level)} className="lt-levels-step" aria-label={nameOf(level)}>
            {mark(level)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}

/** Warning level, response level and event grade: three scales that are never mixed up, each with its own mark. */
export function LevelFields({ incident }: { incident: Incident }) {
  const { t } = useWords();
  const run = useRun();
  const { id, warningLevel, responseLevel, eventGrade, phase } = incident;
  const isDisabled = phase === "close";
  return (
    <section className="lt-level-scales" aria-label={t("incident.levels")}>
      <Scale
        label={t("incident.warningLevel")}
        value={warningLevel}
        nameOf={(level) => t(`warning.level.${level}`)}
        mark={(level) => <LevelMark level={level} size={18} />}
        onChange={(level) => run({ type: "set-warning-level", id, level })}
        isDisabled={isDisabled}
      />
      <Scale
        label={t("incident.responseLevel")}
        value={responseLevel}
        nameOf={(level) => t(`incident.response.${level}`)}
        mark={(level) => <ResponseMark level={level} size={20} />}
        onChange={(level) => run({ type: "set-response-level", id, level })}
        isDisabled={isDisabled}
      />
      <Scale
        label={t("incident.eventGrade")}
        value={eventGrade}
        nameOf={(grade) => t(`incident.grade.${grade}`)}
        mark={(grade) => <GradeMark grade={grade} size={20} />}
        onChange={(grade) => run({ type: "set-event-grade", id, grade })}
        isDisabled={isDisabled}
      />
    </section>
  );
}
