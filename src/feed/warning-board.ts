import type { Provenance } from "../domain/provenance.ts";
import type { Warning } from "../domain/risk.ts";
import { type CapAlert, capKey } from "./cap-alert.ts";
import { warningsOfAlert } from "./cap-warnings.ts";

const MAX_ALERTS = 5000;
/** Not for people: drafts are not actionable, system messages are for machines. Exercise and Test are shown as such. */
const HIDDEN_STATUS: readonly string[] = ["Draft", "System"];

/**
 * Which warnings of a feed are in force. Alerts may come in any order and more than once: what an update or a cancel
 * refers to stays out for good, also when it arrives after its cancel.
 */
export class WarningBoard {
  readonly #feed: { readonly feedId: string; readonly provenance: Provenance };
  readonly #alerts = new Map<string, { readonly alert: CapAlert; readonly warnings: readonly Warning[] }>();
  readonly #keyOfTopic = new Map<string, string>();
  readonly #superseded = new Set<string>();

  constructor(feed: { readonly feedId: string; readonly provenance: Provenance }) {
    this.#feed = feed;
  }

  /** Takes an alert in. Returns whether it is new: the same identifier twice is once, unless it was sent later. */
  put(topic: string, alert: CapAlert): boolean {
    const key = capKey(alert.sender, alert.identifier);
    this.#keyOfTopic.set(topic, key);
    const known = this.#alerts.get(key);
    if (known && known.alert.sentMs >= alert.sentMs) return false;
    if (alert.msgType === "Update" || alert.msgType === "Cancel")
      for (const reference of alert.references) if (reference !== key) this.#superseded.add(reference);
    this.#alerts.set(key, { alert, warnings: warningsOfAlert(alert, this.#feed) });
    this.#shrink();
    return true;
  }

  /** The broker took a topic's alert back. Returns whether there was one. */
  takeBack(topic: string): boolean {
    const key = this.#keyOfTopic.get(topic);
    this.#keyOfTopic.delete(topic);
    return key !== undefined && this.#alerts.delete(key);
  }

  /** Warnings in force at a time: the worst first, then the newest. */
  inForce(nowMs: number): readonly Warning[] {
    const found: Warning[] = [];
    for (const [key, { alert, warnings }] of this.#alerts) {
      if (!isShown(alert) || this.#superseded.has(key)) continue;
      for (const warning of warnings)
        if (warning.effectiveMs <= nowMs && (warning.expiresMs === null || warning.expiresMs > nowMs))
          found.push(warning);
    }
    return found.sort((a, b) => a.level - b.level || b.sentMs - a.sentMs || (a.id < b.id ? -1 : 1));
  }

  /** The next time after `nowMs` at which a warning begins or ends by itself; null when none does. */
  nextChangeMs(nowMs: number): number | null {
    let next: number | null = null;
    for (const { warnings } of this.#alerts.values())
      for (const { effectiveMs, expiresMs } of warnings)
        for (const timeMs of [effectiveMs, expiresMs])
          if (timeMs !== null && timeMs > nowMs && timeMs < (next ?? Number.POSITIVE_INFINITY)) next = timeMs;
    return next;
  }

  #shrink(): void {
    while (this.#alerts.size > MAX_ALERTS) this.#alerts.delete(this.#alerts.keys().next().value!);
    while (this.#keyOfTopic.size > MAX_ALERTS * 2)
      this.#keyOfTopic.delete(this.#keyOfTopic.keys().next().value!);
    while (this.#superseded.size > MAX_ALERTS * 2)
      this.#superseded.delete(this.#superseded.values().next().value!);
  }
}

function isShown(alert: CapAlert): boolean {
  return (alert.msgType === "Alert" || alert.msgType === "Update") && !HIDDEN_STATUS.includes(alert.status);
}
