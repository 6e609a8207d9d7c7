import type { LocalText, Provenance } from "./provenance.ts";

export const UNIT_KINDS = ["fire", "medical", "police", "drainage", "gas", "power", "drone"] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];
export const UNIT_STATUSES = ["ready", "assigned", "moving", "onScene", "returning", "off"] as const;
export type UnitStatus = (typeof UNIT_STATUSES)[number];

/** A crew or vehicle that can be sent somewhere. */
export interface Unit {
  readonly id: string;
  readonly name: LocalText;
  readonly kind: UnitKind;
  readonly status: UnitStatus;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** Clockwise from north, degrees; null when it stands. */
  readonly headingDeg: number | null;
  /** People aboard. */
  readonly crew: number;
  /** What it works on, when it does. */
  readonly incidentId: string | null;
  /** Epoch ms of its last report. */
  readonly observedAtMs: number;
  readonly provenance: Provenance;
}

/** A way along roads from a unit to a place. */
export interface RoadRoute {
  readonly unitId: string;
  /** Metres along roads, and seconds at the speeds of their classes. */
  readonly length: number;
  readonly durationS: number;
  /** lon, lat pairs, degrees. */
  readonly path: readonly (readonly [number, number])[];
}

export const ZONE_KINDS = ["affected", "isolation", "evacuation", "protective", "inspection"] as const;
export type ZoneKind = (typeof ZONE_KINDS)[number];

/** An area that somebody drew or an analysis gave. Ring of lon, lat pairs in degrees, open (the last is not the first). */
export interface Zone {
  readonly id: string;
  readonly kind: ZoneKind;
  readonly title: LocalText;
  readonly ring: readonly (readonly [number, number])[];
  readonly incidentId: string | null;
  /** `drawn` by a user, or the id of the analysis. */
  readonly origin: string;
  readonly provenance: Provenance;
}

export const FACILITY_KINDS = ["school", "hospital", "hazard", "care", "transit", "pipe", "shelter"] as const;
export type FacilityKind = (typeof FACILITY_KINDS)[number];

/** A place that matters when an area is affected. */
export interface Facility {
  readonly id: string;
  readonly kind: FacilityKind;
  readonly name: LocalText;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** People there at most: pupils, beds, passengers; null where that means nothing. */
  readonly capacity: number | null;
  readonly provenance: Provenance;
}
