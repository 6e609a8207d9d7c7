import type { EventLog, LogSpan } from "../domain/event-log.ts";
import { MARKED_KINDS, TimelineMarker } from "../domain/timeline-marks.ts";
import type { TimelineMark, TwinEvent } from "../domain/twin-event.ts";

/** Of each kind of entry so many are marked, the newest. */
const MARKED = 2000;
const MOST_MARKS = MARKED * MARKED_KINDS.length;

/** First and last entry of a log and what is marked on it, kept up with what is added. */
export class TimelineScale {
  readonly #marker = new TimelineMarker();
  #marks: TimelineMark[] = [];
  #span: LogSpan | null = null;

  /** A list of its own: asked for once a second, while hundreds may be added. */
  get marks(): readonly TimelineMark[] {
    return this.#marks.slice(-MOST_MARKS);
  }

  get span(): LogSpan | null {
    return this.#span;
  }

  /** `span` is what is shown of the log, when that is not all. */
  async load(log: EventLog, span?: LogSpan): Promise<void> {
    this.#span = span ?? (await log.span());
    const entries = await log.readKinds(MARKED_KINDS, MARKED);
    this.#marks = entries.flatMap(({ event }) => this.#marker.marksOf(event));
  }

  /** True when there is a new mark. */
  add(event: TwinEvent): boolean {
    const { timeMs } = event;
    this.#span = {
      fromMs: this.#span?.fromMs ?? timeMs,
      toMs: Math.max(this.#span?.toMs ?? 0, timeMs),
      entries: (this.#span?.entries ?? 0) + 1,
    };
    const marks = this.#marker.marksOf(event);
    this.#marks.push(...marks);
    if (this.#marks.length > 2 * MOST_MARKS) this.#marks.splice(0, this.#marks.length - MOST_MARKS);
    return marks.length > 0;
  }
}
