import type { Part } from "./building.ts";
import { type BoxPlan, chamfered, lathe, type Massing, rectangle, solid, storeys } from "./massing.ts";
import {
  ballParts,
  castleParts,
  domeHallParts,
  gemParts,
  mallParts,
  pagodaParts,
  sovietParts,
  stadiumParts,
  stationHallParts,
  stationOldParts,
} from "./massing-halls.ts";
import { bridgeParts, gantryParts, palaceParts, silosParts } from "./massing-special.ts";
import type { Plane, Point } from "./plane.ts";
import { smoothLine } from "./polygon.ts";

type Of<T extends Massing["type"]> = Extract<Massing, { type: T }>;

/** Parts of a landmark in its local frame (x right, y ahead, z up, metres). `toLocal` turns the plane's metres into that frame. */
export function massingParts(
  massing: Massing,
  height: number,
  plane: Plane,
  toLocal: (point: Point) => Point,
): Part[] {
  switch (massing.type) {
    case "tower":
      return towerParts(massing, height);
    case "twin":
      return twinParts(massing, height);
    case "tvtower":
      return tvTowerParts(massing, height);
    case "coin":
      return coinParts(massing, height);
    case "stationOld":
      return stationOldParts(massing, height);
    case "stationHall":
      return stationHallParts(massing, height);
    case "palace":
      return palaceParts(massing.plan);
    case "stadium":
      return stadiumParts(massing);
    case "gem":
      return gemParts(massing);
    case "domeHall":
      return domeHallParts(massing, height);
    case "soviet":
      return sovietParts(massing);
    case "mall":
      return mallParts(massing);
    case "bars":
      return massing.bars.map(([x, y, w, d, h]) => storeys(rectangle(x, y, w, d), 0, h, 5, "parapet"));
    case "pagoda":
      return pagodaParts(massing);
    case "ball":
      return ballParts(massing);
    case "castle":
      return castleParts(massing);
    case "bridge":
      return bridgeParts(massing, smoothPath(massing.path, plane).map(toLocal));
    case "silos":
      return silosParts(massing);
    case "gantry":
      return gantryParts(massing);
  }
}

function smoothPath(path: readonly (readonly [number, number])[], plane: Plane): Point[] {
  return smoothLine(path.map(plane.toPlane), 4).map(([x, y]): Point => [x!, y!]);
}

function podiumPart(podium: BoxPlan): Part {
  return storeys(rectangle(0, 0, podium.w, podium.d), 0, podium.h, podium.h / podium.floors, "parapet");
}

function towerParts({ w, d, setbacks, crown, spire, shape, podium }: Of<"tower">, height: number): Part[] {
  const top = height - spire;
  const plan = (scale: number) =>
    shape === "chamfer"
      ? chamfered(0, 0, w * scale, d * scale, 0.16 * w * scale)
      : rectangle(0, 0, w * scale, d * scale);
  const parts: Part[] = podium ? [podiumPart(podium)] : [];
  const steps: (readonly [number, number])[] = [[0, 1], ...setbacks];
  steps.forEach(([from, scale], i) => {
    const z0 = i === 0 ? (podium?.h ?? 0) : from * top;
    const z1 = (steps[i + 1]?.[0] ?? 1) * top;
    parts.push(storeys(plan(scale), z0, z1, 4.2, "parapet"));
  });
  const last = steps[steps.length - 1]![1];
  if (crown === "taper") {
    const capTop = top + spire * 0.45;
    parts.push(solid(plan(last * 0.8), top - 1, capTop, plan(last * 0.42)));
    if (spire > 0)
      parts.push(
        lathe(
          [0, 0],
          [
            [1.4, capTop - 1],
            [0.9, height - 3],
            [0.1, height],
          ],
          8,
        ),
      );
  } else {
    parts.push(solid(rectangle(0, 0, w * last * 0.42, d * last * 0.42), top - 0.9, top + 4));
  }
  return parts;
}

function twinParts({ w, d, gap, podium }: Of<"twin">, height: number): Part[] {
  return [
    podiumPart(podium),
    ...[-1, 1].flatMap((side) => [
      storeys(rectangle((side * gap) / 2, 0, w, d), podium.h, height - 5, 3.7, "parapet"),
      solid(rectangle((side * gap) / 2, 0, w * 0.5, d * 0.5), height - 6, height),
    ]),
  ];
}

function tvTowerParts({ podR, podZ, shaftR, baseR }: Of<"tvtower">, height: number): Part[] {
  const [low, high] = podZ;
  const shaftTop = high + (height - high) * 0.16;
  return [
    lathe(
      [0, 0],
      [
        [baseR * 1.7, 0],
        [baseR * 1.7, 12],
        [baseR * 1.3, 14],
        [0.1, 14.5],
      ],
      24,
      3,
    ),
    lathe(
      [0, 0],
      [
        [baseR * 0.72, 12],
        [shaftR * 1.25, 45],
        [shaftR, low * 0.6],
        [shaftR * 0.82, low - 10],
        [shaftR * 0.8, shaftTop],
        [shaftR * 0.35, shaftTop + 6],
      ],
      16,
    ),
    lathe(
      [0, 0],
      [
        [shaftR * 0.9, low - 9],
        [podR * 0.86, low],
        [podR, low + (high - low) * 0.3],
        [podR, low + (high - low) * 0.62],
        [podR * 0.78, high],
        [shaftR * 0.8, high + 4],
      ],
      32,
      6,
    ),
    lathe(
      [0, 0],
      [
        [2.6, shaftTop],
        [2.1, shaftTop + (height - shaftTop) * 0.45],
        [1.1, height - 14],
        [0.2, height],
      ],
      10,
    ),
  ];
}

/** 方圆大厦: a disc on edge. Built of horizontal slices, so that the walls keep their floors. */
function coinParts({ w, d }: Of<"coin">, height: number): Part[] {
  const slices = 24;
  const radius = height / 2 + 2;
  const parts: Part[] = [storeys(rectangle(0, 0, w, d * 1.6), 0, 12, 4.15, "parapet")];
  for (let i = 0; i < slices; i++) {
    const z0 = (height * i) / slices;
    const z1 = (height * (i + 1)) / slices;
    const middle = (z0 + z1) / 2;
    const half = Math.sqrt(Math.max(0, radius * radius - (middle - radius + 2) ** 2));
    parts.push({
      kind: "prism",
      ring: rectangle(0, 0, Math.max(18, 2 * half * 0.96), d),
      z0,
      z1,
      v0: i,
      v1: i + 1,
      roof: "flat",
    });
  }
  return parts;
}
