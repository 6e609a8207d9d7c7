import type { LocalText } from "./provenance.ts";
import type { TimelineMark, TwinEvent } from "./twin-event.ts";

/** Kinds of entries that can have a mark. */
export const MARKED_KINDS = ["alert", "warnings", "incident", "feed"] as const satisfies TwinEvent["kind"][];

/** So many alerts and warnings are remembered, the newest: a city that runs for weeks has no end of them. */
const MOST_KNOWN = 20_000;

/** States of a feed that people ask about afterwards. */
const BAD_STATES = new Set(["stale", "lost", "refused"]);

/** Makes marks out of entries in their order; remembers what it has seen, so that news is marked and repeats are not. */
export class TimelineMarker {
  readonly #feedStates = new Map<string, string>();
  readonly #alerts = new Set<string>();
  readonly #warnings = new Set<string>();
  readonly #incidents = new Map<string, LocalText>();

  marksOf(event: TwinEvent): readonly TimelineMark[] {
    const { timeMs } = event;
    switch (event.kind) {
      case "alert": {
        const { alert, title } = event;
        if (this.#isKnown(this.#alerts, alert.id)) return [];
        const text = title ?? { zh: alert.ruleId, en: alert.ruleId };
        return [{ timeMs, kind: "alert", level: alert.level, text: withSubject(text, alert.subject) }];
      }
      case "warnings":
        return event.put
          .filter((warning) => !this.#isKnown(this.#warnings, `${warning.id}/${warning.sentMs}`))
          .map(({ level, headline }) => ({ timeMs, kind: "warning", level, text: headline }));
      case "incident":
        return [this.#incidentMark(event)];
      case "feed":
        return this.#feedMarks(event);
      default:
        return [];
    }
  }

  #isKnown(set: Set<string>, id: string): boolean {
    if (set.has(id)) return true;
    set.add(id);
    const [oldest] = set;
    if (set.size > MOST_KNOWN && oldest !== undefined) set.delete(oldest);
    return false;
  }

  #incidentMark({ timeMs, command }: Extract<TwinEvent, { kind: "incident" }>): TimelineMark {
    const { incidentId } = command;
    if (command.type === "incident.open") this.#incidents.set(incidentId, command.title);
    const level = "warningLevel" in command ? (command.warningLevel ?? 0) : 0;
    const kind = (command.type as string) === "incident.attachView" ? "view" : "incident";
    const text = this.#incidents.get(incidentId) ?? { zh: incidentId, en: incidentId };
    return { timeMs, kind, level, text, incidentId };
  }

  #feedMarks({
    timeMs,
    feedId,
    state,
    title,
  }: Extract<TwinEvent, { kind: "feed" }>): readonly TimelineMark[] {
    const before = this.#feedStates.get(feedId);
    this.#feedStates.set(feedId, state);
    if (before === state || !BAD_STATES.has(state)) return [];
    return [{ timeMs, kind: "feed", level: 0, text: title }];
  }
}

function withSubject({ zh, en }: LocalText, subject: string): LocalText {
  return { zh: `${zh} · ${subject}`, en: `${en} · ${subject}` };
}
