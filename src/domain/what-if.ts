import { TwinError } from "../base/errors.ts";
import { checkIncidentEntry } from "./incident-reducer.ts";
import type { TwinEvent, TwinEventBody } from "./twin-event.ts";
import { foldEvents, type TwinMoment } from "./twin-moment.ts";

/** A what-if: a moment of the log, and what was decided from there on without touching the log. */
export class WhatIf {
  readonly id: string;
  readonly fromMs: number;
  readonly #base: TwinMoment;
  readonly #events: TwinEvent[] = [];

  constructor(id: string, fromMs: number, base: TwinMoment) {
    this.id = id;
    this.fromMs = fromMs;
    this.#base = base;
  }

  get events(): readonly TwinEvent[] {
    return this.#events;
  }

  /** The moment with what was decided up to a time. */
  at(timeMs: number): TwinMoment {
    return foldEvents(
      this.#events.filter((event) => event.timeMs <= timeMs),
      this.#base,
    );
  }

  /** Throws TwinError `incident.*` when the decision cannot be taken; an id that is there already is answered. */
  append(actor: string, body: TwinEventBody, timeMs: number, id?: string): TwinEvent {
    const known = id === undefined ? undefined : this.#events.find((event) => event.id === id);
    if (known) return known;
    const event: TwinEvent = {
      id: id ?? `${this.id}/${this.#events.length + 1}`,
      timeMs: Math.max(timeMs, this.fromMs, this.#events.at(-1)?.timeMs ?? 0),
      actor,
      ...body,
    };
    if (event.kind === "incident") {
      const refused = checkIncidentEntry(this.at(Number.POSITIVE_INFINITY).incidents, event);
      if (refused) throw new TwinError(refused.code, refused.message, refused.params);
    }
    this.#events.push(event);
    return event;
  }
}
