import type { Part } from "./building.ts";
import { gable, lathe, type Massing, rectangle, solid, storeys } from "./massing.ts";
import type { Point } from "./plane.ts";

type Of<T extends Massing["type"]> = Extract<Massing, { type: T }>;
type PalacePlan = Of<"palace">["plan"];

/** A hall of a court: x, y, width, depth, height of the ridge. */
type Hall = readonly [number, number, number, number, number];

/** Courts along the axis, after their real arrangement; sizes approximate. */
const HALLS: Readonly<Record<PalacePlan, readonly Hall[]>> = {
  shenyang: [
    [-32, -72, 34, 14, 11],
    [-32, -32, 40, 20, 14],
    [-32, 10, 30, 20, 21],
    [-32, 52, 44, 20, 14],
    [-62, -30, 12, 30, 9],
    [-2, -30, 12, 30, 9],
    [-60, 38, 12, 28, 9],
    [-4, 38, 12, 28, 9],
    [-96, -20, 26, 16, 10],
    [-96, 18, 32, 16, 11],
    [-96, 54, 30, 16, 11],
    [66, 46, 26, 26, 19],
    ...[-54, -32, -10, 12].flatMap((y): Hall[] => [
      [44, y, 10, 10, 8],
      [88, y, 10, 10, 8],
    ]),
    [44, 34, 12, 12, 9],
    [88, 34, 12, 12, 9],
  ],
  mansion: [
    [0, -26, 24, 9, 8],
    [0, -6, 26, 10, 9],
    [-15, -16, 8, 16, 7],
    [15, -16, 8, 16, 7],
    [0, 16, 22, 9, 9],
  ],
  mausoleum: [
    [0, -66, 26, 14, 14],
    [0, 0, 34, 20, 21],
    [-34, -16, 14, 34, 11],
    [34, -16, 14, 34, 11],
    [0, 44, 18, 16, 22],
  ],
  temple: [
    [0, -28, 18, 9, 9],
    [0, -8, 22, 12, 11],
    [0, 14, 24, 12, 12],
    [-18, -10, 8, 18, 8],
    [18, -10, 8, 18, 8],
  ],
};

const WALLS: Readonly<Record<PalacePlan, readonly (readonly [number, number, number, number])[]>> = {
  shenyang: [
    [-32, 0, 76, 168],
    [-96, 16, 44, 110],
    [66, 0, 64, 132],
  ],
  mansion: [[0, -5, 44, 60]],
  mausoleum: [[0, 0, 108, 170]],
  temple: [[0, -6, 50, 66]],
};

/** Halls with swept hip roofs on terraces, inside court walls. */
export function palaceParts(plan: PalacePlan): Part[] {
  const parts: Part[] = [];
  for (const [x, y, w, d] of WALLS[plan])
    parts.push(...courtWall(x, y, w, d, plan === "mausoleum" ? 6 : 3.4));
  for (const hall of HALLS[plan]) parts.push(...hallParts(hall));
  if (plan === "mausoleum")
    parts.push(
      lathe(
        [0, 106],
        [
          [30, 0],
          [26, 6],
          [17, 13],
          [0.2, 17],
        ],
        28,
      ),
      ...courtWall(0, 106, 76, 76, 6),
    );
  if (plan === "mansion")
    parts.push(
      storeys(rectangle(34, 6, 26, 22), 0, 17, 5.6, "flat"),
      gable(rectangle(34, 6, 26, 22), 17, 21, 5),
    );
  return parts;
}

function hallParts([x, y, w, d, h]: Hall): Part[] {
  const terrace = h > 12 ? 2 : 0.8;
  const eaves = terrace + (h - terrace) * 0.5;
  const across = w >= d;
  const roof = (grow: number): Point[] => {
    const ring = rectangle(x, y, w + grow, d + grow);
    return across ? ring : [ring[1]!, ring[2]!, ring[3]!, ring[0]!];
  };
  const parts: Part[] = [
    solid(rectangle(x, y, w + 5, d + 5), 0, terrace),
    storeys(rectangle(x, y, w, d), terrace, eaves, Math.max(3.2, eaves - terrace), "flat"),
    gable(roof(4), eaves - 0.4, h, Math.min(w, d) * 0.28),
  ];
  if (h > 17) parts.push(gable(roof(7), eaves - 2.6, eaves + 0.8, Math.min(w, d) * 0.45));
  return parts;
}

function courtWall(x: number, y: number, w: number, d: number, h: number): Part[] {
  const t = 0.9;
  return [
    solid(rectangle(x, y - d / 2, w, t), 0, h),
    solid(rectangle(x, y + d / 2, w, t), 0, h),
    solid(rectangle(x - w / 2, y, t, d), 0, h),
    solid(rectangle(x + w / 2, y, t, d), 0, h),
  ];
}

