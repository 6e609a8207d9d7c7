import { TwinError } from "../base/errors.ts";
import type { EventLog } from "../domain/event-log.ts";
import { TailedLog } from "../domain/tailed-log.ts";
import type { LoggedEvent, TwinEvent, TwinEventBody } from "../domain/twin-event.ts";
import type { EventDraft, EventStore } from "../local/event-store.ts";
import type { EventDesk } from "./parts.ts";

/** Entries of each kind that a report looks through, newest: an incident quotes what is lately before it. */
const MOST_QUOTED = 20_000;

/** What nobody waits for is written together at most this often. */
const GATHER_MS = 400;
/** What other pages hear of from the feeds themselves. */
const BULK: ReadonlySet<TwinEvent["kind"]> = new Set(["readings", "moves", "units"]);
/** How far back readings stay in memory while nothing reaches the disk. */
const MEMORY_MS = 30 * 60_000;

export type AppendEvent = EventDesk["append"];

interface Waiting {
  readonly draft: EventDraft;
  readonly isStrict: boolean;
  readonly resolve: (entry: LoggedEvent) => void;
}

interface DeskTools {
  /** The state of the disk: told when it is open, and when nothing reaches it any more. */
  readonly onStorage: (state: "ready" | "failed", error: unknown) => void;
  readonly nowMs?: () => number;
  /** Tells other pages of this browser. */
  readonly channel?: Pick<BroadcastChannel, "postMessage" | "addEventListener" | "close">;
}

/**
 * The event log of this origin as a page works with it. Decisions are written at once and strictly, what comes in is gathered; both
 * through one queue, so that order is kept. When the disk fails, the log goes on in memory, and says so.
 */
export class LogDesk implements EventDesk {
  readonly #tools: DeskTools;
  readonly #nowMs: () => number;
  readonly #listeners = new Set<(entry: LoggedEvent) => void>();
  readonly #foreign = new Set<(event: TwinEvent) => void>();
  readonly #page = crypto.randomUUID().slice(0, 8);
  #disk: EventStore | null = null;
  #memory: TailedLog | null = null;
  #waiting: Waiting[] = [];
  #writing: Promise<void>;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #count = 0;
  #inMemory = 0;
  #diverted: AppendEvent | null = null;

  constructor(opening: Promise<EventStore>, tools: DeskTools) {
    this.#tools = tools;
    this.#nowMs = tools.nowMs ?? Date.now;
    tools.channel?.addEventListener("message", (message) => this.#hear((message as MessageEvent).data));
    this.#writing = opening.then(
      (disk) => {
        this.#disk = disk;
        tools.onStorage("ready", null);
      },
      (error) => this.#fail(error),
    );
  }

  append(actor: string, body: TwinEventBody, id?: string): Promise<TwinEvent> {
    if (this.#diverted) return this.#diverted(actor, body, id);
    return this.appendPresent(actor, body, id);
  }

  appendPresent(actor: string, body: TwinEventBody, id?: string): Promise<TwinEvent> {
    return this.#enqueue(actor, body, true, id).then(({ event }) => event);
  }

  /** Adds what came in or happened by itself; it is written with the next ones. */
  record(body: TwinEventBody, id?: string): void {
    void this.#enqueue("system", body, false, id);
  }

  /** Writes down at once what somebody did in the present, whatever is shown. */
  note(actor: string, body: TwinEventBody): void {
    void this.#enqueue(actor, body, true);
  }

  /** While the past is shown, decisions go where this says and not into the log; null ends it. */
  divert(append: AppendEvent | null): void {
    this.#diverted = append;
  }

  /** Calls back for every entry that this page has written. */
  onWritten(fn: (entry: LoggedEvent) => void): () => void {
    this.#listeners.add(fn);
    return () => void this.#listeners.delete(fn);
  }

  onForeign(fn: (event: TwinEvent) => void): () => void {
    this.#foreign.add(fn);
    return () => void this.#foreign.delete(fn);
  }

  async incidentEntries(): Promise<readonly TwinEvent[]> {
    const log = await this.log();
    return (await log.readKinds(["incident"])).map(({ event }) => event);
  }

  async entriesOfKinds(kinds: readonly TwinEvent["kind"][]): Promise<readonly TwinEvent[]> {
    const log = await this.log();
    return (await log.readKinds(kinds, MOST_QUOTED)).map(({ event }) => event);
  }

  /** The log with everything in it that was added before this call. */
  async log(): Promise<EventLog> {
    await this.flush();
    return this.#memory ?? this.#disk!;
  }

  /** The disk while entries reach it. */
  get disk(): EventStore | null {
    return this.#memory ? null : this.#disk;
  }

  /** Writes what waits. */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async dispose(): Promise<void> {
    await this.flush();
    this.#tools.channel?.close();
    this.#disk?.close();
  }

  #enqueue(actor: string, body: TwinEventBody, isStrict: boolean, id?: string): Promise<LoggedEvent> {
    const draft = { id: id ?? `${this.#page}-${++this.#count}`, actor, body };
    const written = new Promise<LoggedEvent>((resolve) => {
      this.#waiting.push({ draft, isStrict, resolve });
    });
    if (isStrict) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), GATHER_MS);
    return written;
  }

  async #write(): Promise<void> {
    const batch = this.#waiting;
    if (batch.length === 0) return;
    this.#waiting = [];
    const drafts = batch.map(({ draft }) => draft);
    const isStrict = batch.some((one) => one.isStrict);
    const written = (await this.#toDisk(drafts, isStrict)) ?? drafts.map((draft) => this.#toMemory(draft));
    batch.forEach(({ resolve }, at) => {
      resolve(written[at]!);
    });
    for (const entry of written) for (const fn of this.#listeners) fn(entry);
    const told = written.map(({ event }) => event).filter(({ kind }) => !BULK.has(kind));
    if (told.length > 0) this.#tools.channel?.postMessage(told);
  }

  /** Null when the disk does not take them; then it is given up for this page. */
  async #toDisk(drafts: readonly EventDraft[], isStrict: boolean): Promise<readonly LoggedEvent[] | null> {
    if (this.#memory || !this.#disk) return null;
    try {
      return await this.#disk.append(drafts, isStrict);
    } catch (error) {
      await this.#fail(error);
      return null;
    }
  }

  #toMemory({ id, actor, body }: EventDraft): LoggedEvent {
    const log = this.#memory!;
    const nowMs = this.#nowMs();
    const event: TwinEvent = { id, timeMs: nowMs, actor, ...body };
    if (++this.#inMemory % 1000 === 0) log.tail.dropReadings(nowMs - MEMORY_MS);
    const known = log.tail.find(id);
    return log.add(event) ?? { place: 0, event: known ?? event };
  }

  async #fail(error: unknown): Promise<void> {
    const last = (await this.#disk?.placeAt(Number.MAX_VALUE).catch(() => 0)) ?? 0;
    this.#memory = new TailedLog(this.#disk, last);
    this.#tools.onStorage("failed", error);
  }

  #hear(events: unknown): void {
    if (!Array.isArray(events)) return;
    for (const event of events as TwinEvent[]) for (const fn of this.#foreign) fn(event);
  }
}

/** Why nothing reaches the disk any more, for users: `log.full`, `log.closed`, `log.newer`. */
export function storageError(error: unknown): TwinError {
  if (error instanceof TwinError) return error;
  if ((error as { name?: string } | null)?.name === "QuotaExceededError")
    return new TwinError("log.full", "There is no room left for the event log: it goes on in memory only.");
  return new TwinError("log.closed", "The browser does not let the event log be stored.", {}, error);
}
