/** A point on the ellipsoid. Degrees WGS 84 (CGCS2000 taken as equal), height in metres above the ellipsoid. */
export interface PlaceDeg {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly height: number;
}

/** A camera pose. `headingDeg` clockwise from north; `pitchDeg` 0 is level, -90 straight down. */
export interface CameraPose extends PlaceDeg {
  readonly headingDeg: number;
  readonly pitchDeg: number;
}

/** A view of a target: the camera stands `range` metres from it. */
export interface TargetView {
  readonly target: PlaceDeg;
  readonly range: number;
  readonly headingDeg: number;
  readonly pitchDeg: number;
}
