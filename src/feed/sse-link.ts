import type { PlainError } from "../base/errors.ts";
import type { SseFeedConfig } from "../domain/feed-config.ts";
import type { FeedAdapter, FeedEvents, HttpContext } from "./feed-adapter.ts";
import { decodeFeatures, decodeMapped } from "./geojson-points.ts";
import { ask, isRefusal, problemOf, publicUrl, retryAfterMsOf } from "./http-get.ts";
import type { Link } from "./mqtt-link.ts";
import { type Message, readJson, readMessage } from "./payload.ts";
import { type ServerSentEvent, SseParser } from "./sse-parser.ts";

/** A connection on which not even a comment comes for this long is taken for dead. */
const SILENT_MS = 90_000;
const encoder = new TextEncoder();

/** Server-Sent Events; the last event's id goes into the next attempt, so that nothing in between is missed. */
export class SseAdapter implements FeedAdapter {
  readonly #context: HttpContext;
  readonly #options: SseFeedConfig["options"];
  #lastEventId = "";
  #retryMs = 0;

  constructor(context: HttpContext, options: SseFeedConfig["options"]) {
    this.#context = context;
    this.#options = options;
  }

  open(events: FeedEvents): Link {
    const abort = new AbortController();
    let isOver = false;
    const end = (reason: string, refused: boolean, retryAfterMs: number, problem?: PlainError): void => {
      if (isOver) return;
      isOver = true;
      abort.abort();
      events.closed(reason, refused, Math.max(retryAfterMs, this.#retryMs), problem);
    };
    this.#read(events, abort.signal, () => end("nothing came for too long", false, 0)).then(
      (isFinal) => end(isFinal ? "the server has ended the stream" : "connection closed", isFinal, 0),
      (error: unknown) =>
        end(
          error instanceof Error ? error.message : String(error),
          isRefusal(error),
          retryAfterMsOf(error),
          problemOf(error),
        ),
    );
    return {
      close: () => {
        isOver = true;
        abort.abort();
      },
    };
  }

  /** Reads to the end. Returns whether the server wants no further attempt (204). */
  async #read(events: FeedEvents, signal: AbortSignal, onSilence: () => void): Promise<boolean> {
    const { url, clock } = this.#context;
    let stopWatch = clock.after(SILENT_MS, onSilence);
    try {
      const headers = {
        Accept: "text/event-stream",
        ...(this.#lastEventId !== "" && { "Last-Event-ID": this.#lastEventId }),
      };
      const response = await ask(this.#context, url, headers, signal);
      if (response.status === 204 || response.body === null) return true;
      const type = response.headers.get("Content-Type") ?? "";
      if (!type.startsWith("text/event-stream")) {
        await response.body.cancel();
        throw new Error(`${publicUrl(url)} is no event stream but ${type || "untyped"}`);
      }
      events.opened(null);
      const parser = new SseParser();
      const decoder = new TextDecoder();
      for (const reader = response.body.getReader(); ; ) {
        const { done, value } = await reader.read();
        if (done || signal.aborted) return false;
        stopWatch();
        stopWatch = clock.after(SILENT_MS, onSilence);
        this.#take(parser, decoder.decode(value, { stream: true }), events);
      }
    } finally {
      stopWatch();
    }
  }

  #take(parser: SseParser, text: string, events: FeedEvents): void {
    const before = parser.dropped;
    for (const event of parser.push(text))
      if (this.#isWanted(event)) events.message(event.type, () => this.#decode(event));
    if (parser.dropped > before) events.rejected(publicUrl(this.#context.url), "an event is too long");
    if (parser.lastEventId !== "") this.#lastEventId = parser.lastEventId;
    if (parser.retryMs !== null) this.#retryMs = Math.min(parser.retryMs, 600_000);
  }

  #isWanted({ type }: ServerSentEvent): boolean {
    return this.#options.events === undefined || this.#options.events.includes(type);
  }

  #decode({ type, data }: ServerSentEvent): Message {
    const bytes = encoder.encode(data);
    const { geojson, json } = this.#options;
    if (geojson === undefined || data.trimStart().startsWith("<")) return readMessage(type, bytes, json);
    // an event tells what is new, not all that there is
    return { ...decodeFeatures(readJson(bytes), decodeMapped(geojson)), isComplete: false };
  }
}
