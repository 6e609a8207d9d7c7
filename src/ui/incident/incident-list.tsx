import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { Button as AriaButton, Form, Input, TextField } from "react-aria-components";
import type { Incident } from "../../domain/incident.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { LevelMark } from "../kit/marks.tsx";
import { Empty, Section } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import { ActorLine } from "./actor-line.tsx";
import { inWords } from "./duration.ts";
import { orderIncidents } from "./incident-order.ts";
import { GradeMark, ResponseMark } from "./level-marks.tsx";
import { placeOfSelection } from "./place-of-selection.ts";
import { useMoment } from "./use-moment.ts";
import { waitingOf } from "./waiting.ts";
import "../kit/field.css";
import "./incident.css";
import "./incident-list.css";

function IncidentRow({ incident }: { incident: Incident }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const now = useMoment();
  const policy = useStore(stores.scenario, (state) => state.active?.escalation);
  const isChosen = useStore(stores.incidents, (state) => state.chosen === incident.id);
  const waiting = waitingOf(incident, policy, now);
  const { id, title, phase, warningLevel, responseLevel, eventGrade, assignee } = incident;
  return (
    <li>
      <AriaButton
        className="lt-incident-row"
        data-chosen={isChosen}
        data-waiting={waiting !== null}
        onPress={() => run({ type: "choose-incident", id })}
      >
        <LevelMark level={warningLevel ?? 0} size={16} />
        <span className="lt-incident-words">
          <span>{t.text(title)}</span>
          <small>
            {t(`incident.phase.${phase}`)}
            {assignee !== null && ` · ${assignee}`}
          </small>
          {waiting && (
            <small className="lt-incident-wait">
              {t("incident.unacknowledged", { time: inWords(waiting.waitedMs, t) })}
            </small>
          )}
        </span>
        <span className="lt-incident-marks">
          {responseLevel !== null && (
            <>
              <ResponseMark level={responseLevel} />
              <span className="lt-hidden">{t(`incident.response.${responseLevel}`)}</span>
            </>
          )}
          {eventGrade !== null && (
            <>
              <GradeMark grade={eventGrade} />
              <span className="lt-hidden">{t(`incident.grade.${eventGrade}`)}</span>
            </>
          )}
        </span>
      </AriaButton>
    </li>
  );
}

/** An incident that no sensor and no bureau has told of: somebody called. */
function OpenByHand({ onDone }: { onDone: () => void }) {
  const { stores, run } = useTwin();
  const { t } = useWords();
  const selection = useStore(stores.selection, (state) => state.selection);
  const sensors = useStore(stores.risk, (state) => state.sensors);
  const at = useMemo(() => placeOfSelection(selection, sensors), [selection, sensors]);
  const [title, setTitle] = useState("");
  const open = () => {
    if (!title.trim()) return;
    run({ type: "open-incident", title: title.trim(), ...(at && { at }) }).then(onDone, () => {});
  };
  return (
    <Form
      className="lt-open-form"
      onSubmit={(event) => {
        event.preventDefault();
        open();
      }}
    >
      <div className="lt-inline-form">
        <TextField
          className="lt-field"
          aria-label={t("incident.newTitle")}
          value={title}
          onChange={setTitle}
          maxLength={200}
          autoComplete="off"
          autoFocus
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.preventDefault();
            onDone();
          }}
        >
          <Input placeholder={t("incident.newPlaceholder")} spellCheck={false} />
        </TextField>
        <Button onPress={open} isDisabled={!title.trim()}>
          {t("incident.open")}
        </Button>
      </div>
      <p className="lt-note">{t(at ? "incident.newHere" : "incident.newAnywhere")}</p>
    </Form>
  );
}

/** Incidents, what waits for someone first; a place to open one by hand. */
export function IncidentList() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const incidents = useStore(stores.incidents, (state) => state.incidents);
  const [isOpening, setOpening] = useState(false);
  const { open, closed, waiting } = useMemo(() => orderIncidents(incidents), [incidents]);
  return (
    <Section
      title={t("incident.list")}
      aside={
        <>
          <span className="lt-aside" data-loud={waiting > 0}>
            {waiting > 0 ? t("incident.waiting", { count: waiting }) : format.number(open.length)}
          </span>
          <IconButton
            label={t("incident.newTitle")}
            icon={Plus}
            pressed={isOpening}
            onPress={() => setOpening(!isOpening)}
          />
        </>
      }
    >
      {isOpening && <OpenByHand onDone={() => setOpening(false)} />}
      {open.length === 0 && !isOpening && (
        <div className="lt-incident-none">
          <Empty>{t("incident.empty")}</Empty>
          <Empty>{t("incident.emptyHint")}</Empty>
        </div>
      )}
      <ul className="lt-incident-rows">
        {open.map((incident) => (
          <IncidentRow key={incident.id} incident={incident} />
        ))}
      </ul>
      {closed.length > 0 && (
        <Section
          rank="minor"
          startsClosed
          title={t("incident.closedList")}
          aside={<span className="lt-aside">{format.number(closed.length)}</span>}
        >
          <ul className="lt-incident-rows">
            {closed.map((incident) => (
              <IncidentRow key={incident.id} incident={incident} />
            ))}
          </ul>
        </Section>
      )}
      <ActorLine />
    </Section>
  );
}
