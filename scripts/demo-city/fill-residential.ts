import { insetBlock } from "./block-ring.ts";
import type { Part } from "./building.ts";
import { storeys } from "./massing.ts";
import type { Point, Ring } from "./plane.ts";
import { gableRoof, inner, type Rect, rectRing, stairHeads, towerTop } from "./roofs.ts";
import type { Site } from "./site.ts";

/** The block less a strip of `by` metres along its edges; null when nothing is left. */
export function shrunk(site: Site, by: number): Ring | null {
  const { ring } = site.block;
  return insetBlock({ ...ring, setbacks: ring.setbacks.map(() => by) })?.points ?? null;
}

/** Clamps a year into the zone's span. */
export function yearIn(site: Site, first: number, last: number): number {
  const [low, high] = site.block.zone.years;
  const from = Math.max(first, low);
  const to = Math.min(last, high);
  return from >= to ? Math.min(Math.max(first, low), high) : site.random.int(from, to);
}

/** Rows of 居民楼 facing south, one manner of building a block. */
export function fillSlabs(site: Site): void {
  const { random, box } = site;
  const year = yearIn(site, 1955, 2010);
  const low = year < 1972 ? 3 : year < 1985 ? 5 : 6;
  const usual = random.int(low, low + (year > 1999 ? 3 : 1));
  const depth = random.range(10.8, 13.4);
  const usualLength = random.range(42, 82) * (0.4 + 0.6 * site.coarseness);
  const pitch = depth + Math.max(16, usual * 2.9 * random.range(1.05, 1.3)) * (0.55 + 0.45 * site.coarseness);
  const isPitched = random.chance(year < 1985 ? 0.4 : 0.22);
  for (let y = box.minY + depth / 2 + 1; y < box.maxY - depth / 2; y += pitch) {
    let x = box.minX + random.range(0.5, 6);
    while (x < box.maxX - 16) {
      const floors = Math.max(2, usual + (random.chance(0.16) ? random.int(-1, 1) : 0));
      const length = usualLength * random.range(0.82, 1.14);
      const tried = [length, length * 0.72, length * 0.5].find(
        (w) =>
          w > 15 && placeSlab(site, { x: x + w / 2, y, w, d: depth, radians: 0 }, floors, year, isPitched),
      );
      x += tried ? tried + random.range(4, 9) : 9;
    }
  }
}

function placeSlab(site: Site, rect: Rect, floors: number, year: number, isPitched: boolean): boolean {
  const { random } = site;
  const floorHeight = year < 1960 ? 3.3 : 2.9;
  const top = floors * floorHeight + 0.6;
  const ring = rectRing(rect);
  if (!site.fits(ring)) return false;
  const rise = rect.d * 0.26;
  const parts: Part[] = [storeys(ring, 0, top, floorHeight, "flat")];
  if (isPitched) parts.push(gableRoof(rect, top, rise, random.chance(0.4) ? rect.d * 0.5 : 0));
  else if (site.isDetailed) parts.push(...stairHeads(rect, top));
  return site.place({
    ring,
    parts,
    use: "residential",
    floors,
    height: isPitched ? top + rise : top,
    year,
    structure: floors > 7 ? "框架结构" : "砖混结构",
  });
}

/** An estate of towers round a green court, with shops along the streets. */
export function fillTowers(site: Site): void {
  const { random, box, centrality } = site;
  const year = yearIn(site, 1998, 2022);
  const court = shrunk(site, random.chance(0.55) ? 15 : 4);
  if (!court) {
    fillSlabs(site);
    return;
  }
  if (site.block.area > 5200) placeShops(site, year);
  const isLow = random.chance(0.24);
  const floors = isLow
    ? random.int(9, 13)
    : random.int(17, 26) + Math.round(random.range(0, 8) * (0.4 + centrality));
  const isPoint = random.chance(0.34);
  const w = isPoint ? random.range(23, 28) : random.range(30, 48);
  const d = isPoint ? random.range(20, 24) : random.range(14, 17);
  const pitchX = (w + random.range(14, 24)) * (0.6 + 0.4 * site.coarseness);
  const pitchY = (d + Math.min(62, Math.max(30, floors * 1.55))) * (0.7 + 0.3 * site.coarseness);
  const before = site.placed.length;
  let row = 0;
  for (let y = box.minY + d / 2 + 3; y < box.maxY - d / 2; y += pitchY, row++)
    for (
      let x = box.minX + w / 2 + (row % 2) * pitchX * 0.4;
      x < box.maxX - w / 2;
      x += pitchX * (site.placed.length > before ? 1 : 0.34)
    )
      placeTower(
        site,
        { x, y, w, d, radians: 0 },
        Math.max(8, floors + random.int(-2, 2)),
        year,
        isPoint,
        court,
      );
  if (site.placed.length - before < 1) fillSlabs(site);
}

function placeTower(
  site: Site,
  rect: Rect,
  floors: number,
  year: number,
  isPoint: boolean,
  within: Ring,
): void {
  const { random } = site;
  const top = floors * 3 + 1.2;
  const ring = isPoint ? butterfly(rect) : stepped(rect);
  if (!site.fits(rectRing(rect), within)) return;
  site.place(
    {
      ring,
      parts: [
        storeys(ring, 0, top, 3, "parapet"),
        ...towerTop(inner(rect, 0, 0, rect.w * 0.8, rect.d * 0.8), top, random),
      ],
      use: "residential",
      floors,
      height: top,
      year,
      structure: "剪力墙结构",
    },
    within,
  );
}

