import { X } from "lucide-react";
import { Button } from "react-aria-components";
import type { TableClass } from "../../domain/table.ts";
import type { OpenTable } from "../../state/map-stores.ts";
import { useWords } from "../context.tsx";
import { IconButton } from "../kit/button.tsx";
import { useRun } from "../use-run.ts";

/** A condition that takes the rows of a class: a span of numbers, or a value. */
export function filterOfClass(column: string, { label, value }: TableClass): string {
  const quoted = (text: string) => (/[\s=<>~!:"，,*]/.test(text) ? `"${text}"` : text);
  const [low, high] = value === "" ? label.split(" – ") : [];
  if (low !== undefined && high !== undefined) return `${quoted(column)}>=${low} ${quoted(column)}<${high}`;
  return `${quoted(column)}=${quoted(value)}`;
}

/** How the rows fall into classes of one column; a class, pressed, becomes the filter. */
export function ClassChart({ table }: { table: OpenTable }) {
  const { t, format } = useWords();
  const run = useRun();
  const { classes } = table;
  if (!classes) return null;
  const column = table.columns.find(({ name }) => name === classes.column);
  const most = Math.max(1, ...classes.classes.map(({ count }) => count));
  const title = column?.title ? t.text(column.title) : classes.column;
  return (
    <section className="lt-class-chart" aria-label={t("table.chartOf", { name: title })}>
      <header>
        <h3 className="lt-ellipsis">{t("table.chartOf", { name: title })}</h3>
        <IconButton
          label={t("table.closeChart")}
          icon={X}
          side="top"
          onPress={() => run({ type: "chart-table", column: null })}
        />
      </header>
      <ul className="lt-scroll">
        {classes.classes.map((one) => {
          const word = column?.words?.[one.value];
          return (
            <li key={one.label}>
              <Button
                className="lt-class-row"
                onPress={() =>
                  run({
                    type: "query-table",
                    filter: filterOfClass(
                      column?.title?.[t.locale === "en" ? "en" : "zh"] ?? classes.column,
                      one,
                    ),
                  })
                }
              >
                <span className="lt-ellipsis">{word ? t.text(word) : one.label}</span>
                <i style={{ width: `${(100 * one.count) / most}%` }} aria-hidden />
                <b>{format.number(one.count)}</b>
              </Button>
            </li>
          );
        })}
        {classes.others.rows > 0 && (
          <li className="lt-note">
            {t("table.others", {
              classes: format.number(classes.others.classes),
              rows: format.number(classes.others.rows),
            })}
          </li>
        )}
        {classes.empty > 0 && (
          <li className="lt-note">{t("table.emptyRows", { count: format.number(classes.empty) })}</li>
        )}
      </ul>
    </section>
  );
}
