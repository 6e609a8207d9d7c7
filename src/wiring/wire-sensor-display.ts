import { heatScaleOf } from "../domain/heat-scale.ts";
import type { SensorDisplay } from "../domain/sensor-display.ts";
import { sensorSpacing } from "../domain/sensor-spacing.ts";
import type { WireParts } from "./parts.ts";
import type { RiskWire } from "./wire-risk.ts";

/** Staleness of single sensors is looked at this often. */
const STALE_EVERY_MS = 5000;
/** For feeds that name no threshold of their own. */
const STALE_AFTER_S = 120;

/** How sensors are drawn follows the store; which of them are stale follows the clock. */
export function wireSensorDisplay(parts: WireParts, { desk, onSensors }: RiskWire): void {
  const { stores, view, scope } = parts;
  let stale: Uint8Array = new Uint8Array(0);

  const apply = () => {
    const { mode, kind: wanted } = stores.display.get().sensors;
    const kinds = stores.scenario.get().active?.sensorKinds ?? {};
    const names = Object.keys(kinds);
    // a mean of directions along a line between two places means nothing
    const mapped = mode === "heat" ? names.filter((name) => !kinds[name]?.circular) : names;
    const kind = kindOf({ mode, kind: wanted }, mapped);
    const rule = kind === null ? undefined : kinds[kind];
    let scale = null;
    if (mode === "heat" && kind !== null && rule) {
      const rows = desk.sensors.flatMap((sensor, row) => (sensor.kind === kind ? [row] : []));
      const values = Float32Array.from(rows, (row) => desk.values[row] ?? Number.NaN);
      scale = heatScaleOf(kind, rule, values, sensorSpacing(desk.positions(), rows));
    }
    stores.display.set({ heatScale: scale });
    const code = kind === null ? null : names.indexOf(kind);
    view.setSensorDisplay({ mode, kind: code, scale, measure: "count" });
  };
  const lookForStale = () => {
    const next = staleRows(parts, desk, stores.timeline.get().atMs ?? Date.now());
    if (next.length === stale.length && next.every((flag, row) => flag === stale[row])) return;
    stale = next;
    view.setStaleSensors(next);
  };

  scope.add(stores.display.watch((s) => s.sensors, apply));
  scope.add(stores.scenario.watch((s) => s.active, apply));
  onSensors(() => {
    stale = new Uint8Array(0);
    apply();
    lookForStale();
  });
  const timer = setInterval(lookForStale, STALE_EVERY_MS);
  scope.add(() => clearInterval(timer));
}

/** A heat map is always of one kind: the first when none was chosen. A kind of another scenario counts as none. */
function kindOf({ mode, kind }: SensorDisplay, names: readonly string[]): string | null {
  const known = kind !== null && names.includes(kind) ? kind : null;
  return mode === "heat" ? (known ?? names[0] ?? null) : known;
}

/** 1 where the newest observation is older than the feed allows; sensors that never spoke have no data, and recorded ones are old by nature. */
function staleRows({ stores }: WireParts, desk: RiskWire["desk"], nowMs: number): Uint8Array {
  const limits = new Map(
    stores.feeds
      .get()
      .feeds.filter((feed) => feed.provenance.kind !== "RECORDED")
      .map((feed) => [feed.id, feed.staleAfterS ?? STALE_AFTER_S]),
  );
  const flags = new Uint8Array(desk.sensors.length);
  for (const { feedId, offset, count } of desk.shelves()) {
    const before = nowMs - (limits.get(feedId) ?? Number.POSITIVE_INFINITY) * 1000;
    for (let row = offset; row < offset + count; row++) {
      const timeMs = desk.timesMs[row] ?? 0;
      flags[row] = timeMs > 0 && timeMs < before ? 1 : 0;
    }
  }
  return flags;
}
