import type { MqttFeedConfig } from "../domain/feed-config.ts";
import type { Unit } from "../domain/response.ts";
import type { UnitOrder } from "../domain/unit-order.ts";
import type { PublishOutcome } from "../feed/mqtt-publish.ts";
import type { UnitChanges } from "../feed/unit-board.ts";
import { hubControlUrl } from "./hub-clock.ts";

const ANSWER_MS = 5000;

/** Units as feeds report them, newest report of each. */
export class ReportedUnits {
  readonly #feeds = new Map<string, Map<string, Unit>>();

  put(feedId: string, { put, gone }: UnitChanges): void {
    const units = this.#feeds.get(feedId) ?? new Map<string, Unit>();
    this.#feeds.set(feedId, units);
    for (const id of gone) units.delete(id);
    for (const unit of put) units.set(unit.id, unit);
  }

  drop(feedId: string): void {
    this.#feeds.delete(feedId);
  }

  all(): readonly Unit[] {
    return [...this.#feeds.values()].flatMap((units) => [...units.values()]);
  }

  /** The feed that reports a unit; null when none does. */
  feedOf(unitId: string): string | null {
    return [...this.#feeds].find(([, units]) => units.has(unitId))?.[0] ?? null;
  }
}

interface OrderDoor {
  readonly config: MqttFeedConfig;
  readonly city: string;
  /** Lets publish with the feed's broker; undefined while nobody has given it. */
  readonly token: string | undefined;
}

/**
 * Gives an order to the source of a unit's reports: left with its broker where the token for it is known, else asked of the embedded
 * hub, which lets a page of its own do so on this computer. False when it is not taken.
 */
export async function giveOrder(
  order: UnitOrder,
  { config, city, token }: OrderDoor,
  publish: (topic: string, payload: string, token: string) => Promise<PublishOutcome>,
): Promise<boolean> {
  const topic = config.options?.units?.orders;
  if (topic === undefined) return false;
  const message = { ...order, city };
  if (token === undefined) return askHub(config.url, message);
  const filled = topic.replaceAll("{city}", city).replaceAll("{id}", order.id);
  return (await publish(filled, JSON.stringify(message), token)).result === "sent";
}

async function askHub(feedUrl: string, order: object): Promise<boolean> {
  const response = await fetch(hubControlUrl(feedUrl), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ order }),
    credentials: "omit",
    signal: AbortSignal.timeout(ANSWER_MS),
  }).catch(() => null);
  return response?.ok ?? false;
}
