/** One event of a stream. */
export interface ServerSentEvent {
  /** `message` when the stream names none. */
  readonly type: string;
  readonly data: string;
}

/** Longest event that is kept, in characters. */
const MAX_EVENT = 4 * 1024 * 1024;

/**
 * Server-Sent Events as the HTML standard reads them (section 9.2.6): fed with text in any pieces, lines end with CR, LF or
 * both, comments and unknown fields are passed over.
 */
export class SseParser {
  /** Of the last event that had one; what a reconnect sends. */
  lastEventId = "";
  /** Wait that the server asks for; null when it has not. */
  retryMs: number | null = null;
  /** Events that were too long and are left out. */
  dropped = 0;
  #rest = "";
  #isFirst = true;
  #endedWithCr = false;
  #type = "";
  #data: string[] = [];
  #length = 0;
  #id = "";

  push(piece: string): ServerSentEvent[] {
    let text = piece;
    if (this.#isFirst && text !== "") {
      this.#isFirst = false;
      text = text.replace(/^\uFEFF/, "");
    }
    // the LF of a CRLF that was cut in two
    if (this.#endedWithCr && text.startsWith("\n")) text = text.slice(1);
    if (piece !== "") this.#endedWithCr = text.endsWith("\r");
    const lines = (this.#rest + text).split(/\r\n|\r|\n/);
    this.#rest = lines.pop() ?? "";
    if (this.#rest.length > MAX_EVENT) {
      this.#rest = "";
      this.#length = Number.POSITIVE_INFINITY;
    }
    const events: ServerSentEvent[] = [];
    for (const line of lines) {
      const event = this.#line(line);
      if (event !== null) events.push(event);
    }
    return events;
  }

  #line(line: string): ServerSentEvent | null {
    if (line === "") return this.#dispatch();
    const colon = line.indexOf(":");
    if (colon === 0) return null;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.#type = value;
    else if (field === "data") {
      this.#length += value.length;
      if (this.#length <= MAX_EVENT) this.#data.push(value);
    } else if (field === "id" && !value.includes("\0")) this.#id = value;
    else if (field === "retry" && /^\d{1,9}$/.test(value)) this.retryMs = Number(value);
    return null;
  }

  #dispatch(): ServerSentEvent | null {
    this.lastEventId = this.#id;
    const isTooLong = this.#length > MAX_EVENT;
    const event = { type: this.#type || "message", data: this.#data.join("\n") };
    if (isTooLong) this.dropped++;
    const isEmpty = this.#data.length === 0;
    this.#type = "";
    this.#data = [];
    this.#length = 0;
    return isTooLong || isEmpty ? null : event;
  }
}
