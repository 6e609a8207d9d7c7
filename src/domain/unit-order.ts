import type { PlainCommand } from "./story.ts";
import type { TwinEvent } from "./twin-event.ts";

/** What a unit was told. The log keeps it as the command that gave it, with `orderId`. */
export type UnitOrder = {
  readonly id: string;
  readonly unitId: string;
  /** Epoch ms. */
  readonly atMs: number;
  /** Nobody took it: the page that gave it moves the unit by simulation. */
  readonly isByPage?: true;
} & (
  | {
      readonly type: "dispatch";
      readonly incidentId: string | null;
      readonly longitudeDeg: number;
      readonly latitudeDeg: number;
    }
  | { readonly type: "recall" }
);

/**
 * The orders that a log holds, oldest first; the same order twice counts once, as what is told of it last and at its first time.
 * Commands that merely asked for one are not orders. */
export function ordersOf(events: readonly TwinEvent[]): readonly UnitOrder[] {
  const orders = new Map<string, UnitOrder>();
  for (const event of events) {
    const order = orderOf(event);
    if (order) orders.set(order.id, { ...order, atMs: orders.get(order.id)?.atMs ?? order.atMs });
  }
  return [...orders.values()].sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
}

export function orderOf(event: TwinEvent): UnitOrder | null {
  if (event.kind !== "command") return null;
  const { type, orderId, unitId, incidentId, longitudeDeg, latitudeDeg, isByPage } = event.command;
  if (typeof orderId !== "string" || typeof unitId !== "string") return null;
  const common = {
    id: orderId,
    unitId,
    atMs: event.timeMs,
    ...(isByPage === true && { isByPage: true as const }),
  };
  if (type === "recall-unit") return { ...common, type: "recall" };
  if (type !== "dispatch-unit" || typeof longitudeDeg !== "number" || typeof latitudeDeg !== "number")
    return null;
  const incident = typeof incidentId === "string" ? incidentId : null;
  return { ...common, type: "dispatch", incidentId: incident, longitudeDeg, latitudeDeg };
}

/** An order as the log keeps it. */
export function commandOfOrder(order: UnitOrder): PlainCommand {
  const { id: orderId, unitId, isByPage } = order;
  const common = { unitId, orderId, ...(isByPage && { isByPage }) };
  if (order.type === "recall") return { type: "recall-unit", ...common };
  const { incidentId, longitudeDeg, latitudeDeg } = order;
  return { type: "dispatch-unit", ...common, incidentId, longitudeDeg, latitudeDeg };
}
