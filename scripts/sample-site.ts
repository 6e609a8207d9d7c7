/**
 * Where the sample building stands: the demo city keeps this plot free of its own buildings, the sample IFC is
 * georeferenced to it in EPSG:4550. Degrees, metres.
 */
export const SAMPLE_SITE = {
  longitudeDeg: 123.432,
  latitudeDeg: 41.799,
  halfEast: 62,
  halfNorth: 52,
  /** Clockwise from grid north to the model's +Y, degrees: along the street grid. */
  rotationDeg: -8,
} as const;
