import { type CapMessage, type CapOutlet, type CapRecord, capMessageKey } from "./cap-message.ts";
import type { Incident, IncidentCommand } from "./incident.ts";

type Recorded = Extract<IncidentCommand, { type: "incident.recordCap" }>;
type Delivered = Extract<IncidentCommand, { type: "incident.recordDelivery" }>;

/** The incident with a message more; the same one when that message is there already. */
export function recordCap(
  incident: Incident,
  { capKey, message, outlets = [] }: Recorded,
  entry: { readonly timeMs: number; readonly actor: string },
): Incident {
  if (incident.issued.includes(capKey)) return incident;
  const issued = [...incident.issued, capKey];
  if (!message) return { ...incident, issued };
  const record: CapRecord = { message, issuedMs: entry.timeMs, by: entry.actor, outlets, deliveries: [] };
  return { ...incident, issued, caps: [...(incident.caps ?? []), record] };
}

/** The incident with the last word of an outlet on a message; once sent, it stays sent. */
export function recordDelivery(incident: Incident, delivered: Delivered, atMs: number): Incident {
  const { capKey, outlet, result, detail } = delivered;
  const caps = incident.caps?.map((record) => {
    if (capMessageKey(record.message) !== capKey || isSent(record, outlet)) return record;
    const others = record.deliveries.filter((one) => one.outlet !== outlet);
    return { ...record, deliveries: [...others, { outlet, result, atMs, detail }] };
  });
  return caps ? { ...incident, caps } : incident;
}

/** The message that an update would replace and a cancel would end: the last one, unless it was a cancel or has run out. */
export function capInForce({ caps = [] }: Pick<Incident, "caps">, nowMs: number): CapMessage | null {
  const last = caps.at(-1)?.message;
  return last && last.msgType !== "Cancel" && last.draft.expiresMs > nowMs ? last : null;
}

/** A message that has not reached an outlet it was meant for. */
export interface UnsentCap {
  readonly incidentId: string;
  readonly record: CapRecord;
  readonly outlet: CapOutlet;
}

/** What has to go out still, in the order of issue: at least once each, until the outlet has taken it. */
export function unsentCaps(incidents: readonly Incident[]): readonly UnsentCap[] {
  return incidents
    .flatMap(({ id, caps = [] }) =>
      caps.flatMap((record) =>
        record.outlets
          .filter((outlet) => !isSent(record, outlet.id))
          .map((outlet): UnsentCap => ({ incidentId: id, record, outlet })),
      ),
    )
    .sort((a, b) => a.record.issuedMs - b.record.issuedMs);
}

export function isSent(record: CapRecord, outletId: string): boolean {
  return record.deliveries.some(({ outlet, result }) => outlet === outletId && result === "sent");
}
