import { TwinError } from "../base/errors.ts";
import type { Incident, IncidentCommand, IncidentEntry, Incidents } from "./incident.ts";
import { applyIncidentEntry, checkIncidentEntry, dueEscalations } from "./incident-reducer.ts";
import { stateHash } from "./state-hash.ts";

/**
 * The append-only log of what was done, and the state that it adds up to. Storage is the caller's: it keeps what `append`
 * returns, in that order, and gives it back to the constructor. Time never runs backwards: an entry that says otherwise gets the
 * time of the one before it.
 */
export class IncidentLog {
  readonly #entries: IncidentEntry[] = [];
  readonly #ids = new Set<string>();
  #incidents: Incidents = new Map();

  /** Takes a stored log in. Throws TwinError `incident.log` naming the first entry that cannot follow the ones before it. */
  constructor(entries: Iterable<IncidentEntry> = []) {
    for (const entry of entries)
      try {
        this.append(entry);
      } catch (cause) {
        throw new TwinError(
          "incident.log",
          `The event log is damaged at entry ${this.#entries.length + 1} (${entry.id}): ${cause instanceof Error ? cause.message : String(cause)}`,
          { line: this.#entries.length + 1, entry: entry.id },
          cause,
        );
      }
  }

  /**
   * A log out of what several pages have stored side by side: an entry that cannot follow the ones before it is left out and
   * counted, so that every reader comes to the same state.
   */
  static replay(entries: Iterable<IncidentEntry>): { readonly log: IncidentLog; readonly refused: number } {
    const log = new IncidentLog();
    let refused = 0;
    for (const entry of entries)
      if (checkIncidentEntry(log.incidents, entry) === null) log.append(entry);
      else if (!log.#ids.has(entry.id)) refused++;
    return { log, refused };
  }

  /** In order; the list that is returned does not change any more. */
  get entries(): readonly IncidentEntry[] {
    return [...this.#entries];
  }

  get incidents(): Incidents {
    return this.#incidents;
  }

  /**
   * Applies an entry and keeps it. Returns it as kept, null when its id is there already. Throws TwinError `incident.*` when
   * it cannot be applied; then nothing has changed.
   */
  append(entry: IncidentEntry): IncidentEntry | null {
    if (this.#ids.has(entry.id)) return null;
    const lastMs = this.#entries.at(-1)?.timeMs ?? Number.NEGATIVE_INFINITY;
    const kept = entry.timeMs < lastMs ? { ...entry, timeMs: lastMs } : entry;
    this.#incidents = applyIncidentEntry(this.#incidents, kept);
    this.#entries.push(kept);
    this.#ids.add(kept.id);
    return kept;
  }

  /** Appends a command by someone at a time; its id follows from its place in the log. */
  run(command: IncidentCommand, actor: string, timeMs: number): IncidentEntry {
    return this.append({ id: `${this.#entries.length + 1}@${timeMs}/${actor}`, timeMs, actor, command })!;
  }

  /** Passes on what nobody has acknowledged; returns what was logged. Call it now and then. */
  escalate(nowMs: number, policy: Parameters<typeof dueEscalations>[2]): readonly IncidentEntry[] {
    return dueEscalations(this.#incidents, nowMs, policy).flatMap((entry) => this.append(entry) ?? []);
  }

  /** The state as it was at a time, exactly: entries up to and including it. */
  at(timeMs: number): IncidentLog {
    return new IncidentLog(this.#entries.filter((entry) => entry.timeMs <= timeMs));
  }

  /** Equal for equal histories' outcomes: the same log gives the same hash. */
  hash(): string {
    return stateHash(this.#incidents);
  }
}

/** What waits for someone, the worst first: nobody has acknowledged it and it is not closed. */
export function waitingIncidents(incidents: Incidents): readonly Incident[] {
  return [...incidents.values()]
    .filter(({ acknowledged, phase }) => acknowledged === null && phase !== "close")
    .sort(
      (a, b) =>
        b.escalation - a.escalation ||
        (a.warningLevel ?? 5) - (b.warningLevel ?? 5) ||
        a.openedMs - b.openedMs,
    );
}
