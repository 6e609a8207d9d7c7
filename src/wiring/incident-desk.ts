import { TwinError } from "../base/errors.ts";
import {
  type IncidentCommand,
  type IncidentEntry,
  type Incidents,
  SYSTEM_ACTOR,
  UNNAMED_ACTOR,
} from "../domain/incident.ts";
import { IncidentLog } from "../domain/incident-log.ts";
import { checkIncidentEntry, dueEscalations } from "../domain/incident-reducer.ts";
import type { EscalationPolicy } from "../domain/scenario.ts";
import type { TwinEvent } from "../domain/twin-event.ts";
import type { EventDesk } from "./parts.ts";

/**
 * The incidents' log on top of the event log. A change is checked, then stored, and only then counts; changes run one after
 * another, so that each is checked against what the one before it has left.
 */
export class IncidentDesk {
  readonly #events: EventDesk;
  readonly #onChange: () => void;
  #log = new IncidentLog();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(events: EventDesk, onChange: () => void) {
    this.#events = events;
    this.#onChange = onChange;
  }

  get incidents(): Incidents {
    return this.#log.incidents;
  }

  /** What was done to one incident, oldest first. */
  entriesOf(incidentId: string): readonly IncidentEntry[] {
    return this.#log.entries.filter(({ command }) => command.incidentId === incidentId);
  }

  /** Takes in what is stored, in place of what was known. Resolves to how many entries could not follow the ones before them. */
  reload(): Promise<number> {
    return this.#next(async () => {
      const stored = (await this.#events.incidentEntries?.()) ?? null;
      if (stored === null) return 0;
      const { log, refused } = IncidentLog.replay(stored.flatMap((event) => entryOf(event) ?? []));
      this.#log = log;
      this.#onChange();
      return refused;
    });
  }

  /** Rejects with TwinError `incident.*`, or with the event log's own error; then nothing has changed. */
  change(command: IncidentCommand, actor: string, nowMs: number): Promise<void> {
    return this.#next(() => this.#append(command, actor.trim() || UNNAMED_ACTOR, nowMs));
  }

  /** Passes on what nobody acknowledges. Two pages that do this store the same entry once. */
  escalate(nowMs: number, policy: EscalationPolicy): Promise<void> {
    if (dueEscalations(this.incidents, nowMs, policy).length === 0) return Promise.resolve();
    return this.#next(async () => {
      for (const { id, command } of dueEscalations(this.incidents, nowMs, policy))
        await this.#append(command, SYSTEM_ACTOR, nowMs, id);
    });
  }

  /** Adds what happens by itself, in the present, whatever is shown. Two pages that do this store the same `id` once. */
  byItself(command: IncidentCommand, nowMs: number, id: string): Promise<void> {
    return this.#next(async () => {
      if (checkIncidentEntry(this.incidents, { id, timeMs: nowMs, actor: SYSTEM_ACTOR, command }) === null)
        await this.#append(command, SYSTEM_ACTOR, nowMs, id);
    });
  }

  async #append(command: IncidentCommand, actor: string, nowMs: number, id?: string): Promise<void> {
    const refused = checkIncidentEntry(this.incidents, { id: id ?? "", timeMs: nowMs, actor, command });
    if (refused) throw new TwinError(refused.code, refused.message, refused.params);
    const body = { kind: "incident", command } as const;
    const isByItself = actor === SYSTEM_ACTOR && this.#events.appendPresent !== undefined;
    const event = isByItself
      ? await this.#events.appendPresent!(actor, body, id)
      : await this.#events.append(actor, body, id);
    this.#log.append({ id: event.id, timeMs: event.timeMs, actor: event.actor, command });
    this.#onChange();
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => {});
    return turn;
  }
}

function entryOf(event: TwinEvent): IncidentEntry | null {
  if (event.kind !== "incident") return null;
  return { id: event.id, timeMs: event.timeMs, actor: event.actor, command: event.command };
}
