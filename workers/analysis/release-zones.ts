import type { Zone } from "../../src/domain/response.ts";
import { SUBSTANCES } from "../../src/domain/substance.ts";
import { createLocalPlane } from "../../src/geo/local-plane.ts";
import type { LonLatPlace, ReleaseAnswer, ReleaseRequest } from "./contract.ts";
import { FARTHEST_M, type PlumeSource, plumeOutline, reachOf } from "./plume.ts";

/** Nobody goes nearer than this, however little leaks; metres. Demonstration figure from memory of first-response guides. */
const LEAST_ISOLATION_M = 100;
const MOST_ISOLATION_M = 1000;
/** The wind wanders: the protective zone is wider than the steady plume by this to each side, degrees. */
const WANDER_DEG = 15;
const CIRCLE_SIDES = 48;

/** Isolation round the source, and the zone downwind in which people must be protected. SIMULATED; see the provenance for its limits. */
export function releaseZones(request: ReleaseRequest): ReleaseAnswer {
  const substance = SUBSTANCES.find(({ id }) => id === request.substance)!;
  const source: PlumeSource = { ...request, rate: request.rate * 1e6, height: 0 };
  const lethalReach = reachOf(source, substance.lethalMgM3);
  const injuringReach = reachOf(source, substance.injuringMgM3);
  const isolation = Math.min(MOST_ISOLATION_M, Math.max(LEAST_ISOLATION_M, lethalReach / 2));
  const provenance = {
    kind: "SIMULATED" as const,
    source: {
      zh: `高斯烟羽（Briggs ${request.terrain === "urban" ? "城市" : "乡村"}参数，稳定度 ${request.stability}，地面连续源）；${substance.name.zh} ${request.rate} kg/s，风 ${request.wind} m/s 来自 ${Math.round(request.windFromDeg)}°。未考虑重气、地形、建筑与变风，不是预报`,
      en: `Gaussian plume (Briggs ${request.terrain}, stability ${request.stability}, steady ground source); ${substance.name.en} ${request.rate} kg/s, wind ${request.wind} m/s from ${Math.round(request.windFromDeg)}°. No dense gas, terrain, buildings or changing wind; not a forecast`,
    },
  };
  const zone = (kind: Zone["kind"], zh: string, en: string, ring: Zone["ring"]): Zone => ({
    id: `release-${request.incidentId ?? "place"}-${kind}`,
    kind,
    title: { zh: `${substance.name.zh}泄漏${zh}`, en: `${substance.name.en} release: ${en}` },
    ring,
    incidentId: request.incidentId,
    origin: "release",
    provenance,
  });
  const downwind = protectiveRing(request, plumeOutline(source, substance.injuringMgM3), isolation);
  return {
    zones: [
      zone("isolation", "初始隔离区", "isolation", circleRing(request, isolation)),
      ...(downwind.length > 0
        ? [zone("protective", "下风向防护区", "protective action downwind", downwind)]
        : []),
    ],
    lethalReach,
    injuringReach,
    isCut: injuringReach >= FARTHEST_M * 0.999,
  };
}

function circleRing(at: LonLatPlace, radius: number): [number, number][] {
  const plane = createLocalPlane(at.longitudeDeg, at.latitudeDeg);
  return Array.from({ length: CIRCLE_SIDES }, (_, i) => {
    const angle = (2 * Math.PI * i) / CIRCLE_SIDES;
    return plane.toDegrees(radius * Math.cos(angle), radius * Math.sin(angle));
  });
}

/** The plume turned from side to side by the wind's wandering: at each distance as wide as the wedge or as the plume, whichever is wider. */
function protectiveRing(
  { longitudeDeg, latitudeDeg, windFromDeg }: ReleaseRequest,
  outline: readonly (readonly [number, number])[],
  isolation: number,
): [number, number][] {
  if (outline.length === 0) return [];
  const plane = createLocalPlane(longitudeDeg, latitudeDeg);
  const toward = ((windFromDeg + 180) * Math.PI) / 180;
  const half = outline.slice(1, Math.floor(outline.length / 2) + 1).map(([x, y]): [number, number] => {
    const wander = x * Math.tan((WANDER_DEG * Math.PI) / 180);
    return [x, Math.max(Math.abs(y), wander)];
  });
  const neck = Math.min(isolation, half.at(-1)?.[0] ?? isolation) * Math.tan((WANDER_DEG * Math.PI) / 180);
  const left: [number, number][] = [[0, neck], ...half];
  const all = [...left, ...left.map(([x, y]): [number, number] => [x, -y]).reverse()];
  return all.map(([x, y]) =>
    plane.toDegrees(x * Math.sin(toward) - y * Math.cos(toward), x * Math.cos(toward) + y * Math.sin(toward)),
  );
}
