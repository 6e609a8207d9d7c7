/** How sensors are drawn: each by itself with near ones gathered, as columns over hexagons, as a map of their values, or not. */
export const SENSOR_DISPLAYS = ["marks", "hexagons", "heat", "none"] as const;
export type SensorDisplayMode = (typeof SENSOR_DISPLAYS)[number];

export interface SensorDisplay {
  readonly mode: SensorDisplayMode;
  /** Key of the scenario's `sensorKinds`; null shows every kind. A heat map needs one. */
  readonly kind: string | null;
}

export const PLAIN_DISPLAY: SensorDisplay = { mode: "marks", kind: null };

/** What a heat map's colours mean: shown by the legend as the map is drawn. */
export interface HeatScale {
  readonly kind: string;
  readonly min: number;
  readonly max: number;
  /** Metres from a live sensor beyond which nothing is known. */
  readonly reach: number;
  /** Values at which a warning level begins, worst level first. */
  readonly thresholds: readonly { readonly level: 1 | 2 | 3 | 4; readonly value: number }[];
}
