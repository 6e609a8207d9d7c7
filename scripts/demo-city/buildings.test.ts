import { beforeAll, describe, expect, it } from "vitest";
import { BUILDING_USES } from "../../src/domain/city.ts";
import { SAMPLE_SITE } from "../sample-site.ts";
import type { Part } from "./building.ts";
import { type CityBuildings, generateBuildings } from "./buildings.ts";
import { WATER } from "./mask.ts";
import type { Point } from "./plane.ts";
import { pointInRing, ringBox, rotate } from "./polygon.ts";
import { readPlan } from "./read-plan.ts";
import { buildSkeleton, type Skeleton } from "./skeleton.ts";

interface Generated {
  readonly skeleton: Skeleton;
  readonly city: CityBuildings;
}

const isOpenWater = ({ skeleton }: Generated, point: Point): boolean =>
  (skeleton.mask.at(point) & WATER) !== 0;

/** Landmarks that stand in or over the water on purpose. */
const OVER_WATER = ["星海湾大桥"];

describe.each(["shenyang", "dalian"] as const)("the whole of %s", (cityId) => {
  let generated: Generated;
  beforeAll(() => {
    const skeleton = buildSkeleton(readPlan(cityId));
    generated = { skeleton, city: generateBuildings(skeleton) };
  }, 180_000);

  it("has at least 150 000 or 100 000 buildings, of every use", () => {
    const { buildings } = generated.city;
    expect(buildings.length).toBeGreaterThan(cityId === "shenyang" ? 150_000 : 100_000);
    expect(new Set(buildings.map(({ use }) => use)).size).toBe(BUILDING_USES.length);
  });

  it("stands on land", () => {
    const wet = generated.city.buildings.filter(
      ({ centre, name }) => !OVER_WATER.includes(name) && isOpenWater(generated, centre),
    );
    expect(wet.map(({ name, centre }) => `${name} ${centre}`)).toEqual([]);
  });

  it("keeps its generated buildings off roads, rails and reserved ground", () => {
    const onBits = generated.city.buildings.filter(
      ({ name, ring }) => name === "" && ring.some((point) => generated.skeleton.mask.at(point) !== 0),
    );
    expect(onBits.length).toBe(0);
  });

  it("has no two buildings in one place", () => {
    const keys = generated.city.buildings.map(({ centre: [x, y] }) => `${x.toFixed(1)},${y.toFixed(1)}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("has no corner of a generated building inside another", () => {
    const cell = 80;
    const cells = new Map<string, number[]>();
    const { buildings } = generated.city;
    buildings.forEach(({ ring }, row) => {
      const box = ringBox(ring);
      for (let x = Math.floor(box.minX / cell); x <= Math.floor(box.maxX / cell); x++)
        for (let y = Math.floor(box.minY / cell); y <= Math.floor(box.maxY / cell); y++)
          cells.set(`${x},${y}`, [...(cells.get(`${x},${y}`) ?? []), row]);
    });
    let overlaps = 0;
    buildings.forEach(({ ring, name }, row) => {
      if (name !== "" || row % 7 !== 0) return;
      for (const point of ring) {
        const near = cells.get(`${Math.floor(point[0] / cell)},${Math.floor(point[1] / cell)}`) ?? [];
        const hit = near.some(
          (other) =>
            other !== row && buildings[other]!.name === "" && pointInRing(point, buildings[other]!.ring),
        );
        if (hit) overlaps++;
      }
    });
    expect(overlaps).toBe(0);
  });

  it("gives every building an address, a district, plausible floors and people", () => {
    const odd = generated.city.buildings.filter(
      ({ address, district, floors, height, year, residentsNight, area }) =>
        address.length < 6 ||
        generated.city.districts[district] === undefined ||
        floors < 1 ||
        height < 2 ||
        year < 1600 ||
        year > 2023 ||
        residentsNight > 9000 ||
        area < 9,
    );
    expect(odd.map(({ address }) => address)).toEqual([]);
  });

  it("puts its landmarks first, as tall as the plan says", () => {
    const { landmarks } = generated.skeleton.plan;
    expect(landmarks.length).toBeGreaterThanOrEqual(30);
    landmarks.forEach(({ name, height, at, massing }, row) => {
      const building = generated.city.buildings[row]!;
      expect(building.name).toBe(name);
      const top = Math.max(...building.parts.map(topOf));
      expect(top, name).toBeGreaterThan(height * 0.9);
      expect(top, name).toBeLessThan(height + 8);
      const place = generated.skeleton.plane.toPlane(at);
      const off = Math.hypot(building.centre[0] - place[0], building.centre[1] - place[1]);
      if (massing.type !== "bridge") expect(off, name).toBeLessThan(120);
    });
  });
});

function topOf(part: Part): number {
  if (part.kind === "lathe") return Math.max(...part.profile.map(([, z]) => z));
  return part.kind === "beam" ? Math.max(part.zFrom, part.zTo) : part.z1;
}

describe("Shenyang", () => {
  const skeleton = buildSkeleton(readPlan("shenyang"));
  const around = (lon: number, lat: number, reach: number) => {
    const [x, y] = skeleton.plane.toPlane([lon, lat]);
    return { minX: x - reach, minY: y - reach, maxX: x + reach, maxY: y + reach };
  };

  it("keeps the plot of the sample building free", () => {
    const site = SAMPLE_SITE;
    const [cx, cy] = skeleton.plane.toPlane([site.longitudeDeg, site.latitudeDeg]);
    const { buildings } = generateBuildings(skeleton, around(site.longitudeDeg, site.latitudeDeg, 400));
    const inside = buildings.filter(({ ring }) =>
      ring.some(([x, y]) => {
        const [east, north] = rotate([x - cx, y - cy], (site.rotationDeg * Math.PI) / 180);
        return Math.abs(east) < site.halfEast && Math.abs(north) < site.halfNorth;
      }),
    );
    expect(buildings.length).toBeGreaterThan(60);
    expect(inside.map(({ address, name }) => name + address)).toEqual([]);
  });

  it("is taller along Qingnian Street than in the old town or outside", () => {
    const tallest = (lon: number, lat: number): number => {
      const heights = generateBuildings(skeleton, around(lon, lat, 450))
        .buildings.filter(({ name }) => name === "")
        .map(({ height }) => height)
        .sort((a, b) => b - a);
      return heights[Math.min(4, heights.length - 1)] ?? 0;
    };
    const axis = tallest(123.4288, 41.766);
    expect(axis).toBeGreaterThan(100);
    expect(axis).toBeGreaterThan(1.3 * tallest(123.452, 41.7925));
    expect(axis).toBeGreaterThan(1.3 * tallest(123.3, 41.7));
  });

  it("has the Hun river 250 to 420 m wide at Qingnian Bridge", () => {
    const [x] = skeleton.plane.toPlane([123.4285, 41.7457]);
    let width = 0;
    for (let y = -8000; y < -4000; y += 2) {
      const ring = skeleton.water[0]!.ring;
      if (pointInRing([x, y], ring)) width += 2;
    }
    expect(width).toBeGreaterThan(250);
    expect(width).toBeLessThan(420);
  });
});
