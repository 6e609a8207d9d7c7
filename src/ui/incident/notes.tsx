import { useState } from "react";
import { TextArea, TextField } from "react-aria-components";
import type { Incident } from "../../domain/incident.ts";
import { useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Empty } from "../kit/section.tsx";
import { nameOfActor } from "./log-lines.ts";
import { useIsPast } from "./use-moment.ts";

/** What is being written, by incident: looking at something else in between loses nothing. */
const drafts = new Map<string, string>();

/** Notes, newest first, and a place to write one. */
export function Notes({ incident }: { incident: Incident }) {
  const { run } = useTwin();
  const { t, format } = useWords();
  const { id, notes } = incident;
  const isPast = useIsPast();
  const [draft, setDraft] = useState(() => drafts.get(id) ?? "");
  const write = (text: string) => {
    drafts.set(id, text);
    setDraft(text);
  };
  const send = () => {
    const text = draft.trim();
    if (text)
      run({ type: "note-incident", id, text }).then(
        () => write(""),
        () => {},
      );
  };
  return (
    <div className="lt-notes">
      <TextField
        className="lt-note-field"
        isDisabled={isPast}
        aria-label={t("incident.notes")}
        value={draft}
        onChange={write}
        maxLength={4000}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.preventDefault();
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          send();
        }}
      >
        <TextArea placeholder={t("incident.notePlaceholder")} rows={2} aria-keyshortcuts="Control+Enter" />
      </TextField>
      <div className="lt-row-buttons">
        <Button onPress={send} isDisabled={isPast || !draft.trim()}>
          {t("incident.noteSend")}
        </Button>
      </div>
      {notes.length === 0 && <Empty>{t("incident.notesEmpty")}</Empty>}
      <ul className="lt-note-list">
        {[...notes].reverse().map((note) => (
          <li key={note.entryId}>
            <small>
              {nameOfActor(note.by, t)} · <time>{format.dateTime(note.atMs)}</time>
            </small>
            <p className="lt-prose">{note.text}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
