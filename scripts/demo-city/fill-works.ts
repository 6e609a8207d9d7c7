import type { Part } from "./building.ts";
import { yearIn } from "./fill-residential.ts";
import { gable, lathe, rectangle, solid, storeys } from "./massing.ts";
import type { Point } from "./plane.ts";
import { type Rect, rectRing } from "./roofs.ts";
import type { Site } from "./site.ts";

/** Long halls with gables side by side, an office slab at the gate, now and then a chimney or tanks. */
export function fillFactory(site: Site): void {
  const { random, box } = site;
  const year = yearIn(site, 1952, 2016);
  const span = random.range(18, 30);
  const height = random.range(8.5, 14);
  placeGateOffice(site, year);
  for (let y = box.minY + span / 2 + 4; y < box.maxY - span / 2; ) {
    const bays = random.int(1, 3);
    const d = span * bays;
    let x = box.minX + random.range(3, 12);
    while (x < box.maxX - 30) {
      const w = random.range(48, 132);
      const placed = [w, w * 0.66, w * 0.42].find(
        (length) =>
          length > 26 &&
          placeHall(
            site,
            { x: x + length / 2, y: y + (d - span) / 2, w: length, d, radians: 0 },
            bays,
            height,
            year,
          ),
      );
      x += placed ? placed + random.range(10, 24) : 16;
    }
    y += d + random.range(12, 26);
  }
  if (random.chance(0.3)) placeChimney(site, year);
  if (random.chance(0.25)) placeTanks(site, year);
}

function placeHall(site: Site, rect: Rect, bays: number, height: number, year: number): boolean {
  const ring = rectRing(rect);
  if (!site.fits(ring)) return false;
  const rise = (rect.d / bays) * 0.14;
  const parts: Part[] = [{ kind: "prism", ring, z0: 0, z1: height, v0: 0, v1: 1, roof: "none" }];
  for (let i = 0; i < bays; i++) {
    const y = rect.y - rect.d / 2 + (i + 0.5) * (rect.d / bays);
    parts.push(gable(rectangle(rect.x, y, rect.w, rect.d / bays), height, height + rise));
    if (site.isDetailed)
      parts.push(solid(rectangle(rect.x, y, rect.w * 0.82, 2.4), height + rise * 0.7, height + rise + 1.3));
  }
  return site.place({
    ring,
    parts,
    use: "industrial",
    floors: 1,
    height: height + rise,
    year,
    structure: year < 1985 ? "排架结构" : "钢结构",
  });
}

function placeGateOffice(site: Site, year: number): void {
  const { random, box } = site;
  const rect: Rect = {
    x: (box.minX + box.maxX) / 2 + random.range(-20, 20),
    y: box.minY + 10,
    w: random.range(34, 52),
    d: 14,
    radians: 0,
  };
  const ring = rectRing(rect);
  const floors = random.int(3, 6);
  const top = floors * 3.5 + 0.8;
  site.place({
    ring,
    parts: [storeys(ring, 0, top, 3.5, "parapet")],
    use: "office",
    floors,
    height: top,
    year,
    structure: "框架结构",
  });
}

function placeChimney(site: Site, year: number): void {
  const { random, box } = site;
  const at: Point = [random.range(box.minX + 12, box.maxX - 12), box.maxY - 12];
  const height = random.range(38, 84);
  const foot = height * 0.034 + 0.9;
  const ring = rectangle(at[0], at[1], foot * 2.4, foot * 2.4);
  site.place({
    ring,
    parts: [
      lathe(
        at,
        [
          [foot, 0],
          [foot * 0.55, height],
          [foot * 0.4, height],
          [foot * 0.4, height - 1],
        ],
        14,
      ),
    ],
    use: "industrial",
    floors: 1,
    height,
    year,
    structure: "砖砌烟囱",
  });
}

function placeTanks(site: Site, year: number): void {
  const { random, box } = site;
  const r = random.range(5, 9);
  const h = random.range(8, 14);
  for (let i = 0; i < 4; i++) {
    const at: Point = [box.maxX - r * 1.6 - i * r * 2.5, box.maxY - r * 1.6];
    site.place({
      ring: rectangle(at[0], at[1], r * 2, r * 2),
      parts: [
        lathe(
          at,
          [
            [r, 0],
            [r, h],
            [0.1, h + r * 0.22],
          ],
          20,
        ),
      ],
      use: "industrial",
      floors: 1,
      height: h + r * 0.22,
      year,
      structure: "钢结构",
    });
  }
}

/** Logistics sheds. */
export function fillWarehouse(site: Site): void {
  const { random, box } = site;
  const year = yearIn(site, 1986, 2021);
  const w = random.range(58, 112);
  const d = random.range(30, 52);
  for (let y = box.minY + d / 2 + 5; y < box.maxY - d / 2; y += d + random.range(22, 32))
    for (let x = box.minX + w / 2 + 4; x < box.maxX - w / 2; x += w + random.range(14, 26))
      placeHall(site, { x, y, w, d, radians: 0 }, 1, random.range(8.5, 12), year);
}
