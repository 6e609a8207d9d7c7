import type { Part } from "./building.ts";
import { chamfered, gable, lathe, type Massing, rectangle, solid, storeys } from "./massing.ts";

type Of<T extends Massing["type"]> = Extract<Massing, { type: T }>;

export function stationOldParts({ w, d, rear }: Of<"stationOld">, height: number): Part[] {
  const wing = height * 0.44;
  const dome = (x: number, r: number, z: number): Part =>
    lathe(
      [x, 0],
      [
        [r, z],
        [r, z + 3],
        [r * 0.92, z + r * 0.55],
        [r * 0.6, z + r * 0.95],
        [0.6, z + r * 1.15],
        [0.1, z + r * 1.5],
      ],
      20,
    );
  return [
    storeys(rectangle(0, 0, w, d * 0.72), 0, wing, 4.6, "parapet"),
    storeys(rectangle(0, 2, w * 0.24, d), 0, height * 0.66, 4.8, "parapet"),
    dome(0, w * 0.07, height * 0.66),
    ...[-1, 1].flatMap((side) => [
      storeys(rectangle(side * w * 0.46, 1, w * 0.1, d * 0.9), 0, height * 0.56, 4.6, "flat"),
      dome(side * w * 0.46, w * 0.038, height * 0.56),
    ]),
    storeys(rectangle(0, -(d / 2 + rear.d / 2 + 14), rear.w, rear.d), 0, rear.h * 0.72, 8, "flat"),
    ...vault(0, -(d / 2 + rear.d / 2 + 14), rear.w * 0.98, rear.d * 0.98, rear.h * 0.72, rear.h),
  ];
}

/** A shallow barrel over a rectangle, ridge along x. */
function vault(cx: number, cy: number, w: number, d: number, z0: number, z1: number): Part[] {
  const steps = 5;
  const parts: Part[] = [];
  const rise = (k: number): number => z0 + (z1 - z0) * (k / steps) * (2 - k / steps);
  for (let i = 0; i < steps; i++) {
    parts.push(
      solid(
        rectangle(cx, cy, w, Math.max(1, d * (1 - i / steps))),
        rise(i),
        rise(i + 1),
        rectangle(cx, cy, w, Math.max(0.6, d * (1 - (i + 1) / steps))),
      ),
    );
  }
  return parts;
}

export function stationHallParts({ w, d }: Of<"stationHall">, height: number): Part[] {
  const eaves = height * 0.62;
  return [
    storeys(rectangle(0, 0, w, d), 0, eaves, 9, "flat"),
    ...vault(0, 0, w * 1.04, d * 1.06, eaves, height),
    solid(rectangle(0, d / 2 + 9, w * 0.5, 18), eaves * 0.72, eaves * 0.8),
  ];
}

export function stadiumParts({ rx, ry, h }: Of<"stadium">): Part[] {
  const scale: [number, number] = [1, ry / rx];
  return [
    lathe(
      [0, 0],
      [
        [rx * 0.93, 0],
        [rx, h * 0.5],
        [rx * 0.97, h * 0.86],
        [rx * 0.86, h],
        [rx * 0.66, h * 0.9],
        [rx * 0.64, h * 0.86],
      ],
      64,
      0,
      scale,
    ),
    lathe(
      [0, 0],
      [
        [rx * 0.66, h * 0.88],
        [rx * 0.86, h * 0.62],
        [rx * 0.52, 2],
        [0.1, 1],
      ],
      64,
      0,
      scale,
    ),
  ];
}

/** A cut stone of a hall: few facets with hard edges. */
export function gemParts({ rx, ry, h }: Of<"gem">): Part[] {
  const profile: [number, number][] = [
    [rx * 0.82, 0],
    [rx, h * 0.34],
    [rx * 0.86, h * 0.66],
    [rx * 0.48, h * 0.93],
    [0.2, h],
  ];
  return [{ ...lathe([0, 0], profile, 11, 0, [1, ry / rx]), faceted: true }];
}

