import type { Command } from "../../commands/schemas.ts";
import type { Incident } from "../../domain/incident.ts";
import type { Warning } from "../../domain/risk.ts";
import type { AlertGroup } from "../../state/stores.ts";
import type { GlanceLine } from "../command/glance.ts";

/** One stop of the slow round: what is looked at, and from where. */
export interface WallView {
  /** Key of the line that it shows; null for the whole city. */
  readonly key: string | null;
  readonly command: Command;
}

interface Areas {
  readonly polygons: Warning["polygons"];
  readonly circles: Warning["circles"];
}

interface Known {
  readonly warnings: readonly Warning[];
  readonly groups: readonly AlertGroup[];
  readonly incidents: readonly Incident[];
}

const MOST = 4;
const FLIGHT_S = 6;
const CLOSEST = 1800;
const METRES_PER_DEG = 111_320;

/** The city from home, then the worst places, one after another. Lines without a place are passed over. */
export function wallViews(worst: readonly GlanceLine[], known: Known, isStill: boolean): readonly WallView[] {
  const durationS = isStill ? 0 : FLIGHT_S;
  const home: WallView = { key: null, command: { type: "fly-home", durationS } };
  const places = worst
    .flatMap((line): WallView[] => {
      const at = placeOf(line, known);
      if (!at) return [];
      const { longitudeDeg, latitudeDeg, range } = at;
      const command = { type: "fly-to", longitudeDeg, latitudeDeg, range, pitchDeg: -40, durationS } as const;
      return [{ key: line.id, command }];
    })
    .slice(0, MOST);
  return [home, ...places];
}

interface Place {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly range: number;
}

function placeOf({ target }: GlanceLine, { warnings, groups, incidents }: Known): Place | null {
  if (target.kind === "feed") return null;
  if (target.kind === "alert") {
    const alert = groups.find(({ rule }) => rule.id === target.ruleId)?.alerts[0];
    if (!alert || alert.longitudeDeg === null || alert.latitudeDeg === null) return null;
    return { longitudeDeg: alert.longitudeDeg, latitudeDeg: alert.latitudeDeg, range: CLOSEST };
  }
  const warning = warnings.find(({ id }) => id === target.id);
  const area = target.kind === "warning" ? warning : incidents.find(({ id }) => id === target.id)?.area;
  return area ? middleOf(area) : null;
}

function middleOf({ polygons, circles }: Areas): Place | null {
  const corners = [
    ...polygons.flat(),
    ...circles.flatMap(({ longitudeDeg: x, latitudeDeg: y, radius }) => {
      const reach = radius / METRES_PER_DEG;
      return [
        [x - reach, y - reach],
        [x + reach, y + reach],
      ] as const;
    }),
  ];
  if (corners.length === 0) return null;
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const across = Math.max(east - west, north - south) * METRES_PER_DEG;
  return {
    longitudeDeg: (west + east) / 2,
    latitudeDeg: (south + north) / 2,
    range: Math.max(CLOSEST, across * 1.4),
  };
}
