import { existsSync } from "node:fs";
import { join } from "node:path";
import { Worker as Thread } from "node:worker_threads";
import * as v from "valibot";
import type { Unit } from "../../../src/domain/response.ts";
import type { UnitOrder } from "../../../src/domain/unit-order.ts";
import { distanceM } from "../../../src/geo/local-plane.ts";
import type { Publish } from "../broker.ts";
import type { HubClock } from "../hub-clock.ts";
import { OrderBook } from "./order-book.ts";

export type UnitThreadRequest =
  | { readonly kind: "start"; readonly folder: string }
  | { readonly kind: "order"; readonly order: UnitOrder }
  | { readonly kind: "at"; readonly simulatedMs: number };
export type UnitThreadReply =
  | { readonly kind: "ready" }
  | { readonly kind: "units"; readonly units: readonly Unit[] };

const REPORT_MS = 1000;
const MAX_TICK_MS = 1000;
/** Who stands still reports this often, so that silence means that nobody reports. */
const STILL_MS = 10_000;
/** How far the simulation is goes into the book of orders this often. */
const NOTED_MS = 10_000;
const MOVED_M = 2;
/** An order that was left with the broker is taken back from there after so long: who left it has read it back by then. */
const ORDER_KEPT_MS = 30_000;

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const orderSchema = v.object({
  id,
  city: id,
  unitId: id,
  type: v.picklist(["dispatch", "recall"]),
  incidentId: v.optional(v.nullable(id), null),
  longitudeDeg: v.optional(v.pipe(v.number(), v.minValue(-180), v.maxValue(180))),
  latitudeDeg: v.optional(v.pipe(v.number(), v.minValue(-90), v.maxValue(90))),
});

/** An order to a unit of a city as pages give it; a sentence when it is none. */
export function readUnitOrder(
  json: unknown,
): { readonly city: string; readonly order: Omit<UnitOrder, "atMs"> } | string {
  const parsed = v.safeParse(orderSchema, json);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return `order.${v.getDotPath(issue) ?? ""}: ${issue.message}`;
  }
  const { city, type, longitudeDeg, latitudeDeg, incidentId, ...common } = parsed.output;
  if (type === "recall") return { city, order: { ...common, type } };
  if (longitudeDeg === undefined || latitudeDeg === undefined) return "order: a dispatch needs a place";
  return {
    city,
    order: { ...common, type, incidentId, longitudeDeg, latitudeDeg } as Omit<UnitOrder, "atMs">,
  };
}

/**
 * The crews of one city, as an automatic vehicle location system reports them: `liaotwin/<city>/units/<id>`, retained. They stand at
 * their depots, patrol, and drive along the roads where orders send them. Begins when somebody asks; SIMULATED.
 */
export class UnitShow {
  readonly sensorCount = 0;
  readonly #city: string;
  readonly #folder: string;
  readonly #publish: Publish;
  readonly #now: () => number;
  readonly #sent = new Map<string, { readonly unit: Unit; readonly atMs: number; readonly json: string }>();
  readonly #book: OrderBook;
  readonly #orderIds: Set<string>;
  readonly #kept = new Map<string, number>();
  #thread: Thread | null = null;
  #isReady = false;
  #isAsking = false;
  #clock: HubClock = { paused: false, speed: 1, seed: 0 };
  #simulatedMs: number;
  #lastTickMs: number;
  #lastReportMs = 0;
  #notedMs = 0;

  /** `orders` is the file in which orders outlive the process; null when none do. */
  constructor(
    city: string,
    folder: string,
    publish: Publish,
    now: () => number,
    orders: string | null = null,
  ) {
    this.#city = city;
    this.#folder = folder;
    this.#publish = publish;
    this.#now = now;
    this.#book = new OrderBook(orders);
    this.#orderIds = new Set(this.#book.orders.map(({ id: orderId }) => orderId));
    this.#simulatedMs = this.#book.simulatedAt(now());
    this.#lastTickMs = now();
  }

  follow(clock: HubClock): void {
    this.#clock = clock;
  }

  async announceClock(): Promise<void> {}

