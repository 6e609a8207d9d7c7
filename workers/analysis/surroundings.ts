import { PIPE_KINDS, type PipeNetwork } from "../../src/domain/pipe-network.ts";
import type { Facility } from "../../src/domain/response.ts";
import type { AffectedFacility, AffectedPipes } from "../../src/domain/scenario.ts";
import { areaTester, distanceM, middleOf } from "./area-search.ts";
import type { AnalysisArea } from "./contract.ts";

/** Mains are measured in steps of this many metres. */
const STEP = 10;

/** Facilities inside the area, nearest to its middle first. */
export function facilitiesInside(
  facilities: readonly Facility[],
  area: AnalysisArea,
): readonly AffectedFacility[] {
  const middle = middleOf(area);
  if (middle === null) return [];
  const contains = areaTester(area);
  return facilities
    .filter(({ longitudeDeg, latitudeDeg }) => contains(longitudeDeg, latitudeDeg))
    .map((facility) => ({
      ...facility,
      distance: Math.round(
        distanceM(facility.longitudeDeg, facility.latitudeDeg, middle.longitudeDeg, middle.latitudeDeg),
      ),
    }))
    .sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1));
}

/** Metres of main inside the area by kind, to within a step at each border that a pipe crosses; kinds without any are left out. */
export function pipesInside({ pipes }: PipeNetwork, area: AnalysisArea): readonly AffectedPipes[] {
  const contains = areaTester(area);
  const sums = new Map(PIPE_KINDS.map((kind) => [kind, { length: 0, count: 0, largestMm: 0 }]));
  for (const { kind, path, diameterMm } of pipes) {
    const length = lengthInside(path, contains);
    if (length === 0) continue;
    const sum = sums.get(kind)!;
    sum.length += length;
    sum.count++;
    sum.largestMm = Math.max(sum.largestMm, diameterMm);
  }
  return PIPE_KINDS.flatMap((kind) => {
    const { length, count, largestMm } = sums.get(kind)!;
    return count === 0 ? [] : [{ kind, length: Math.round(length), count, largestMm }];
  });
}

function lengthInside(
  path: readonly (readonly [number, number])[],
  contains: (lon: number, lat: number) => boolean,
): number {
  let inside = 0;
  for (let i = 1; i < path.length; i++) {
    const [lonA, latA] = path[i - 1]!;
    const [lonB, latB] = path[i]!;
    const length = distanceM(lonA, latA, lonB, latB);
    const steps = Math.max(1, Math.ceil(length / STEP));
    for (let step = 0; step < steps; step++) {
      const share = (step + 0.5) / steps;
      if (contains(lonA + (lonB - lonA) * share, latA + (latB - latA) * share)) inside += length / steps;
    }
  }
  return inside;
}
