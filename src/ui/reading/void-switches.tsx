import type { ModelEntry } from "../../domain/model.ts";
import { VOID_KINDS } from "../../domain/reading/model-reading.ts";
import { useWords } from "../context.tsx";
import { useRun } from "../use-run.ts";
import { useReading } from "./use-reading.ts";

/** Spaces and openings, which are there but not built: off until somebody asks. Nothing for a model without them. */
export function VoidSwitches({ model: { id, voids } }: { model: ModelEntry }) {
  const { t, format } = useWords();
  const run = useRun();
  const shown = useReading(id)?.voids ?? [];
  const kinds = VOID_KINDS.filter((kind) => voids[kind] > 0);
  if (kinds.length === 0) return null;
  return (
    <fieldset className="lt-voids" aria-label={t("reading.voids")}>
      {kinds.map((kind) => (
        <button
          key={kind}
          type="button"
          className="lt-void"
          aria-pressed={shown.includes(kind)}
          onClick={() => run({ type: "show-voids", id, kind, visible: !shown.includes(kind) })}
        >
          <span className="lt-void-swatch" data-kind={kind} />
          {t(`reading.voids.${kind}`)}
          <span className="lt-tree-note">{format.number(voids[kind])}</span>
        </button>
      ))}
    </fieldset>
  );
}
