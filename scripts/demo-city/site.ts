import { BUILDING_USES, type BuildingUse } from "../../src/domain/city.ts";
import type { Block } from "./blocks.ts";
import type { Part } from "./building.ts";
import type { Mask } from "./mask.ts";
import type { Point, Ring } from "./plane.ts";
import { pointInRing, ringBox } from "./polygon.ts";
import { createRandom, type Random } from "./random.ts";

/** A building as a programme thinks of it, in the axes of its block. */
export interface Proposal {
  readonly ring: Ring;
  readonly parts: readonly Part[];
  readonly use: BuildingUse;
  readonly floors: number;
  readonly height: number;
  readonly year: number;
  readonly structure: string;
  /** Nobody lives or works in it: a garage, a transformer house. */
  readonly isEmpty?: boolean;
}

export interface Placed extends Proposal {
  readonly useCode: number;
}

/** A block while it is being filled. All coordinates are in the block's axes. */
export interface Site {
  readonly block: Block;
  readonly random: Random;
  /** 0..1: how near the heart of the city. */
  readonly centrality: number;
  /** 1 in the city, up to 1.5 outside: fewer and larger buildings. */
  readonly coarseness: number;
  /** Whether roofs get their small things. */
  readonly isDetailed: boolean;
  readonly box: {
    readonly minX: number;
    readonly minY: number;
    readonly maxX: number;
    readonly maxY: number;
  };
  readonly placed: readonly Placed[];
  /** Takes the building if it stands inside `within` (the block by default), on free ground, and clear of the others. */
  place(proposal: Proposal, within?: Ring): boolean;
  /** Whether a footprint could be placed. */
  fits(ring: Ring, within?: Ring): boolean;
}

/** Least distance between two buildings of a block, metres. */
const CLEARANCE = 0.4;

export function createSite(
  block: Block,
  mask: Mask,
  centrality: number,
  coarseness: number,
  isDetailed = true,
): Site {
  const placed: Placed[] = [];
  const boxes: ReturnType<typeof ringBox>[] = [];

  const c = Math.cos(block.angle);
  const s = Math.sin(block.angle);
  const isFree = ([x, y]: Point): boolean => mask.bitsAt(x * c - y * s, x * s + y * c) === 0;
  const blockBox = ringBox(block.ring.points);
  const isBlockConvex = isConvex(block.ring.points);

  const fits = (ring: Ring, within: Ring = block.ring.points): boolean => {
    const needsEdges = !isBlockConvex || within !== block.ring.points;
    for (const a of ring) if (!isInBox(a, blockBox)) return false;
    for (const a of ring) if (!pointInRing(a, within) || !isFree(a)) return false;
    for (let i = 0; i < ring.length; i++) {
      const a = ring[i]!;
      const b = ring[(i + 1) % ring.length]!;
      const pieces = Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / 16);
      for (let k = 1; k < pieces; k++) {
        const point: Point = [a[0] + ((b[0] - a[0]) * k) / pieces, a[1] + ((b[1] - a[1]) * k) / pieces];
        if (!isFree(point) || (needsEdges && !pointInRing(point, within))) return false;
      }
    }
    const box = ringBox(ring);
    return !boxes.some((other, i) => boxesTouch(box, other) && ringsTouch(ring, placed[i]!.ring));
  };

  const place = (proposal: Proposal, within?: Ring): boolean => {
    if (!fits(proposal.ring, within)) return false;
    placed.push({ ...proposal, useCode: BUILDING_USES.indexOf(proposal.use) });
    boxes.push(ringBox(proposal.ring));
    return true;
  };

  return {
    block,
    random: createRandom(block.seed),
    centrality,
    coarseness,
    isDetailed,
    box: blockBox,
    placed,
    place,
    fits,
  };
}

function isInBox([x, y]: Point, { minX, minY, maxX, maxY }: ReturnType<typeof ringBox>): boolean {
  return x >= minX && x <= maxX && y >= minY && y <= maxY;
}

function isConvex(ring: Ring): boolean {
  return ring.every(([bx, by], i) => {
    const [ax, ay] = ring[(i + ring.length - 1) % ring.length]!;
    const [cx, cy] = ring[(i + 1) % ring.length]!;
    return (bx - ax) * (cy - by) - (by - ay) * (cx - bx) >= -1e-6;
  });
}

function boxesTouch(a: ReturnType<typeof ringBox>, b: ReturnType<typeof ringBox>): boolean {
  return (
    a.minX < b.maxX + CLEARANCE &&
    b.minX < a.maxX + CLEARANCE &&
    a.minY < b.maxY + CLEARANCE &&
    b.minY < a.maxY + CLEARANCE
  );
}

/** Whether rings overlap: an edge of one separates them, else they touch. Exact for convex rings, careful for others. */
function ringsTouch(a: Ring, b: Ring): boolean {
  return !hasSeparatingEdge(a, b) && !hasSeparatingEdge(b, a);
}

function hasSeparatingEdge(a: Ring, b: Ring): boolean {
  for (let i = 0; i < a.length; i++) {
    const p = a[i]!;
    const q = a[(i + 1) % a.length]!;
    const length = Math.hypot(q[0] - p[0], q[1] - p[1]) || 1;
    const side = ([x, y]: Point): number =>
      ((q[0] - p[0]) * (y - p[1]) - (q[1] - p[1]) * (x - p[0])) / length;
    if (a.every((point) => side(point) > -1e-6) && b.every((point) => side(point) < -CLEARANCE + 1e-6))
      return true;
  }
  return false;
}