/** A point tower with notches in the middle of its sides. */
function butterfly(rect: Rect): Point[] {
  const { w, d } = rect;
  const n = Math.min(w, d) * 0.12;
  const x = w / 2;
  const y = d / 2;
  const m = w * 0.13;
  const local: Point[] = [
    [-x, -y],
    [-m, -y],
    [-m, -y + n],
    [m, -y + n],
    [m, -y],
    [x, -y],
    [x, y],
    [m, y],
    [m, y - n],
    [-m, y - n],
    [-m, y],
    [-x, y],
  ];
  return local.map(([px, py]): Point => [rect.x + px, rect.y + py]);
}

/** A slab tower whose middle bay steps back to the north. */
function stepped(rect: Rect): Point[] {
  const { w, d } = rect;
  const x = w / 2;
  const y = d / 2;
  const local: Point[] = [
    [-x, -y],
    [x, -y],
    [x, y * 0.66],
    [w * 0.3, y * 0.66],
    [w * 0.3, y],
    [-w * 0.3, y],
    [-w * 0.3, y * 0.66],
    [-x, y * 0.66],
  ];
  return local.map(([px, py]): Point => [rect.x + px, rect.y + py]);
}

/** Two-storey shop rows along the longer edges of the block. */
function placeShops(site: Site, year: number): void {
  const { points } = site.block.ring;
  for (let i = 0; i < points.length; i++) {
    const a = points[i]!;
    const b = points[(i + 1) % points.length]!;
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (length < 46 || !site.random.chance(0.6)) continue;
    const w = Math.min(length - 22, site.random.range(34, 76));
    const at = site.random.range(11 + w / 2, length - 11 - w / 2);
    const d = 9.5;
    const rect = alongEdge(a, b, at, w, d, 0.8);
    const floors = site.random.int(1, 3);
    const top = floors * 4.2 + 0.6;
    const ring = rectRing(rect);
    site.place({
      ring,
      parts: [storeys(ring, 0, top, 4.2, "flat")],
      use: "commercial",
      floors,
      height: top,
      year,
      structure: "框架结构",
    });
  }
}

/** The rectangle that stands `gap` behind the edge a-b, its middle `at` metres along. */
export function alongEdge(a: Point, b: Point, at: number, w: number, d: number, gap: number): Rect {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  const ux = (b[0] - a[0]) / length;
  const uy = (b[1] - a[1]) / length;
  const inset = gap + d / 2;
  return {
    x: a[0] + ux * at - uy * inset,
    y: a[1] + uy * at + ux * inset,
    w,
    d,
    radians: Math.atan2(uy, ux),
  };
}

/** Low old houses with gables in narrow lanes. */
export function fillLanes(site: Site): void {
  const { random, box } = site;
  const year = yearIn(site, 1932, 1964);
  const depth = random.range(6.2, 7.6);
  for (let y = box.minY + depth; y < box.maxY - depth / 2; y += depth + random.range(4.4, 6.5)) {
    let x = box.minX + random.range(1, 8);
    while (x < box.maxX - 9) {
      const w = random.range(14, 36) * site.coarseness;
      const floors = random.chance(0.22) ? 2 : 1;
      const placed =
        random.chance(0.9) &&
        placeHouse(
          site,
          { x: x + w / 2, y: y + random.range(-0.8, 0.8), w, d: depth, radians: 0 },
          floors,
          year,
          0,
        );
      x += placed ? w + random.range(1.4, 5) : 7;
    }
  }
}

/** A farm village swallowed by the city: yards in rows, a house to the south light, a side house or a shed. */
export function fillVillage(site: Site): void {
  const { random, box } = site;
  const year = yearIn(site, 1978, 2008);
  for (let y = box.minY + 9; y < box.maxY - 6; y += random.range(23, 29))
    for (let x = box.minX + 9; x < box.maxX - 8; x += random.range(15, 20)) {
      if (random.chance(0.14)) continue;
      const w = random.range(10.5, 14);
      const rect = {
        x: x + random.range(-0.8, 0.8),
        y: y + random.range(-1.6, 1.6),
        w,
        d: random.range(6.6, 8.4),
        radians: random.range(-0.05, 0.05),
      };
      placeHouse(site, rect, random.chance(0.14) ? 2 : 1, year, 0);
      if (random.chance(0.55)) placeSideHouse(site, x - w / 2 + 2.2, y - random.range(9.5, 12), year);
    }
}

function placeSideHouse(site: Site, x: number, y: number, year: number): void {
  const ring = rectRing({ x, y, w: site.random.range(3.4, 4.6), d: site.random.range(5, 9), radians: 0 });
  const top = 3;
  site.place({
    ring,
    parts: [storeys(ring, 0, top, 3, "flat")],
    use: "residential",
    floors: 1,
    height: top,
    year,
    structure: "砖混结构",
  });
}

/** Detached houses with hip roofs. */
export function fillVillas(site: Site): void {
  const { random, box } = site;
  const year = yearIn(site, 1994, 2016);
  for (let y = box.minY + 12; y < box.maxY - 8; y += random.range(27, 31))
    for (let x = box.minX + 10; x < box.maxX - 8; x += random.range(23, 28)) {
      if (random.chance(0.1)) continue;
      const w = random.range(11, 15);
      placeHouse(
        site,
        { x, y: y + random.range(-2, 2), w, d: random.range(9, 12), radians: 0 },
        random.int(2, 3),
        year,
        3.6,
      );
    }
}

function placeHouse(site: Site, rect: Rect, floors: number, year: number, hip: number): boolean {
  const eaves = floors * 3 + 0.3;
  const rise = Math.min(rect.d, rect.w) * 0.3;
  const ring = rectRing(rect);
  return site.place({
    ring,
    parts: [storeys(ring, 0, eaves, 3, "flat"), gableRoof(rect, eaves, rise, hip)],
    use: "residential",
    floors,
    height: eaves + rise,
    year,
    structure: floors === 1 && year < 1965 ? "砖木结构" : "砖混结构",
  });
}
