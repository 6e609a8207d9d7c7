import { distanceM } from "../geo/local-plane.ts";
import { pointInRing } from "../geo/polygon.ts";
import { areaRound, type Place } from "./alert-area.ts";
import type { RuleAlert } from "./alert-rule.ts";
import type { Incident, IncidentArea, JoinReason } from "./incident.ts";
import { ownAreaOf } from "./incident-opening.ts";
import type { Warning } from "./risk.ts";
import type { JoinPolicy } from "./scenario.ts";

/** Alerts that join an incident by themselves; `area` is what they add to it, null when they lie inside. */
export interface Joining {
  readonly incidentId: string;
  readonly alertIds: readonly string[];
  readonly reason: JoinReason;
  /** Rule, or headline's warning, that they are of. */
  readonly ruleId: string | null;
  readonly area: IncidentArea | null;
}

/** An incident names no more alerts than this. */
const MAX_ALERTS = 200;
/** Circles that one joining adds to an area. */
const MAX_CIRCLES = 20;

interface Holding {
  readonly alerts: readonly RuleAlert[];
  readonly warnings: readonly Warning[];
  readonly placeOf: (sensorId: string) => Place | null;
}

/**
 * What holds and belongs to an incident that is not closed: alerts of its rule, or of a rule in a chain with it, inside its area or
 * within the policy's distance; and updates of a warning that it names. What somebody took out of an incident stays out.
 */
export function joiningsOf(
  incidents: Iterable<Incident>,
  { alerts, warnings, placeOf }: Holding,
  policy: JoinPolicy,
): readonly Joining[] {
  const all = [...incidents];
  const taken = new Set(all.flatMap(({ alertIds, left = [] }) => [...alertIds, ...left]));
  const open = all.filter(({ phase }) => phase !== "close");
  const joinings = new Map<string, { -readonly [K in keyof Joining]: Joining[K] }>();
  const join = (
    incident: Incident,
    alertId: string,
    reason: JoinReason,
    ruleId: string | null,
    place: Place | null,
  ) => {
    const key = `${incident.id} ${reason} ${ruleId}`;
    const known = joinings.get(key) ?? { incidentId: incident.id, alertIds: [], reason, ruleId, area: null };
    if (incident.alertIds.length + known.alertIds.length >= MAX_ALERTS) return;
    const circles = known.area?.circles ?? [];
    // a place within a circle that is there already adds nothing
    const isMore =
      place !== null &&
      circles.length < MAX_CIRCLES &&
      (known.area === null || distanceToArea(place, known.area) > 0);
    joinings.set(key, {
      ...known,
      alertIds: [...known.alertIds, alertId],
      area: isMore ? { polygons: [], circles: [...circles, ...areaRound(place).circles] } : known.area,
    });
  };
  for (const alert of alerts) {
    if (taken.has(alert.id)) continue;
    const place = placeOfAlert(alert, placeOf);
    const found = nearestOf(open, alert, place, policy);
    if (found) join(found.incident, alert.id, found.reason, alert.ruleId, found.distance > 0 ? place : null);
  }
  for (const { id, replaces = [] } of warnings) {
    if (taken.has(id)) continue;
    const incident = open.find(({ alertIds }) => replaces.some((before) => alertIds.includes(before)));
    if (incident) join(incident, id, "update", null, null);
  }
  return [...joinings.values()];
}

function nearestOf(
  open: readonly Incident[],
  alert: RuleAlert,
  place: Place | null,
  policy: JoinPolicy,
): { readonly incident: Incident; readonly reason: JoinReason; readonly distance: number } | null {
  const candidates = open.flatMap((incident) => {
    const reason = reasonOf(incident, alert.ruleId, policy);
    if (reason === null) return [];
    const area = ownAreaOf(incident);
    const distance = place && area ? distanceToArea(place, area) : 0;
    return distance <= policy.withinM ? [{ incident, reason, distance }] : [];
  });
  return candidates.sort((a, b) => a.distance - b.distance)[0] ?? null;
}

function reasonOf(incident: Incident, ruleId: string, { chains = [] }: JoinPolicy): JoinReason | null {
  const { origin } = incident;
  if (origin.kind !== "rule") return null;
  if (origin.id === ruleId) return "rule";
  return chains.some((chain) => chain.includes(origin.id) && chain.includes(ruleId)) ? "chain" : null;
}

function placeOfAlert(
  { longitudeDeg, latitudeDeg, sensorIds }: RuleAlert,
  placeOf: (sensorId: string) => Place | null,
): Place | null {
  if (longitudeDeg !== null && latitudeDeg !== null) return { longitudeDeg, latitudeDeg };
  return sensorIds.map(placeOf).find((place) => place !== null) ?? null;
}

/** Metres from a place to an area, 0 inside it. */
export function distanceToArea({ longitudeDeg: lon, latitudeDeg: lat }: Place, area: IncidentArea): number {
  let least = Number.POSITIVE_INFINITY;
  for (const circle of area.circles) {
    const away = distanceM(lon, lat, circle.longitudeDeg, circle.latitudeDeg) - circle.radius;
    least = Math.min(least, Math.max(0, away));
  }
  for (const ring of area.polygons) {
    if (pointInRing(lon, lat, ring)) return 0;
    ring.forEach((corner, i) => {
      least = Math.min(least, distanceToEdge(lon, lat, corner, ring[(i + 1) % ring.length]!));
    });
  }
  return least;
}

function distanceToEdge(
  lon: number,
  lat: number,
  [lonA, latA]: readonly [number, number],
  [lonB, latB]: readonly [number, number],
): number {
  const squeeze = Math.cos((lat * Math.PI) / 180);
  const [x, y] = [(lonB - lonA) * squeeze, latB - latA];
  const [px, py] = [(lon - lonA) * squeeze, lat - latA];
  const length = x * x + y * y;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, (px * x + py * y) / length));
  return distanceM(lon, lat, lonA + (lonB - lonA) * share, latA + (latB - latA) * share);
}
