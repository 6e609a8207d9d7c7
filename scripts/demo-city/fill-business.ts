import type { BuildingUse } from "../../src/domain/city.ts";
import type { Part } from "./building.ts";
import { alongEdge, fillSlabs, shrunk, yearIn } from "./fill-residential.ts";
import { chamfered, storeys } from "./massing.ts";
import type { Point, Ring } from "./plane.ts";
import { ringCentroid, signedArea } from "./polygon.ts";
import { inner, type Rect, rectRing, roofPlant, stairHeads, towerTop } from "./roofs.ts";
import type { Site } from "./site.ts";

/** Houses side by side along the streets round a court: the old town and the station quarter. */
export function fillPerimeter(site: Site): void {
  const { random } = site;
  const { points } = site.block.ring;
  const year = yearIn(site, 1928, 2005);
  const usual = (year < 1950 ? 4 : 6) + Math.round(site.centrality * 5);
  for (let i = 0; i < points.length; i++) {
    const a = points[i]!;
    const b = points[(i + 1) % points.length]!;
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const d = random.range(12.5, 16);
    let at = random.range(0.6, 2.5);
    while (at < length - 14) {
      const w = Math.min(random.range(24, 58), length - at - 0.8);
      const floors = Math.max(2, usual + random.int(-2, 2) + (random.chance(0.07) ? random.int(4, 12) : 0));
      const placed = w > 11 && placeFront(site, alongEdge(a, b, at + w / 2, w, d, 0.6), floors, year);
      at += placed ? w + (random.chance(0.3) ? random.range(3, 9) : 0.7) : 6;
    }
  }
  if (site.block.area > 6800) fillCourt(site, year);
}

function placeFront(site: Site, rect: Rect, floors: number, year: number): boolean {
  const { random } = site;
  const ring = rectRing(rect);
  if (!site.fits(ring)) return false;
  const use: BuildingUse = random.weighted({ residential: 5, commercial: 2.4, office: 1.6, public: 0.3 });
  const floorHeight = use === "residential" ? 3 : 3.7;
  const top = floors * floorHeight + 0.8;
  const built = floors > 9 ? Math.max(year, random.int(1992, 2012)) : year;
  const parts: Part[] = [storeys(ring, 0, top, floorHeight, site.isDetailed ? "parapet" : "flat")];
  if (floors > 9) parts.push(...towerTop(rect, top, random));
  else if (site.isDetailed) parts.push(...stairHeads(rect, top - 0.9));
  const structure = floors > 9 ? "框架-剪力墙结构" : built < 1970 ? "砖混结构" : "框架结构";
  return site.place({ ring, parts, use, floors, height: top, year: built, structure });
}

/** What stands in the court: one or two lower slabs. */
function fillCourt(site: Site, year: number): void {
  const court = shrunk(site, 25);
  if (!court) return;
  const { random, box } = site;
  for (let y = box.minY + 30; y < box.maxY - 24; y += 32) {
    const w = (box.maxX - box.minX) * random.range(0.34, 0.56);
    const rect = { x: (box.minX + box.maxX) / 2, y, w, d: 11.6, radians: 0 };
    const ring = rectRing(rect);
    const floors = random.int(3, 7);
    const top = floors * 2.9 + 0.6;
    site.place(
      {
        ring,
        parts: [storeys(ring, 0, top, 2.9, "flat"), ...(site.isDetailed ? stairHeads(rect, top) : [])],
        use: "residential",
        floors,
        height: top,
        year,
        structure: "砖混结构",
      },
      court,
    );
  }
}

/** Office towers on podiums; the nearer the centre, the taller. */
export function fillOffices(site: Site): void {
  const { random, box, centrality } = site;
  const columns = Math.max(1, Math.round((box.maxX - box.minX) / 82));
  const rows = Math.max(1, Math.round((box.maxY - box.minY) / 74));
  const w = (box.maxX - box.minX) / columns;
  const d = (box.maxY - box.minY) / rows;
  const before = site.placed.length;
  for (let c = 0; c < columns; c++)
    for (let r = 0; r < rows; r++) {
      const reach = 8 + 34 * centrality * random.range(0.35, 1) + (random.chance(0.1 * centrality) ? 14 : 0);
      placeOffice(
        site,
        box.minX + (c + 0.5) * w,
        box.minY + (r + 0.5) * d,
        w - 9,
        d - 9,
        Math.round(reach + random.range(-3, 6)),
      );
    }
  if (site.placed.length === before) fillPerimeter(site);
}

