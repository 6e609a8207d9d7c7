import { NO_DATA_LEVEL } from "../domain/risk.ts";
import type { CoverageRequest } from "../jobs/analysis-client.ts";
import type { AnalysisDesk } from "./analysis-desk.ts";
import type { WireParts } from "./parts.ts";
import type { SensorDesk } from "./sensor-desk.ts";

const EVERY_MS = 30_000;
/** After a scenario was opened its sensors come in within this time. */
const FIRST_MS = 10_000;
/** A sensor that was silent for this long watches nothing. */
const LIVE_MS = 5 * 60_000;

/** Absence of coverage in the store, for the sensor kind that is shown (any when all are), while a scenario is open. */
export function wireCoverage(
  { stores, scope, onError }: Pick<WireParts, "stores" | "scope" | "onError">,
  { desk }: { readonly desk: Pick<SensorDesk, "sensors" | "timesMs" | "levels"> },
  analysis: Pick<AnalysisDesk, "coverage">,
  nowMs: () => number = Date.now,
): void {
  let turn = 0;
  const look = async () => {
    const mine = ++turn;
    if (stores.scenario.get().active === null) return stores.response.set({ coverage: null });
    if (stores.timeline.get().mode !== "live" || stores.response.get().units.length === 0) return;
    const { kind } = stores.display.get().sensors;
    const coverage = await analysis.coverage({
      kind,
      sensors: livePlaces(desk, kind, nowMs()),
      units: stores.response
        .get()
        .units.map(({ longitudeDeg, latitudeDeg }) => ({ longitudeDeg, latitudeDeg })),
    });
    if (mine === turn && stores.scenario.get().active !== null) stores.response.set({ coverage });
  };
  const lookNow = () => void look().catch(onError);
  const timer = setInterval(lookNow, EVERY_MS);
  let first: ReturnType<typeof setTimeout> | undefined;
  scope.add(() => {
    clearInterval(timer);
    clearTimeout(first);
  });
  scope.add(
    stores.scenario.watch(
      ({ active }) => active?.id,
      () => {
        stores.response.set({ coverage: null });
        clearTimeout(first);
        first = setTimeout(lookNow, FIRST_MS);
      },
    ),
  );
  scope.add(stores.display.watch(({ sensors }) => sensors.kind, lookNow));
}

function livePlaces(
  { sensors, timesMs, levels }: Pick<SensorDesk, "sensors" | "timesMs" | "levels">,
  kind: string | null,
  nowMs: number,
): CoverageRequest["sensors"] {
  return Float64Array.from(
    sensors.flatMap((sensor, row) =>
      (kind === null || sensor.kind === kind) &&
      levels[row] !== NO_DATA_LEVEL &&
      nowMs - timesMs[row]! <= LIVE_MS
        ? [sensor.longitudeDeg, sensor.latitudeDeg]
        : [],
    ),
  );
}
