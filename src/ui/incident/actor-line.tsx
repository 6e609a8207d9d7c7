import { UserRound } from "lucide-react";
import { useState } from "react";
import { Form, Input, TextField } from "react-aria-components";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import "../kit/field.css";
import { useRun } from "../use-run.ts";

/** Who sits here: the name that goes into the record. */
export function ActorLine() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const actor = useStore(stores.incidents, (state) => state.actor);
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null)
    return (
      <div className="lt-actor">
        <UserRound className="lt-icon" aria-hidden />
        <span>{t("incident.actor")}</span>
        <b className="lt-ellipsis" data-set={actor !== ""}>
          {actor || t("incident.actorNone")}
        </b>
        <Button tone="quiet" onPress={() => setDraft(actor)}>
          {t(actor === "" ? "incident.actorGive" : "incident.actorChange")}
        </Button>
      </div>
    );
  const save = () => {
    if (draft.trim()) run({ type: "set-actor", name: draft.trim() });
    setDraft(null);
  };
  return (
    <Form
      className="lt-actor-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <p className="lt-note">{t("incident.actorEmpty")}</p>
      <div className="lt-inline-form">
        <TextField
          className="lt-field"
          aria-label={t("incident.actor")}
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
          <Input placeholder={t("incident.actorPlaceholder")} spellCheck={false} />
        </TextField>
        <Button onPress={save} isDisabled={!draft.trim()}>
          {t("incident.actorSave")}
        </Button>
      </div>
    </Form>
  );
}