function placeOffice(site: Site, x: number, y: number, lotW: number, lotD: number, floors: number): void {
  const { random } = site;
  const year = yearIn(site, floors > 26 ? 1996 : 1984, 2021);
  for (const share of [0.92, 0.74, 0.56]) {
    const podium: Rect = { x, y, w: lotW * share, d: lotD * share, radians: 0 };
    const w = Math.min(podium.w * 0.82, random.range(28, 44));
    const d = Math.min(podium.d * 0.82, random.range(23, 36));
    if (podium.w < 20 || podium.d < 18 || !site.fits(rectRing(podium))) continue;
    const tower = inner(
      podium,
      random.range(-0.5, 0.5) * (podium.w - w) * 0.8,
      random.range(-0.5, 0.5) * (podium.d - d) * 0.8,
      w,
      d,
    );
    const use: BuildingUse = random.weighted({ office: 6, commercial: 2, residential: 1 });
    const floorHeight = use === "office" ? 4 : 3.6;
    const base = floors > 12 ? random.int(3, 5) : 0;
    const top = floors * floorHeight + (base > 0 ? base : 1);
    site.place({
      ring: rectRing(base > 0 ? podium : tower),
      parts: officeParts(site, podium, tower, base, floors, floorHeight, top),
      use,
      floors,
      height: top,
      year,
      structure: floors > 30 ? "框架-核心筒结构" : floors > 12 ? "框架-剪力墙结构" : "框架结构",
    });
    return;
  }
}

function officeParts(
  site: Site,
  podium: Rect,
  tower: Rect,
  base: number,
  floors: number,
  floorHeight: number,
  top: number,
): Part[] {
  const { random } = site;
  const parts: Part[] = [];
  const z0 = base * 4.8;
  if (base > 0) {
    parts.push({ ...storeys(rectRing(podium), 0, z0, 4.8, "parapet") });
    parts.push(...roofPlant(podium, z0, random, site.isDetailed ? 2 : 0));
  }
  const plan = (scale: number): Point[] => {
    const ring = rectRing({ ...tower, w: tower.w * scale, d: tower.d * scale });
    return ring;
  };
  const corner = random.chance(0.3)
    ? (scale: number) => chamfered(tower.x, tower.y, tower.w * scale, tower.d * scale, tower.w * scale * 0.14)
    : plan;
  const breakAt = floors > 24 && random.chance(0.55) ? Math.round(floors * random.range(0.66, 0.88)) : floors;
  const zOf = (floor: number): number => z0 + ((top - z0) * (floor - base)) / (floors - base);
  parts.push({
    kind: "prism",
    ring: corner(1),
    z0,
    z1: zOf(breakAt),
    v0: base,
    v1: breakAt,
    roof: "parapet",
  });
  let scale = 1;
  if (breakAt < floors) {
    scale = random.range(0.72, 0.86);
    parts.push({
      kind: "prism",
      ring: corner(scale),
      z0: zOf(breakAt) - 0.9,
      z1: top,
      v0: breakAt,
      v1: floors,
      roof: "parapet",
    });
  }
  parts.push(...towerTop({ ...tower, w: tower.w * scale, d: tower.d * scale }, top, random));
  if (floorHeight > 3.9 && random.chance(0.4))
    parts.push(
      ...roofPlant({ ...tower, w: tower.w * scale * 0.8, d: tower.d * scale * 0.8 }, top, random, 1),
    );
  return parts;
}

/** A shopping centre that fills the block, sometimes with towers. */
export function fillMall(site: Site): void {
  const body = shrunk(site, 5);
  if (
    !body ||
    signedArea(body) < 1300 ||
    signedArea(body) > 15_000 ||
    !site.fits(body, site.block.ring.points)
  )
    fillPerimeter(site);
  else placeMall(site, body);
}

function placeMall(site: Site, body: Ring): void {
  const { random, centrality } = site;
  const floors = random.int(4, 6);
  const top = floors * 5.2;
  const year = yearIn(site, 1988, 2020);
  const [x, y] = ringCentroid(body);
  const reach = Math.sqrt(signedArea(body)) * 0.62;
  const towers = centrality > 0.25 ? random.int(0, 2) : 0;
  const parts: Part[] = [
    storeys(body, 0, top, 5.2, "parapet"),
    ...roofPlant({ x, y, w: reach, d: reach, radians: 0 }, top, random, 5),
  ];
  let height = top;
  let highest = floors;
  for (let i = 0; i < towers; i++) {
    const rect: Rect = { x: x + (i - (towers - 1) / 2) * 46, y, w: 28, d: 26, radians: 0 };
    const count = Math.round(16 + 20 * centrality * random.range(0.4, 1));
    if (reach < 60) continue;
    const z1 = top + (count - floors) * 3.8;
    parts.push({
      kind: "prism",
      ring: rectRing(rect),
      z0: top - 1,
      z1,
      v0: floors,
      v1: count,
      roof: "parapet",
    });
    parts.push(...towerTop(rect, z1, random));
    height = Math.max(height, z1);
    highest = Math.max(highest, count);
  }
  site.place({
    ring: body,
    parts,
    use: "commercial",
    floors: highest,
    height,
    year,
    structure: "框架-剪力墙结构",
  });
}

