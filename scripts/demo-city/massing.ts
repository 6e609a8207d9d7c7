import type { LathePart, Part } from "./building.ts";
import type { Point, Ring } from "./plane.ts";

/** The shape of a landmark in words and metres; `massingParts` builds it. Local frame: x right, y ahead, z up. */
export type Massing =
  | {
      readonly type: "tower";
      readonly w: number;
      readonly d: number;
      /** Share of the height from which the plan shrinks to a scale. */
      readonly setbacks: readonly (readonly [from: number, scale: number])[];
      readonly crown: "flat" | "taper";
      readonly spire: number;
      readonly shape: "rect" | "chamfer";
      readonly podium?: BoxPlan;
    }
  | {
      readonly type: "twin";
      readonly w: number;
      readonly d: number;
      readonly gap: number;
      readonly podium: BoxPlan;
    }
  | {
      readonly type: "tvtower";
      readonly podR: number;
      readonly podZ: readonly [number, number];
      readonly shaftR: number;
      readonly baseR: number;
    }
  | { readonly type: "coin"; readonly w: number; readonly d: number }
  | {
      readonly type: "stationOld";
      readonly w: number;
      readonly d: number;
      readonly rear: { readonly w: number; readonly d: number; readonly h: number };
    }
  | { readonly type: "stationHall"; readonly w: number; readonly d: number }
  | { readonly type: "palace"; readonly plan: "shenyang" | "mansion" | "mausoleum" | "temple" }
  | { readonly type: "stadium"; readonly rx: number; readonly ry: number; readonly h: number }
  | { readonly type: "gem"; readonly rx: number; readonly ry: number; readonly h: number }
  | {
      readonly type: "domeHall";
      readonly w: number;
      readonly d: number;
      readonly h: number;
      readonly r: number;
    }
  | {
      readonly type: "soviet";
      readonly w: number;
      readonly d: number;
      readonly h: number;
      readonly tower: number;
      readonly floors: number;
    }
  | {
      readonly type: "mall";
      readonly w: number;
      readonly d: number;
      readonly h: number;
      readonly floors: number;
    }
  | {
      readonly type: "bars";
      /** x, y, width, depth, height. */
      readonly bars: readonly (readonly [number, number, number, number, number])[];
    }
  | { readonly type: "pagoda"; readonly h: number; readonly r: number }
  | { readonly type: "ball"; readonly r: number; readonly h: number }
  | {
      readonly type: "castle";
      readonly w: number;
      readonly d: number;
      readonly h: number;
      readonly tower: number;
    }
  | {
      readonly type: "bridge";
      readonly deckZ: number;
      readonly width: number;
      readonly towerH: number;
      readonly span: number;
      /** Longitude, latitude. */
      readonly path: readonly (readonly [number, number])[];
    }
  | {
      readonly type: "silos";
      readonly r: number;
      readonly h: number;
      readonly columns: number;
      readonly rows: number;
    }
  | { readonly type: "gantry"; readonly span: number; readonly h: number };

export interface BoxPlan {
  readonly w: number;
  readonly d: number;
  readonly h: number;
  readonly floors: number;
}

export function rectangle(cx: number, cy: number, w: number, d: number): Point[] {
  const x = w / 2;
  const y = d / 2;
  return [
    [cx - x, cy - y],
    [cx + x, cy - y],
    [cx + x, cy + y],
    [cx - x, cy + y],
  ];
}

export function chamfered(cx: number, cy: number, w: number, d: number, cut: number): Point[] {
  const x = w / 2;
  const y = d / 2;
  return [
    [cx - x + cut, cy - y],
    [cx + x - cut, cy - y],
    [cx + x, cy - y + cut],
    [cx + x, cy + y - cut],
    [cx + x - cut, cy + y],
    [cx - x + cut, cy + y],
    [cx - x, cy + y - cut],
    [cx - x, cy - y + cut],
  ];
}

/** Walls with floors of `floorHeight` metres from z0 to z1. */
export function storeys(
  ring: Ring,
  z0: number,
  z1: number,
  floorHeight: number,
  roof: "flat" | "parapet",
): Part {
  return {
    kind: "prism",
    ring,
    z0,
    z1,
    v0: Math.round(z0 / floorHeight),
    v1: Math.max(Math.round(z0 / floorHeight) + 1, Math.round(z1 / floorHeight)),
    roof,
  };
}

/** Walls without windows. */
export function solid(ring: Ring, z0: number, z1: number, top?: Ring): Part {
  return { kind: "prism", ring, z0, z1, v0: 0, v1: 0, roof: "flat", ...(top ? { top } : {}) };
}

export function lathe(
  centre: Point,
  profile: readonly (readonly [number, number])[],
  sides: number,
  floors = 0,
  scale: readonly [number, number] = [1, 1],
): LathePart {
  return { kind: "lathe", centre, profile, sides, scale, radians: 0, floors };
}

export function gable(ring: Ring, z0: number, z1: number, hip = 0): Part {
  return { kind: "ridge", ring, z0, z1, hip };
}