  async announce(): Promise<void> {
    for (const [unitId, { json }] of this.#sent) await this.#publish(this.#topicOf(unitId), json, true);
  }

  /** Somebody wants to hear of this city's units. A city without files of its depots and roads has none. */
  begin(): void {
    const hasFiles = ["facilities.json", "base.json"].every((file) => existsSync(join(this.#folder, file)));
    if (this.#thread || !hasFiles) return;
    const thread = new Thread(new URL("./unit-thread.mjs", import.meta.url));
    this.#thread = thread;
    thread.unref();
    thread.on("message", (reply: UnitThreadReply) => {
      if (reply.kind === "ready") this.#isReady = true;
      else this.#report(reply.units);
    });
    // a city whose files are wrong has no units; its feed says that nothing comes
    thread.on("error", () => {
      this.#isReady = false;
    });
    this.#ask({ kind: "start", folder: this.#folder });
    for (const order of this.#book.orders) this.#ask({ kind: "order", order });
  }

  /** Takes an order; the same one twice counts once. False while nobody drives. `topic` is where it was left. */
  takeOrder(order: Omit<UnitOrder, "atMs">, topic: string | null): boolean {
    if (topic !== null) this.#kept.set(topic, this.#now());
    if (!this.#isReady || !this.#sent.has(order.unitId)) return false;
    if (this.#orderIds.has(order.id)) return true;
    const timed = { ...order, atMs: this.#simulatedMs } as UnitOrder;
    this.#book.add(timed, this.#now());
    this.#orderIds.add(order.id);
    this.#ask({ kind: "order", order: timed });
    this.#lastReportMs = 0;
    return true;
  }

  tick(): void {
    const now = this.#now();
    const passedMs = Math.min(MAX_TICK_MS, Math.max(0, now - this.#lastTickMs));
    this.#lastTickMs = now;
    if (!this.#clock.paused) this.#simulatedMs += passedMs * this.#clock.speed;
    this.#takeBackOrders(now);
    if (now - this.#notedMs >= NOTED_MS) {
      this.#notedMs = now;
      this.#book.note(this.#simulatedMs, now);
    }
    if (!this.#isReady || this.#isAsking || now - this.#lastReportMs < REPORT_MS) return;
    this.#lastReportMs = now;
    this.#isAsking = true;
    this.#ask({ kind: "at", simulatedMs: this.#simulatedMs });
  }

  stop(): void {
    void this.#thread?.terminate();
    this.#thread = null;
    this.#isReady = false;
    this.#book.note(this.#simulatedMs, this.#now());
    this.#book.close();
  }

  #ask(request: UnitThreadRequest): void {
    this.#thread?.postMessage(request);
  }

  #takeBackOrders(now: number): void {
    for (const [topic, atMs] of this.#kept)
      if (now - atMs > ORDER_KEPT_MS) {
        this.#kept.delete(topic);
        void this.#publish(topic, "", true);
      }
  }

  #report(units: readonly Unit[]): void {
    this.#isAsking = false;
    const now = this.#now();
    for (const unit of units) {
      const before = this.#sent.get(unit.id);
      if (before && now - before.atMs < STILL_MS && !isNews(before.unit, unit)) continue;
      const json = JSON.stringify(reportOf(unit, now));
      this.#sent.set(unit.id, { unit, atMs: now - (before ? 0 : Math.random() * STILL_MS), json });
      void this.#publish(this.#topicOf(unit.id), json, true);
    }
  }

  #topicOf(unitId: string): string {
    return `liaotwin/${this.#city}/units/${unitId}`;
  }
}

function isNews(before: Unit, unit: Unit): boolean {
  if (before.status !== unit.status || before.incidentId !== unit.incidentId) return true;
  return distanceM(before.longitudeDeg, before.latitudeDeg, unit.longitudeDeg, unit.latitudeDeg) >= MOVED_M;
}

/** As the scenarios' unit feeds read it. */
function reportOf(
  { id: unitId, name, kind, status, crew, incidentId, headingDeg, ...at }: Unit,
  nowMs: number,
): object {
  return {
    id: unitId,
    name: name.zh,
    nameEn: name.en,
    kind,
    status,
    longitude: Math.round(at.longitudeDeg * 1e6) / 1e6,
    latitude: Math.round(at.latitudeDeg * 1e6) / 1e6,
    heading: headingDeg === null ? null : Math.round(headingDeg),
    crew,
    incident: incidentId,
    time: new Date(nowMs).toISOString(),
  };
}
