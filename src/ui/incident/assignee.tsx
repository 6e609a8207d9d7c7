import { useState } from "react";
import { Form, Input, TextField } from "react-aria-components";
import type { Incident } from "../../domain/incident.ts";
import { useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import "../kit/field.css";
import { useRun } from "../use-run.ts";

/** Who works on it. */
export function Assignee({ incident }: { incident: Incident }) {
  const { t } = useWords();
  const run = useRun();
  const [draft, setDraft] = useState<string | null>(null);
  const { id, assignee, phase } = incident;
  const assign = (name: string | null) => {
    run({ type: "assign-incident", id, assignee: name });
    setDraft(null);
  };
  if (draft === null)
    return (
      <div className="lt-assignee">
        <span>{t("incident.assignee")}</span>
        <b className="lt-ellipsis" data-set={assignee !== null}>
          {assignee ?? t("incident.assigneeEmpty")}
        </b>
        {phase !== "close" && (
          <Button tone="quiet" onPress={() => setDraft(assignee ?? "")}>
            {t(assignee === null ? "incident.assign" : "incident.actorChange")}
          </Button>
        )}
      </div>
    );
  return (
    <Form
      className="lt-inline-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.trim()) assign(draft.trim());
      }}
    >
      <TextField
        className="lt-field"
        aria-label={t("incident.assignee")}
        value={draft}
        onChange={setDraft}
        maxLength={80}
        autoComplete="off"
        autoFocus
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          setDraft(null);
        }}
      >
        <Input placeholder={t("incident.assignPlaceholder")} spellCheck={false} />
      </TextField>
      <Button onPress={() => assign(draft.trim() || null)} isDisabled={!draft.trim() && assignee === null}>
        {t(draft.trim() || assignee === null ? "incident.assign" : "incident.unassign")}
      </Button>
    </Form>
  );
}
