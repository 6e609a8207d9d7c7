import type { Issue } from "../../src/base/errors.ts";
import type { Georeference } from "../../src/domain/model.ts";
import { metersPerDegree } from "../../src/geo/ellipsoid.ts";
import type { Box } from "../tiles/tileset.ts";
import type { ConvertOptions } from "./contract.ts";
import type { AuthoredGeoreference } from "./read-georeference.ts";

export interface GeoreferenceInput {
  readonly authored: AuthoredGeoreference;
  /** Metres in a length unit of the file. */
  readonly lengthM: number;
  /** Engineering frame; null when nothing has a shape. */
  readonly box: Box | null;
  readonly options: Pick<ConvertOptions, "crs" | "place">;
}

export const RAD = Math.PI / 180;
/** Beyond this distance from the engineering origin (m) a model gets a frame of its own. */
const FAR = 1000;

/** One answer to where a model stands. */
export interface Draft {
  readonly georeference: Georeference;
  /** Counter-clockwise turn from the engineering X axis to east, radians. */
  readonly turn: number;
}

/** Input, findings and the frame's offset while an answer is looked for. */
export class Solver {
  readonly issues: Issue[] = [];
  readonly notes: string[] = [];
  readonly offset: readonly [number, number, number];

  constructor(readonly input: GeoreferenceInput) {
    const { box } = input;
    const centre = [0, 1].map((axis) => (box ? (box.min[axis]! + box.max[axis]!) / 2 : 0));
    const isFar = Math.hypot(centre[0]!, centre[1]!) > FAR;
    this.offset = isFar ? [Math.round(centre[0]!), Math.round(centre[1]!), 0] : [0, 0, 0];
    if (isFar)
      this.notes.push(
        `model frame moved to engineering (${this.offset[0]}, ${this.offset[1]}) m, near the geometry`,
      );
  }

  warn(code: string, message: string, place?: string, severity: Issue["severity"] = "warning"): void {
    this.issues.push({ code, severity, message, ...(place ? { place } : {}) });
  }

  /** Where the model frame's origin lies when the engineering origin is at a place, the model's X axis `turn` from true east. */
  originNear(
    longitudeDeg: number,
    latitudeDeg: number,
    turn: number,
  ): { longitudeDeg: number; latitudeDeg: number } {
    const [x, y] = this.offset;
    const perDegree = metersPerDegree(latitudeDeg);
    return {
      longitudeDeg: longitudeDeg + (Math.cos(turn) * x - Math.sin(turn) * y) / perDegree.east,
      latitudeDeg: latitudeDeg + (Math.sin(turn) * x + Math.cos(turn) * y) / perDegree.north,
    };
  }

  none(known: Partial<Georeference> = {}): Draft {
    return { georeference: { ...known, method: "none", notes: this.notes }, turn: 0 };
  }
}

/** -180 to 180, without noise around zero. */
export function cleanDeg(deg: number): number {
  const turned = ((((deg + 180) % 360) + 360) % 360) - 180;
  return Math.abs(turned) < 1e-12 ? 0 : turned === -180 ? 180 : turned;
}
