import type { BuildingUse } from "../../src/domain/city.ts";
import { alongEdge } from "./fill-residential.ts";
import { storeys } from "./massing.ts";
import type { Programme } from "./plan.ts";
import { type Rect, rectRing } from "./roofs.ts";
import type { Site } from "./site.ts";

/** A small building of a yard: what stands between the houses and is never on a plan's first page. */
interface YardKind {
  readonly use: BuildingUse;
  /** Metres along the edge, least and greatest, and across. */
  readonly length: readonly [number, number];
  readonly depth: readonly [number, number];
  readonly floors: readonly [number, number];
  readonly floorHeight: number;
  readonly weight: number;
  /** Nobody lives or works in it. */
  readonly isEmpty: boolean;
}

const SHOP: YardKind = {
  use: "commercial",
  length: [18, 62],
  depth: [8, 11],
  floors: [1, 2],
  floorHeight: 4.2,
  weight: 2.2,
  isEmpty: false,
};

/** 车库, 自行车棚. */
const GARAGE: YardKind = {
  use: "transport",
  length: [10, 34],
  depth: [3.2, 6],
  floors: [1, 1],
  floorHeight: 2.8,
  weight: 2.6,
  isEmpty: true,
};

/** 换热站, 配电房, 垃圾站. */
const PLANT: YardKind = {
  use: "public",
  length: [7, 15],
  depth: [5.5, 9],
  floors: [1, 1],
  floorHeight: 4.4,
  weight: 1.3,
  isEmpty: true,
};

/** 门卫, 居委会, 活动室. */
const LODGE: YardKind = {
  use: "public",
  length: [5, 16],
  depth: [4, 8],
  floors: [1, 2],
  floorHeight: 3.2,
  weight: 1.4,
  isEmpty: false,
};

const SHED: YardKind = {
  use: "industrial",
  length: [8, 26],
  depth: [5, 11],
  floors: [1, 1],
  floorHeight: 4,
  weight: 2,
  isEmpty: true,
};

interface YardManner {
  readonly kinds: readonly YardKind[];
  /** Square metres of block to one attempt. */
  readonly areaEach: number;
}

const HOMES: YardManner = { kinds: [SHOP, GARAGE, PLANT, LODGE], areaEach: 980 };
const WORKS: YardManner = { kinds: [SHED, LODGE, PLANT], areaEach: 1500 };
const INSTITUTES: YardManner = { kinds: [LODGE, PLANT, GARAGE], areaEach: 2200 };

const MANNERS: Readonly<Partial<Record<Programme, YardManner>>> = {
  slabs: HOMES,
  towers: { ...HOMES, areaEach: 1300 },
  perimeter: { kinds: [GARAGE, PLANT, LODGE], areaEach: 900 },
  offices: { ...INSTITUTES, areaEach: 1800 },
  mall: INSTITUTES,
  factory: WORKS,
  warehouse: { ...WORKS, areaEach: 2600 },
  school: INSTITUTES,
  hospital: INSTITUTES,
};

/** The small buildings of a block, along its edges and in its yard: shops, garages, boiler houses, lodges. Comes last. */
export function fillYards(site: Site, programme: Programme): void {
  const manner = MANNERS[programme];
  if (!manner) return;
  const { random, box, block } = site;
  const { points } = block.ring;
  const tries = Math.min(90, Math.round(block.area / (manner.areaEach * site.coarseness ** 2)));
  for (let i = 0; i < tries; i++) {
    const kind = pickKind(site, manner.kinds);
    const w = random.range(...kind.length);
    const d = random.range(...kind.depth);
    if (random.chance(0.55)) {
      const edge = random.int(0, points.length - 1);
      const a = points[edge]!;
      const b = points[(edge + 1) % points.length]!;
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      if (length < w + 4) continue;
      placeSmall(site, kind, alongEdge(a, b, random.range(1.5 + w / 2, length - 1.5 - w / 2), w, d, 0.7));
    } else {
      const isTurned = random.chance(0.3);
      placeSmall(site, kind, {
        x: random.range(box.minX, box.maxX),
        y: random.range(box.minY, box.maxY),
        w: isTurned ? d : w,
        d: isTurned ? w : d,
        radians: 0,
      });
    }
  }
}

function pickKind({ random }: Site, kinds: readonly YardKind[]): YardKind {
  let at = random.next() * kinds.reduce((sum, { weight }) => sum + weight, 0);
  for (const kind of kinds) {
    at -= kind.weight;
    if (at < 0) return kind;
  }
  return kinds[kinds.length - 1]!;
}

function placeSmall(site: Site, kind: YardKind, rect: Rect): void {
  const floors = site.random.int(...kind.floors);
  const top = floors * kind.floorHeight + 0.4;
  const ring = rectRing(rect);
  const [first, last] = site.block.zone.years;
  site.place({
    ring,
    parts: [storeys(ring, 0, top, kind.floorHeight, "flat")],
    use: kind.use,
    floors,
    height: top,
    year: site.random.int(Math.max(1978, Math.min(first, last)), Math.max(1979, last)),
    structure: kind.use === "transport" ? "砖混结构" : "框架结构",
    ...(kind.isEmpty ? { isEmpty: true } : {}),
  });
}
