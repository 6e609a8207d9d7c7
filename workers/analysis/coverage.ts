import type { BuildingIndex } from "../../src/domain/building-index.ts";
import type { Coverage, CoverageGap } from "../../src/domain/coverage.ts";
import { createLocalPlane } from "../../src/geo/local-plane.ts";
import type { CoverageRequest, LonLatPlace } from "./contract.ts";
import type { RoadNetwork } from "./road-network.ts";

const CELL_M = 1000;
/** Squares with fewer people by day or by night are countryside. */
const LEAST_PEOPLE = 200;
/** A sensor speaks for its square and what lies this near, metres. */
const SENSOR_REACH_M = 1000;
/** Minutes in which somebody must be able to be there. */
const UNIT_REACH_S = 600;

interface Cell {
  people: number;
  district: number;
  most: number;
  longitudeDeg: number;
  latitudeDeg: number;
}

/** Squares of a city with people in them, and those that no live sensor or no unit covers, gathered by district. */
export function coverageOf(
  index: BuildingIndex,
  { kind, sensors, units }: CoverageRequest,
  roads: RoadNetwork | null,
): Coverage {
  const cells = cellsOf(index).filter(({ people }) => people >= LEAST_PEOPLE);
  const seen = nearTester(sensors);
  const seconds = roads && units.length > 0 ? roads.secondsFrom(units) : null;
  const isReached = (cell: Cell): boolean =>
    seconds !== null && roads !== null && roads.secondsAt(cell, seconds) <= UNIT_REACH_S;
  return {
    kind,
    cells: cells.length,
    blind: gapsOf(
      index,
      cells.filter((cell) => !seen(cell)),
    ),
    unreached:
      roads === null
        ? []
        : gapsOf(
            index,
            cells.filter((cell) => !isReached(cell)),
          ),
  };
}

function cellsOf(index: BuildingIndex): Cell[] {
  const plane = createLocalPlane(index.longitudeDeg[0] ?? 0, index.latitudeDeg[0] ?? 0);
  const cells = new Map<string, Cell>();
  for (let row = 0; row < index.count; row++) {
    const [longitudeDeg, latitudeDeg] = [index.longitudeDeg[row]!, index.latitudeDeg[row]!];
    const key = `${Math.floor(plane.east(longitudeDeg) / CELL_M)},${Math.floor(plane.north(latitudeDeg) / CELL_M)}`;
    const people = Math.max(index.residentsDay[row]!, index.residentsNight[row]!);
    const cell = cells.get(key) ?? { people: 0, district: 0, most: -1, longitudeDeg, latitudeDeg };
    cells.set(key, cell);
    cell.people += people;
    if (people <= cell.most) continue;
    Object.assign(cell, { most: people, district: index.district[row]!, longitudeDeg, latitudeDeg });
  }
  return [...cells.values()];
}

function nearTester(sensors: Float64Array): (place: LonLatPlace) => boolean {
  const plane = createLocalPlane(sensors[0] ?? 0, sensors[1] ?? 0);
  const squares = new Map<string, [number, number][]>();
  for (let i = 0; i + 1 < sensors.length; i += 2) {
    const [x, y] = [plane.east(sensors[i]!), plane.north(sensors[i + 1]!)];
    const key = `${Math.floor(x / SENSOR_REACH_M)},${Math.floor(y / SENSOR_REACH_M)}`;
    squares.set(key, [...(squares.get(key) ?? []), [x, y]]);
  }
  return ({ longitudeDeg, latitudeDeg }) => {
    const [x, y] = [plane.east(longitudeDeg), plane.north(latitudeDeg)];
    const [column, row] = [Math.floor(x / SENSOR_REACH_M), Math.floor(y / SENSOR_REACH_M)];
    for (let r = row - 1; r <= row + 1; r++)
      for (let c = column - 1; c <= column + 1; c++)
        for (const [sx, sy] of squares.get(`${c},${r}`) ?? [])
          if (Math.hypot(sx - x, sy - y) <= SENSOR_REACH_M) return true;
    return false;
  };
}

function gapsOf(index: BuildingIndex, cells: readonly Cell[]): readonly CoverageGap[] {
  const gaps = new Map<number, Cell[]>();
  for (const cell of cells) gaps.set(cell.district, [...(gaps.get(cell.district) ?? []), cell]);
  return [...gaps]
    .map(([district, inside]) => {
      const fullest = inside.reduce((best, one) => (one.people > best.people ? one : best));
      return {
        district: index.districts[district]!,
        cells: inside.length,
        people: inside.reduce((sum, { people }) => sum + people, 0),
        longitudeDeg: fullest.longitudeDeg,
        latitudeDeg: fullest.latitudeDeg,
      };
    })
    .sort((a, b) => b.people - a.people);
}
