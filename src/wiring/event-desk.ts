import type { TwinEvent, TwinEventBody } from "../domain/twin-event.ts";
import type { EventDesk } from "./parts.ts";

/** The event log of this computer, in memory. */
export class MemoryEventDesk implements EventDesk {
  readonly entries: TwinEvent[] = [];

  async append(actor: string, body: TwinEventBody): Promise<TwinEvent> {
    const timeMs = Math.max(Date.now(), this.entries.at(-1)?.timeMs ?? 0);
    const event: TwinEvent = { id: `${timeMs}/${this.entries.length + 1}`, timeMs, actor, ...body };
    this.entries.push(event);
    return event;
  }
}
