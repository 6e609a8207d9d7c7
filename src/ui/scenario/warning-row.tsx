import { Button } from "react-aria-components";
import type { Warning } from "../../domain/risk.ts";
import { useNow, useStore, useTwin, useWords } from "../context.tsx";
import { LevelMark } from "../kit/marks.tsx";
import { useRun } from "../use-run.ts";
import "./warning-row.css";

/** A warning counts as new this long after it was sent: what changed while one looked away. */
const NEW_MS = 10 * 60_000;

interface WarningRowProps {
  readonly warning: Warning;
  /** Whole headline, area on a line of its own: for a column that is read from afar. */
  readonly isTall?: boolean;
}

/** A warning in a list: level, headline, area, age. Choosing it flies there and shows whom it concerns. */
export function WarningRow({ warning, isTall = false }: WarningRowProps) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const now = useNow(10_000);
  const isChosen = useStore(stores.scenario, (state) => state.chosenWarning === warning.id);
  const level = t(`warning.level.${warning.level}`);
  const age = (
    <time title={`${format.dateTime(warning.sentMs)} ${t("clock.zone")}`}>
      {format.age(warning.sentMs, now)}
    </time>
  );
  return (
    <li>
      <Button
        className="lt-warning-row"
        data-chosen={isChosen}
        data-tall={isTall}
        onPress={() => run({ type: "choose-warning", id: warning.id })}
      >
        <LevelMark level={warning.level} size={16} />
        <span className="lt-warning-words">
          <span className="lt-ellipsis">{t.text(warning.headline)}</span>
          {isTall && (
            <small>
              {level} · {age}
              {now - warning.sentMs < NEW_MS && <span className="lt-new">{t("warning.new")}</span>}
            </small>
          )}
          <small className="lt-ellipsis">
            {isTall ? t.text(warning.areaDesc) : `${level} · ${t.text(warning.areaDesc)}`}
          </small>
        </span>
        {!isTall && age}
      </Button>
    </li>
  );
}