export function domeHallParts({ w, d, h, r }: Of<"domeHall">, height: number): Part[] {
  const rise = height - h - 3;
  return [
    storeys(rectangle(0, 0, w, d), 0, h, 4.5, "parapet"),
    lathe(
      [0, 0],
      [
        [r, h - 1],
        [r, h + 3],
        [r * 0.94, h + 3 + rise * 0.36],
        [r * 0.74, h + 3 + rise * 0.68],
        [r * 0.4, h + 3 + rise * 0.92],
        [0.1, height],
      ],
      28,
    ),
  ];
}

export function sovietParts({ w, d, h, tower, floors }: Of<"soviet">): Part[] {
  const floorHeight = h / floors;
  return [
    storeys(rectangle(0, 0, w, d * 0.8), 0, h * 0.84, floorHeight, "parapet"),
    ...[-1, 1].map((side) =>
      storeys(rectangle(side * w * 0.44, 0, w * 0.12, d), 0, h, floorHeight, "parapet"),
    ),
    storeys(rectangle(0, 0, w * 0.24, d), 0, h + (tower - h) * 0.45, floorHeight, "parapet"),
    storeys(rectangle(0, 0, w * 0.12, d * 0.4), h, tower - 2, floorHeight, "flat"),
    solid(rectangle(0, 0, w * 0.08, d * 0.26), tower - 2.5, tower),
  ];
}

export function mallParts({ w, d, h, floors }: Of<"mall">): Part[] {
  const body = h - 4;
  return [
    storeys(chamfered(0, 0, w, d, Math.min(w, d) * 0.08), 0, body, body / floors, "parapet"),
    solid(
      rectangle(0, d * 0.06, w * 0.42, d * 0.24),
      body - 1,
      h,
      rectangle(0, d * 0.06, w * 0.36, d * 0.16),
    ),
    solid(rectangle(-w * 0.32, -d * 0.28, w * 0.14, d * 0.16), body - 1, h - 1),
    solid(rectangle(w * 0.33, d * 0.3, w * 0.12, d * 0.14), body - 1, h - 1.5),
  ];
}

export function pagodaParts({ h, r }: Of<"pagoda">): Part[] {
  return [
    solid(rectangle(0, 0, r * 2.6, r * 2.6), 0, h * 0.12),
    lathe(
      [0, 0],
      [
        [r * 0.8, h * 0.12],
        [r, h * 0.24],
        [r * 1.05, h * 0.4],
        [r * 0.7, h * 0.52],
        [r * 0.34, h * 0.56],
        [r * 0.3, h * 0.82],
        [r * 0.5, h * 0.84],
        [0.1, h],
      ],
      16,
    ),
  ];
}

export function ballParts({ r, h }: Of<"ball">): Part[] {
  const centre = h - r;
  const profile = Array.from({ length: 13 }, (_, i): [number, number] => {
    const angle = -Math.PI / 2 + (Math.PI * i) / 12;
    return [Math.max(0.05, r * Math.cos(angle)), centre + r * Math.sin(angle)];
  });
  return [
    lathe(
      [0, 0],
      [
        [3.2, 0],
        [1.4, centre - r + 1.5],
      ],
      8,
    ),
    lathe([0, 0], profile, 28),
  ];
}

export function castleParts({ w, d, h, tower }: Of<"castle">): Part[] {
  const turret = (x: number, y: number, r: number, top: number): Part[] => [
    lathe(
      [x, y],
      [
        [r, 0],
        [r, top * 0.74],
      ],
      12,
      Math.round((top * 0.74) / 3.6),
    ),
    lathe(
      [x, y],
      [
        [r * 1.16, top * 0.74],
        [0.1, top],
      ],
      12,
    ),
  ];
  return [
    storeys(rectangle(0, 0, w, d), 0, h, 3.8, "flat"),
    gable(rectangle(0, 0, w, d), h, h + 13, 6),
    ...turret(-w / 2, d / 2, 6, tower * 0.82),
    ...turret(w / 2, d / 2, 6, tower * 0.82),
    ...turret(-w * 0.18, d / 2, 5, tower * 0.9),
    ...turret(w * 0.2, -d / 2, 7.5, tower),
  ];
}
