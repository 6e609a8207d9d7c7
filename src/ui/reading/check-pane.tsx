import { CircleCheck, CircleX, MinusCircle, Upload, X } from "lucide-react";
import type { IdsSpecificationReport } from "../../domain/reading/ids-report.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { Empty, Section } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import { IndexingNote } from "./indexing-note.tsx";

const MARKS = { pass: CircleCheck, fail: CircleX, skipped: MinusCircle } as const;

function Specification({ modelId: id, spec }: { modelId: string; spec: IdsSpecificationReport }) {
  const { t, format } = useWords();
  const run = useRun();
  const Mark = MARKS[spec.status];
  const failed = spec.failed.length;
  return (
    <Section
      rank="minor"
      startsClosed
      title={spec.name}
      aside={
        <span className="lt-check-mark" data-status={spec.status}>
          <Mark className="lt-icon" aria-hidden />
          {t(`reading.check.${spec.status}`)}
        </span>
      }
    >
      <p className="lt-note">
        {t("reading.check.counts", {
          applicable: format.number(spec.applicable.length),
          failed: format.number(failed),
        })}
      </p>
      {spec.description && <p className="lt-note">{spec.description}</p>}
      <ul className="lt-classes">
        {spec.requirements.map(({ text, failed: rows }) => (
          <li key={text}>
            <button
              type="button"
              className="lt-class"
              disabled={rows.length === 0}
              onClick={() => run({ type: "select-elements", id, rows })}
            >
              <code className="lt-ellipsis" title={text}>
                {text}
              </code>
              <span className="lt-tree-note">{format.number(rows.length)}</span>
            </button>
          </li>
        ))}
      </ul>
      {spec.notes.map((note) => (
        <p key={note} className="lt-note">
          {note}
        </p>
      ))}
      {failed > 0 && (
        <div className="lt-row-buttons">
          <Button onPress={() => run({ type: "select-elements", id, rows: spec.failed })}>
            {t("reading.check.select")}
          </Button>
          <Button onPress={() => run({ type: "isolate-elements", id, rows: spec.failed })}>
            {t("reading.isolate")}
          </Button>
        </div>
      )}
    </Section>
  );
}

/** The model against an IDS file: what is asked, and which elements fall short. */
export function CheckPane({ modelId: id }: { modelId: string }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const any = useStore(stores.reading, (state) => state.check);
  const check = any?.modelId === id ? any : null;
  return (
    <>
      <div className="lt-row-buttons">
        <Button icon={Upload} onPress={() => run({ type: "choose-reading-file", id, kind: "ids" })}>
          {t("reading.openIds")}
        </Button>
        {check && (
          <IconButton label={t("action.close")} icon={X} onPress={() => run({ type: "close-check" })} />
        )}
      </div>
      {!check && <Empty>{t("reading.noCheck")}</Empty>}
      {check?.state === "running" && <IndexingNote modelId={id} />}
      {check?.error && <p className="lt-fault">{t.error(check.error)}</p>}
      {check?.report && (
        <>
          <h3 className="lt-subhead">{check.report.title}</h3>
          <p className="lt-note">
            {t("reading.check.summary", {
              passed: check.report.specifications.filter(({ status }) => status === "pass").length,
              total: check.report.specifications.length,
            })}
          </p>
          <p className="lt-note">{t("reading.check.limits")}</p>
          {check.report.specifications.map((spec, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names of specifications may repeat; their order is the file's
            <Specification key={at} modelId={id} spec={spec} />
          ))}
        </>
      )}
    </>
  );
}
