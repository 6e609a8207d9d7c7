import type { Checkpoint, EventLog, LogPage, LogSpan } from "./event-log.ts";
import { MemoryLog } from "./memory-log.ts";
import type { LoggedEvent, TwinEvent } from "./twin-event.ts";

/** A log that ends, and what came after it in memory: a disk that became full, or a what-if after its first moment. */
export class TailedLog implements EventLog {
  readonly tail = new MemoryLog();
  readonly #head: EventLog | null;
  readonly #headPlace: number;

  /** `headPlace` is the last place of the head that counts; a head of null is empty. */
  constructor(head: EventLog | null, headPlace: number) {
    this.#head = head;
    this.#headPlace = headPlace;
  }

  add(event: TwinEvent): LoggedEvent | null {
    const added = this.tail.add(event);
    return added && this.#moved(added);
  }

  async span(): Promise<LogSpan | null> {
    const [head, tail] = [await this.#head?.span().catch(() => null), await this.tail.span()];
    if (!head || !tail) return head ?? tail ?? null;
    return { fromMs: head.fromMs, toMs: tail.toMs, entries: head.entries + tail.entries };
  }

  async placeAt(timeMs: number): Promise<number> {
    const inTail = await this.tail.placeAt(timeMs);
    if (inTail > 0) return inTail + this.#headPlace;
    const inHead = (await this.#head?.placeAt(timeMs)) ?? 0;
    return Math.min(inHead, this.#headPlace);
  }

  async read(afterPlace: number, untilPlace: number, limit: number): Promise<LogPage> {
    if (this.#head && afterPlace < this.#headPlace)
      return this.#head.read(afterPlace, Math.min(untilPlace, this.#headPlace), limit);
    const after = Math.max(0, afterPlace - this.#headPlace);
    const page = await this.tail.read(after, untilPlace - this.#headPlace, limit);
    return {
      entries: page.entries.map((entry) => this.#moved(entry)),
      lastPlace: page.lastPlace + this.#headPlace,
    };
  }

  async readKinds(kinds: readonly TwinEvent["kind"][], newest?: number): Promise<readonly LoggedEvent[]> {
    const head = (await this.#head?.readKinds(kinds, newest).catch(() => [])) ?? [];
    const tail = await this.tail.readKinds(kinds, newest);
    return [
      ...head.filter(({ place }) => place <= this.#headPlace),
      ...tail.map((entry) => this.#moved(entry)),
    ];
  }

  async checkpointBefore(place: number): Promise<Checkpoint | null> {
    const tail = await this.tail.checkpointBefore(place - this.#headPlace);
    if (tail) return { ...tail, place: tail.place + this.#headPlace };
    return (await this.#head?.checkpointBefore(Math.min(place, this.#headPlace))) ?? null;
  }

  async saveCheckpoint({ place, moment }: Checkpoint): Promise<void> {
    if (place > this.#headPlace) await this.tail.saveCheckpoint({ place: place - this.#headPlace, moment });
    else await this.#head?.saveCheckpoint({ place, moment });
  }

  #moved(entry: LoggedEvent): LoggedEvent {
    return { place: entry.place + this.#headPlace, event: entry.event };
  }
}
