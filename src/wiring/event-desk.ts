import type { TwinEvent, TwinEventBody } from "../domain/twin-event.ts";
import type { EventDesk } from "./parts.ts";

/** The event log of this computer, in memory. */
export class MemoryEventDesk implements EventDesk {
  readonly entries: TwinEvent[] = [];

  async entriesOfKinds(kinds: readonly TwinEvent["kind"][]): Promise<readonly TwinEvent[]> {
    return this.entries.filter(({ kind }) => kinds.includes(kind));
  }

  async append(actor: string, body: TwinEventBody, id?: string): Promise<TwinEvent> {
    const known = id === undefined ? undefined : this.entries.find((entry) => entry.id === id);
    if (known) return known;
    const timeMs = Math.max(Date.now(), this.entries.at(-1)?.timeMs ?? 0);
    const event: TwinEvent = { id: id ?? `${timeMs}/${this.entries.length + 1}`, timeMs, actor, ...body };
    this.entries.push(event);
    return event;
  }
}
