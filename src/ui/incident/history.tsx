import type { Incident, IncidentEntry } from "../../domain/incident.ts";
import { useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { useRun } from "../use-run.ts";
import { describeCommand, nameOfActor } from "./log-lines.ts";

/** Alerts that joined by themselves are taken out again here; they do not join a second time. */
function LeaveButton({ entry: { command } }: { entry: IncidentEntry }) {
  const { t } = useWords();
  const run = useRun();
  if (command.type !== "incident.joinAlerts") return null;
  const { incidentId: id, alertIds } = command;
  return (
    <Button onPress={() => run({ type: "leave-alerts", id, alertIds: [...alertIds] })}>
      {t("incident.leave")}
    </Button>
  );
}

function canLeave({ id }: IncidentEntry, joined: Incident["joined"]): boolean {
  return joined?.some(({ entryId }) => entryId === id) ?? false;
}

/** Who did what when, newest first. `joined`: what joined by itself and is still there. */
export function History({
  entries,
  joined,
}: {
  entries: readonly IncidentEntry[];
  joined?: Incident["joined"];
}) {
  const { t, format } = useWords();
  return (
    <ol className="lt-history" reversed>
      {[...entries].reverse().map((entry) => (
        <li
          key={entry.id}
          data-system={
            entry.command.type === "incident.escalate" || entry.command.type === "incident.joinAlerts"
          }
        >
          <time
            dateTime={new Date(entry.timeMs).toISOString()}
            title={`${format.dateTime(entry.timeMs)} ${t("clock.zone")}`}
          >
            {format.time(entry.timeMs)}
          </time>
          <span>
            <b>{nameOfActor(entry.actor, t)}</b> {describeCommand(entry.command, t)}
            {canLeave(entry, joined) && <LeaveButton entry={entry} />}
          </span>
        </li>
      ))}
    </ol>
  );
}