/** A school: teaching wings round a court, a gym, a sports field left open. */
export function fillSchool(site: Site): void {
  const { random, box } = site;
  const year = yearIn(site, 1962, 2018);
  const w = Math.min(74, (box.maxX - box.minX) * 0.62);
  const d = Math.min(52, (box.maxY - box.minY) * 0.5);
  const x = box.minX + w / 2 + random.range(5, 12);
  const y = box.maxY - d / 2 - random.range(5, 12);
  const floors = random.int(4, 5);
  const top = floors * 3.7 + 1;
  const wing = 10.5;
  const u: Point[] = (
    [
      [-w / 2, -d / 2],
      [-w / 2 + wing, -d / 2],
      [-w / 2 + wing, d / 2 - wing],
      [w / 2 - wing, d / 2 - wing],
      [w / 2 - wing, -d / 2],
      [w / 2, -d / 2],
      [w / 2, d / 2],
      [-w / 2, d / 2],
    ] as Point[]
  ).map(([px, py]): Point => [x + px, y + py]);
  const structure = "框架结构";
  if (w > 34 && d > 26)
    site.place({
      ring: u,
      parts: [storeys(u, 0, top, 3.7, "parapet")],
      use: "education",
      floors,
      height: top,
      year,
      structure,
    });
  const gym = rectRing({ x: box.maxX - 24, y: box.maxY - 20, w: 30, d: 22, radians: 0 });
  site.place({
    ring: gym,
    parts: [storeys(gym, 0, 11, 5.5, "flat")],
    use: "education",
    floors: 2,
    height: 11,
    year,
    structure,
  });
  if (site.placed.length === 0) fillSlabs(site);
  else if (site.block.area > 16_000) fillDormitories(site, year);
}

function fillDormitories(site: Site, year: number): void {
  const { box, random } = site;
  for (let y = box.minY + 12; y < (box.minY + box.maxY) / 2 - 14; y += 30) {
    const w = random.range(44, 62);
    const rect: Rect = { x: box.minX + w / 2 + 8, y, w, d: 14.5, radians: 0 };
    const ring = rectRing(rect);
    const floors = random.int(5, 6);
    const top = floors * 3.3 + 0.8;
    site.place({
      ring,
      parts: [storeys(ring, 0, top, 3.3, "flat"), ...stairHeads(rect, top)],
      use: "education",
      floors,
      height: top,
      year,
      structure: "框架结构",
    });
  }
}

/** A hospital: ward tower on an outpatient podium and older slabs behind. */
export function fillHospital(site: Site): void {
  const { random, box } = site;
  const year = yearIn(site, 1980, 2019);
  const x = (box.minX + box.maxX) / 2;
  const y = box.minY + (box.maxY - box.minY) * 0.36;
  const podium: Rect = {
    x,
    y,
    w: Math.min(92, (box.maxX - box.minX) * 0.66),
    d: Math.min(52, (box.maxY - box.minY) * 0.4),
    radians: 0,
  };
  const floors = random.int(12, 21);
  const ring = rectRing(podium);
  if (podium.w > 36 && podium.d > 24 && site.fits(ring)) {
    const tower = inner(podium, 0, podium.d * 0.1, podium.w * 0.72, Math.min(22, podium.d * 0.6));
    const top = floors * 3.9;
    site.place({
      ring,
      parts: [
        storeys(ring, 0, 18, 4.5, "parapet"),
        { kind: "prism", ring: rectRing(tower), z0: 18, z1: top, v0: 4, v1: floors, roof: "parapet" },
        ...towerTop(tower, top, random),
      ],
      use: "medical",
      floors,
      height: top,
      year,
      structure: "框架-剪力墙结构",
    });
  }
  for (let row = y + podium.d / 2 + 20; row < box.maxY - 8; row += 27) {
    const rect: Rect = { x, y: row, w: podium.w * random.range(0.6, 1), d: 14, radians: 0 };
    const bar = rectRing(rect);
    const count = random.int(4, 7);
    const top = count * 3.6 + 0.8;
    site.place({
      ring: bar,
      parts: [storeys(bar, 0, top, 3.6, "flat"), ...stairHeads(rect, top)],
      use: "medical",
      floors: count,
      height: top,
      year: year - 8,
      structure: "框架结构",
    });
  }
  if (site.placed.length === 0) fillSlabs(site);
}
