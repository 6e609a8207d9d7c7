import type { IncidentEntry } from "../../domain/incident.ts";
import { useWords } from "../context.tsx";
import { describeCommand, nameOfActor } from "./log-lines.ts";

/** Who did what when, newest first. */
export function History({ entries }: { entries: readonly IncidentEntry[] }) {
  const { t, format } = useWords();
  return (
    <ol className="lt-history" reversed>
      {[...entries].reverse().map((entry) => (
        <li key={entry.id} data-system={entry.command.type === "incident.escalate"}>
          <time
            dateTime={new Date(entry.timeMs).toISOString()}
            title={`${format.dateTime(entry.timeMs)} ${t("clock.zone")}`}
          >
            {format.time(entry.timeMs)}
          </time>
          <span>
            <b>{nameOfActor(entry.actor, t)}</b> {describeCommand(entry.command, t)}
          </span>
        </li>
      ))}
    </ol>
  );
}
