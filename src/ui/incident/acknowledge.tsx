import { BellRing, Check } from "lucide-react";
import type { Incident } from "../../domain/incident.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { useRun } from "../use-run.ts";
import { inWords } from "./duration.ts";
import { nameOfActor } from "./log-lines.ts";
import { useMoment } from "./use-moment.ts";
import { waitingOf } from "./waiting.ts";

/** The loudest thing while nobody has acknowledged; one quiet line after that. */
export function Acknowledge({ incident }: { incident: Incident }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const now = useMoment();
  const policy = useStore(stores.scenario, (state) => state.active?.escalation);
  const waiting = waitingOf(incident, policy, now);
  if (waiting)
    return (
      <section className="lt-ack" aria-label={t("incident.acknowledge")}>
        <p className="lt-ack-wait">
          <BellRing className="lt-icon" aria-hidden />
          {t("incident.unacknowledged", { time: inWords(waiting.waitedMs, t) })}
        </p>
        <Button tone="main" onPress={() => run({ type: "acknowledge-incident", id: incident.id })}>
          {t("incident.acknowledge")}
        </Button>
        <p className="lt-note">
          {waiting.called &&
            t(waiting.next ? "incident.escalated" : "incident.escalatedTop", {
              role: t.text(waiting.called),
            })}
          {waiting.called && waiting.next && " · "}
          {waiting.next &&
            t("incident.escalatesIn", {
              time: inWords(waiting.next.inMs, t),
              role: t.text(waiting.next.role),
            })}
        </p>
      </section>
    );
  const { acknowledged } = incident;
  if (!acknowledged) return null;
  return (
    <p className="lt-acked">
      <Check className="lt-icon" aria-hidden />
      {t("incident.acknowledgedBy", {
        name: nameOfActor(acknowledged.by, t),
        time: format.time(acknowledged.atMs),
      })}
    </p>
  );
}
