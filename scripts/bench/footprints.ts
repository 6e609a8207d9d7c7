import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { BUILDING_USES, CITIES } from "../../src/domain/city.ts";
import { metersPerDegree } from "../../src/geo/ellipsoid.ts";

/** Mulberry32: the same numbers from the same seed. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const BLOCK_M = 240;
const LOTS = 6;

/**
 * Writes a generated city as GeoJSON: turned blocks of 36 lots around Shenyang, three in ten buildings L-shaped, one in a
 * hundred with a court, low at the edge and tall in the middle; about 620 buildings a km². Coordinates have 7 decimals.
 */
export async function writeFootprints(path: string, count: number): Promise<void> {
  const random = createRandom(count);
  const out = createWriteStream(path, { highWaterMark: 1 << 20 });
  const { longitudeDeg, latitudeDeg } = CITIES.shenyang.home.target;
  const scale = metersPerDegree(latitudeDeg);
  const blocks = Math.ceil(Math.sqrt(count / (LOTS * LOTS)));
  out.write('{"type":"FeatureCollection","features":[\n');
  for (let row = 0; row < count; row++) {
    const block = Math.floor(row / (LOTS * LOTS));
    const lot = row % (LOTS * LOTS);
    const [bx, by] = [block % blocks, Math.floor(block / blocks)];
    const angle = ((bx * 7 + by * 13) % 11) * 0.02;
    const centre = Math.hypot(bx / blocks - 0.5, by / blocks - 0.5) * 2;
    const u = ((lot % LOTS) - 2.5) * 33 + random() * 6;
    const v = (Math.floor(lot / LOTS) - 2.5) * 33 + random() * 6;
    const floors = 1 + Math.floor(random() ** (1 + 3 * centre) * (centre < 0.2 && random() < 0.1 ? 45 : 9));
    const rings = shapeOf(random, u, v).map((ring) =>
      ring.map(([x, y]) => {
        const east = (bx - blocks / 2) * BLOCK_M + x * Math.cos(angle) - y * Math.sin(angle);
        const north = (by - blocks / 2) * BLOCK_M + x * Math.sin(angle) + y * Math.cos(angle);
        return `[${(longitudeDeg + east / scale.east).toFixed(7)},${(latitudeDeg + north / scale.north).toFixed(7)}]`;
      }),
    );
    const use = BUILDING_USES[Math.floor(random() ** 2 * BUILDING_USES.length)]!;
    const properties = {
      id: `210100-${String(row + 1).padStart(7, "0")}`,
      height: Math.round(floors * 31) / 10,
      use,
    };
    const coordinates = rings.map((ring) => `[${[...ring, ring[0]].join(",")}]`).join(",");
    const line = `{"type":"Feature","properties":${JSON.stringify(properties)},"geometry":{"type":"Polygon","coordinates":[${coordinates}]}}`;
    if (!out.write(`${line}${row + 1 < count ? "," : ""}\n`)) await once(out, "drain");
  }
  out.end("]}\n");
  await once(out, "finish");
}

type Point = readonly [number, number];

function shapeOf(random: () => number, x: number, y: number): Point[][] {
  const [w, d] = [9 + random() * 15, 8 + random() * 12];
  const kind = random();
  const box = (a: number, b: number, c: number, e: number): Point[] => [
    [x + a, y + b],
    [x + c, y + b],
    [x + c, y + e],
    [x + a, y + e],
  ];
  if (kind < 0.69) return [box(0, 0, w, d)];
  if (kind > 0.99) return [box(0, 0, w, d), box(3, 3, w - 3, d - 3).reverse()];
  return [
    [
      [x, y],
      [x + w, y],
      [x + w, y + d / 2],
      [x + w / 2, y + d / 2],
      [x + w / 2, y + d],
      [x, y + d],
    ],
  ];
}
