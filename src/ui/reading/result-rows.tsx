import { type KeyboardEvent, useRef, useState } from "react";
import type { ElementColumns } from "../../domain/model.ts";
import { hasRow, type Rows } from "../../domain/reading/row-set.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { useRun } from "../use-run.ts";
import { useAnswer, useReading } from "./use-reading.ts";
import { rowHeightOf, scrollFor, useVirtualRows } from "./use-virtual-rows.ts";

interface Props {
  readonly modelId: string;
  readonly rows: Rows;
  readonly label: string;
}

/** Elements as a list of any length: choosing one shows it. */
export function ResultRows({ modelId, rows, label }: Props) {
  const { signals } = useTwin();
  const { t } = useWords();
  const answer = useAnswer(modelId, () => signals.elementColumns(modelId));
  if (answer.state !== "here") return <p className="lt-note">{t("app.loading")}</p>;
  return <ResultList modelId={modelId} rows={rows} label={label} elements={answer.value} />;
}

function ResultList({ modelId: id, rows, label, elements }: Props & { elements: ElementColumns }) {
  const { stores } = useTwin();
  const run = useRun();
  const reading = useReading(id);
  const isLarge = useStore(stores.ui, (state) => state.largeType);
  const host = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const rowHeight = rowHeightOf(isLarge);
  const { first, last } = useVirtualRows(host, rows.length, rowHeight);
  const choose = (place: number, isAdding: boolean) => {
    const row = rows[place];
    if (row === undefined) return;
    setAt(place);
    run({ type: "select-elements", id, rows: [row], mode: isAdding ? "toggle" : "replace" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (event.key === "Enter") run({ type: "zoom-to-elements", id });
    else if (step === undefined) return;
    else {
      const to = Math.min(rows.length - 1, Math.max(0, at + step));
      choose(to, event.shiftKey);
      const element = host.current;
      const top = element && scrollFor(to, element.scrollTop, element.clientHeight, rowHeight);
      if (element && top !== null) element.scrollTop = top;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={host}
      role="listbox"
      aria-label={label}
      aria-multiselectable
      tabIndex={0}
      aria-activedescendant={`lt-result-${at}`}
      className="lt-vtree lt-results lt-scroll"
      onKeyDown={onKeyDown}
    >
      <div className="lt-vtree-space" style={{ height: rows.length * rowHeight }} role="presentation">
        {Array.from(rows.subarray(first, last), (row, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the list
          // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus
          <div
            key={row}
            id={`lt-result-${first + i}`}
            role="option"
            aria-selected={reading ? hasRow(reading.selected, row) : false}
            className="lt-vtree-row"
            data-active={first + i === at}
            style={{ transform: `translateY(${(first + i) * rowHeight}px)` }}
            onClick={(event) => choose(first + i, event.ctrlKey || event.metaKey || event.shiftKey)}
            onDoubleClick={() => run({ type: "zoom-to-elements", id })}
          >
            <div className="lt-vtree-cell">
              <span className="lt-ellipsis">{elements.name[row] || elements.globalId[row]}</span>
              <span className="lt-tree-note">{elements.class[row]?.replace(/^Ifc/, "")}</span>
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
