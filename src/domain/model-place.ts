import { ecefFromEnu, geodeticFromEcef } from "../geo/ellipsoid.ts";
import { createLocalPlane } from "../geo/local-plane.ts";
import { transformPoint } from "../geo/matrix.ts";
import type { PlaceCandidate, PlaceEvidence } from "./place-candidate.ts";
import type { PlaceDeg } from "./pose.ts";

/**
 * Where somebody put a model: its frame's origin, and how far the frame is turned clockwise from how the file has it.
 * `height` is how far the model's level 0 stands above the shown ground.
 */
export interface ModelPlace extends PlaceDeg {
  readonly headingDeg: number;
}

type Pair = readonly [number, number];

/** -180 (without) to 180. */
export function turnedDeg(deg: number): number {
  const turned = ((((deg + 180) % 360) + 360) % 360) - 180;
  return turned === -180 ? 180 : turned;
}

/** The place that a candidate gives, on the shown ground. */
export function placeOfCandidate(
  { turnDeg }: Pick<PlaceEvidence, "turnDeg">,
  { origin, turnDeg: own }: Pick<PlaceCandidate, "origin" | "turnDeg">,
): ModelPlace {
  const { longitudeDeg, latitudeDeg } = origin;
  return { longitudeDeg, latitudeDeg, height: 0, headingDeg: turnedDeg(turnDeg - own) };
}

/** Clockwise angle from true north to the model's own Y axis, degrees. */
export function bearingOf({ turnDeg }: Pick<PlaceEvidence, "turnDeg">, { headingDeg }: ModelPlace): number {
  return turnedDeg(headingDeg - turnDeg);
}

/** The place whose model's own Y axis has that bearing, turned about `middle`. */
export function withBearing(
  evidence: Pick<PlaceEvidence, "turnDeg">,
  place: ModelPlace,
  bearingDeg: number,
  middle: Pair,
): ModelPlace {
  return movedPlace(place, { turnDeg: bearingDeg - bearingOf(evidence, place) }, middle);
}

export interface PlaceMove {
  /** Metres. */
  readonly east?: number | undefined;
  readonly north?: number | undefined;
  readonly up?: number | undefined;
  /** Clockwise, about the middle of the model. */
  readonly turnDeg?: number | undefined;
}

/** A place shifted on the ground and turned about the model's `middle` (model frame, metres). */
export function movedPlace(place: ModelPlace, move: PlaceMove, middle: Pair): ModelPlace {
  const { east = 0, north = 0, up = 0, turnDeg = 0 } = move;
  const headingDeg = turnedDeg(place.headingDeg + turnDeg);
  const before = turned(middle, place.headingDeg);
  const after = turned(middle, headingDeg);
  const plane = createLocalPlane(place.longitudeDeg, place.latitudeDeg);
  const [longitudeDeg, latitudeDeg] = plane.toDegrees(
    east + before[0] - after[0],
    north + before[1] - after[1],
  );
  return { longitudeDeg, latitudeDeg, height: place.height + up, headingDeg };
}

/** East and north of a point of the model frame once the frame is turned clockwise. */
function turned([x, y]: Pair, headingDeg: number): Pair {
  const heading = (headingDeg * Math.PI) / 180;
  const [c, s] = [Math.cos(heading), Math.sin(heading)];
  return [x * c + y * s, y * c - x * s];
}

/** Points of the model frame (metres) as lon, lat degrees where the model stands. */
export function ringOfPlace(points: readonly Pair[], place: ModelPlace): Pair[] {
  const ecefFromModel = ecefFromEnu(place);
  return points.map((point) => {
    const [e, n] = turned(point, place.headingDeg);
    const { longitudeDeg, latitudeDeg } = geodeticFromEcef(...transformPoint(ecefFromModel, [e, n, 0]));
    return [longitudeDeg, latitudeDeg] as const;
  });
}

/** The place of a model whose own origin is at a place on the Earth, its own X axis `turnDeg` counter-clockwise from east. */
export function placeOfOrigin(
  evidence: Pick<PlaceEvidence, "turnDeg" | "offset">,
  origin: { readonly longitudeDeg: number; readonly latitudeDeg: number },
  turnDeg: number,
  height: number,
): ModelPlace {
  const turn = (turnDeg * Math.PI) / 180;
  const [x, y] = evidence.offset;
  const plane = createLocalPlane(origin.longitudeDeg, origin.latitudeDeg);
  const [longitudeDeg, latitudeDeg] = plane.toDegrees(
    Math.cos(turn) * x - Math.sin(turn) * y,
    Math.sin(turn) * x + Math.cos(turn) * y,
  );
  return { longitudeDeg, latitudeDeg, height, headingDeg: turnedDeg(evidence.turnDeg - turnDeg) };
}