/** A suspension bridge over the polyline: deck, piers, two towers, cables and hangers. */
export function bridgeParts({ deckZ, width, towerH, span }: Of<"bridge">, path: readonly Point[]): Part[] {
  const parts: Part[] = [];
  for (let i = 1; i < path.length; i++) {
    parts.push(solid(strip(path[i - 1]!, path[i]!, width), deckZ - 4, deckZ));
    const steps = Math.round(Math.hypot(path[i]![0] - path[i - 1]![0], path[i]![1] - path[i - 1]![1]) / 70);
    for (let k = 0; k < steps; k++) {
      const p = between(path[i - 1]!, path[i]!, (k + 0.5) / steps);
      if (Math.hypot(p[0], p[1]) > span * 0.95) parts.push(solid(rectangle(p[0], p[1], 5, 5), 0, deckZ - 4));
    }
  }
  const middle = path.findIndex((p) => Math.hypot(p[0], p[1]) < 30);
  const a = path[Math.max(0, middle - 1)]!;
  const b = path[Math.min(path.length - 1, middle + 1)]!;
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  const along: Point = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
  const spot = (s: number, t: number): Point => [along[0] * s - along[1] * t, along[1] * s + along[0] * t];
  for (const s of [-span / 2, span / 2])
    for (const t of [-width / 2 - 2, width / 2 + 2])
      parts.push(solid(strip(spot(s - 4, t), spot(s + 4, t), 6), 0, towerH));
  for (const t of [-width / 2, width / 2]) parts.push(...cableParts(spot, t, span, deckZ, towerH));
  return parts;
}

function cableParts(
  spot: (s: number, t: number) => Point,
  t: number,
  span: number,
  deckZ: number,
  towerH: number,
): Part[] {
  const parts: Part[] = [];
  const pieces = 40;
  const sag = (s: number): number => {
    const inside = Math.abs(s) <= span / 2;
    if (inside) return deckZ + 5 + (towerH - deckZ - 7) * (s / (span / 2)) ** 2;
    return towerH - 2 - (towerH - deckZ - 2) * ((Math.abs(s) - span / 2) / (span * 0.38));
  };
  const reach = span * 0.88;
  for (let i = 0; i < pieces; i++) {
    const s0 = -reach + (2 * reach * i) / pieces;
    const s1 = -reach + (2 * reach * (i + 1)) / pieces;
    const zAt = (s: number): number => Math.max(deckZ + 1, sag(s));
    parts.push({
      kind: "beam",
      from: spot(s0, t),
      to: spot(s1, t),
      zFrom: zAt(s0),
      zTo: zAt(s1),
      thickness: 1.4,
    });
    parts.push(solid(strip(spot(s1 - 0.2, t), spot(s1 + 0.2, t), 0.4), deckZ, Math.max(deckZ + 1, sag(s1))));
  }
  return parts;
}

function strip(a: Point, b: Point, width: number): Point[] {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  const nx = (-(b[1] - a[1]) / length) * (width / 2);
  const ny = ((b[0] - a[0]) / length) * (width / 2);
  return [
    [a[0] - nx, a[1] - ny],
    [b[0] - nx, b[1] - ny],
    [b[0] + nx, b[1] + ny],
    [a[0] + nx, a[1] + ny],
  ];
}

const between = (a: Point, b: Point, t: number): Point => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
];

export function silosParts({ r, h, columns, rows }: Of<"silos">): Part[] {
  const parts: Part[] = [];
  for (let c = 0; c < columns; c++)
    for (let k = 0; k < rows; k++)
      parts.push(
        lathe(
          [(c - (columns - 1) / 2) * r * 2.02, (k - (rows - 1) / 2) * r * 2.02],
          [
            [r, 0],
            [r, h - 7],
            [0.1, h - 5],
          ],
          18,
        ),
      );
  parts.push(solid(rectangle(0, 0, columns * r * 2, r), h - 6, h));
  return parts;
}

export function gantryParts({ span, h }: Of<"gantry">): Part[] {
  const leg = (x: number): Part[] =>
    [-1, 1].map((side) => solid(rectangle(x, side * 16, 5, 5), 0, h - 10, rectangle(x, side * 6, 4, 4)));
  return [
    ...leg(-span / 2),
    ...leg(span / 2),
    solid(rectangle(0, 0, span + 24, 12), h - 10, h),
    solid(rectangle(span * 0.18, 0, 12, 16), h, h + 6),
  ];
}
