import { type CapResult, capMessageKey } from "../domain/cap-message.ts";
import { type UnsentCap, unsentCaps } from "../domain/cap-records.ts";
import { writeCap } from "../domain/cap-writer.ts";
import type { Incident } from "../domain/incident.ts";
import type { CapOutboxItem } from "../state/duty-stores.ts";

interface OutboxParts {
  readonly incidents: () => readonly Incident[];
  /** What an outlet can do now: `absent` while its feed is not followed, `locked` while it has no token. */
  readonly access: (outletId: string) => "ready" | "absent" | "locked";
  readonly send: (
    outletId: string,
    target: string,
    xml: string,
  ) => Promise<{ readonly result: CapResult; readonly detail: string }>;
  /** Keeps what became of it in the log. */
  readonly record: (unsent: UnsentCap, result: CapResult, detail: string) => Promise<void>;
  readonly onChange: (items: readonly CapOutboxItem[]) => void;
  readonly now: () => number;
  readonly after: (ms: number, fn: () => void) => () => void;
}

interface Attempt {
  readonly state: "sending" | "refused" | "unreachable";
  readonly detail: string;
  readonly count: number;
  readonly retryAtMs: number | null;
}

const RETRY_MS = 5000;
const MAX_RETRY_MS = 5 * 60_000;

/**
 * Sends what the log says has to go out, each message to each of its outlets at least once: what a crash interrupted is sent again,
 * and its identifier makes the double harmless. Unreachable outlets are tried again with growing waits; a refusal waits for a person.
 */
export class CapOutbox {
  readonly #parts: OutboxParts;
  readonly #attempts = new Map<string, Attempt>();
  #isBusy = false;
  #stopTimer: () => void = () => {};

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** Looks what there is to send; call it whenever incidents or outlets have changed. */
  pump(): void {
    this.#publish();
    if (this.#isBusy) return;
    const next = this.#unsent().find((one) => this.#isDue(one));
    if (next) void this.#send(next);
    else this.#wait();
  }

  /** Everything once more, now. */
  retry(): void {
    for (const [key, attempt] of this.#attempts) if (attempt.state !== "sending") this.#attempts.delete(key);
    this.pump();
  }

  stop(): void {
    this.#stopTimer();
  }

  async #send(unsent: UnsentCap): Promise<void> {
    const { send, record, now } = this.#parts;
    const key = keyOf(unsent);
    const count = (this.#attempts.get(key)?.count ?? 0) + 1;
    const before = unsent.record.deliveries.find(({ outlet }) => outlet === unsent.outlet.id)?.result;
    this.#isBusy = true;
    this.#attempts.set(key, { state: "sending", detail: "", count, retryAtMs: null });
    this.#publish();
    const { outlet } = unsent;
    const outcome = await send(outlet.id, outlet.target, writeCap(unsent.record.message)).catch(
      (error: unknown) => ({
        result: "unreachable" as const,
        detail: error instanceof Error ? error.message : String(error),
      }),
    );
    const { result, detail } = outcome;
    const waitMs = Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** (count - 1));
    if (result !== "sent")
      this.#attempts.set(key, {
        state: result,
        detail,
        count,
        retryAtMs: result === "refused" ? null : now() + waitMs,
      });
    if (result !== before) await record(unsent, result, detail).catch(() => {});
    if (result === "sent") this.#attempts.delete(key);
    this.#isBusy = false;
    this.pump();
  }

  #unsent(): readonly UnsentCap[] {
    return unsentCaps(this.#parts.incidents());
  }

  #isDue(unsent: UnsentCap): boolean {
    if (this.#parts.access(unsent.outlet.id) !== "ready") return false;
    const attempt = this.#attempts.get(keyOf(unsent));
    if (!attempt) return true;
    return attempt.retryAtMs !== null && attempt.retryAtMs <= this.#parts.now();
  }

  #wait(): void {
    this.#stopTimer();
    const times = [...this.#attempts.values()].flatMap(({ retryAtMs }) => retryAtMs ?? []);
    if (times.length === 0) return;
    const waitMs = Math.max(0, Math.min(...times) - this.#parts.now());
    this.#stopTimer = this.#parts.after(Math.max(waitMs, 250), () => this.pump());
  }

  #publish(): void {
    const unsent = this.#unsent();
    const keys = new Set(unsent.map(keyOf));
    for (const [key, { state }] of this.#attempts)
      if (!keys.has(key) && state !== "sending") this.#attempts.delete(key);
    this.#parts.onChange(unsent.map((one) => this.#itemOf(one)));
  }

  #itemOf(unsent: UnsentCap): CapOutboxItem {
    const { incidentId, record, outlet } = unsent;
    const attempt = this.#attempts.get(keyOf(unsent));
    return {
      incidentId,
      capKey: capMessageKey(record.message),
      outlet: outlet.id,
      outletTitle: outlet.title,
      state: attempt?.state ?? "waiting",
      needsSecret: this.#parts.access(outlet.id) === "locked",
      detail: attempt?.detail ?? "",
      retryAtMs: attempt?.retryAtMs ?? null,
      issuedMs: record.issuedMs,
    };
  }
}

function keyOf({ record, outlet }: UnsentCap): string {
  return `${capMessageKey(record.message)}|${outlet.id}`;
}
