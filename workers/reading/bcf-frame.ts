import type { Georeference } from "../../src/domain/model.ts";
import { type Mat4, mul, rotationZ, translation } from "../../src/geo/matrix.ts";
import { createProjection } from "../../src/geo/projection.ts";

const RAD = Math.PI / 180;

/**
 * BCF speaks in the coordinates of the IFC file, in metres; our models are turned to true north and moved near zero. The
 * same turn and move that the conversion made.
 */
export function modelFromEngineering({ method, rotationDeg, epsg, origin, offset }: Georeference): Mat4 {
  if (method === "none") return translation(...minus(offset));
  const convergenceDeg =
    epsg && origin
      ? createProjection(`EPSG:${epsg}`).gridConvergenceDeg(origin.longitudeDeg, origin.latitudeDeg)
      : 0;
  const turn = -((rotationDeg ?? 0) + convergenceDeg) * RAD;
  return mul(rotationZ(turn), translation(...minus(offset)));
}

function minus(offset: Georeference["offset"]): [number, number, number] {
  const [x, y, z] = offset ?? [0, 0, 0];
  return [-x, -y, -z];
}

/** The turn alone, for directions. */
export function turned(matrix: Mat4, [x, y, z]: readonly [number, number, number]): [number, number, number] {
  const at = (row: 0 | 1 | 2) => matrix[row]! * x + matrix[row + 4]! * y + matrix[row + 8]! * z;
  return [at(0), at(1), at(2)];
}
