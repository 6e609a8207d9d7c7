import {
  Cartesian3,
  Color,
  type ConstantPositionProperty,
  CustomDataSource,
  DataSourceCollection,
  DataSourceDisplay,
  JulianDate,
} from "cesium";
import { LocalFrame } from "../../../src/city/local-frame.ts";
import { PointCloud } from "../../../src/city/point-cloud.ts";
import { SensorInk } from "../../../src/city/sensor-ink.ts";
import { createSensorOverlay } from "../../../src/city/sensor-overlay.ts";
import type { Quality } from "../../../src/city/stage.ts";
import type { FeedConfig, SensorKind } from "../../../src/domain/scenario.ts";
import { SensorDesk } from "../../../src/wiring/sensor-desk.ts";
import {
  closeStage,
  type FrameCost,
  measureFrames,
  mustBeSeen,
  openStage,
  pause,
  watchLongTasks,
} from "./frames.ts";
import { glideIsDrawn } from "./glide-check.ts";
import { type DayParts, SimulatedDay } from "./simulated-day.ts";
import { LiveStream } from "./stream.ts";
import { timeline } from "./timeline.ts";

const TENTH = 10;
const SLICE_MS = 12;
const CALM = new SensorInk().lookOf(0, false, false);

function places(count: number): Float64Array {
  const positions = new Float64Array(3 * count);
  for (let row = 0; row < count; row++) {
    positions[3 * row] = 123.1 + ((row * 7919) % count) / count / 1.4;
    positions[3 * row + 1] = 41.5 + ((row * 104_729) % count) / count / 2;
    positions[3 * row + 2] = 20;
  }
  return positions;
}

/** The rows that change in a frame, and where they go: a few metres on. */
function movesOf(positions: Float64Array, count: number, frame: number) {
  const rows = new Uint32Array(Math.ceil((count - (frame % TENTH)) / TENTH));
  const moved = new Float64Array(3 * rows.length);
  for (let k = 0; k < rows.length; k++) {
    const row = k * TENTH + (frame % TENTH);
    rows[k] = row;
    positions[3 * row] = positions[3 * row]! + 1e-5;
    for (let axis = 0; axis < 3; axis++) moved[3 * k + axis] = positions[3 * row + axis]!;
  }
  return {
    rows,
    positions: moved,
    headingsDeg: new Float32Array(rows.length),
    timesMs: new Float64Array(rows.length),
  };
}

type SensorKinds = Readonly<Record<string, SensorKind>>;

interface Result extends FrameCost {
  readonly setupMs: number;
}

/** Nothing but the scene: what every frame costs anyway. */
function emptyScene(): FrameCost {
  const stage = openStage();
  const cost = measureFrames(stage, 60, () => {});
  closeStage(stage);
  return cost;
}

/** The table of sensors as feeds fill it. */
function deskOf(positions: Float64Array): SensorDesk {
  const desk = new SensorDesk();
  const sensors = Array.from({ length: positions.length / 3 }, (_, row) => ({
    id: `R${row}`,
    datastreamId: row,
    name: { zh: "", en: "" },
    kind: "vehicle",
    unit: "km/h",
    longitudeDeg: positions[3 * row]!,
    latitudeDeg: positions[3 * row + 1]!,
    height: positions[3 * row + 2]!,
  }));
  desk.setSensors("bench", sensors);
  return desk;
}

/**
 * The product's sensors: a tenth of them somewhere else in each frame, from reported degrees to the buffer. On a stage of full quality
 * they glide there, as on a graphics processor; on a light one they jump.
 */
function moving(count: number, quality: Quality = "light"): Result {
  const stage = openStage(quality);
  const overlay = createSensorOverlay();
  const positions = places(count);
  const desk = deskOf(positions);
  const start = performance.now();
  overlay.attach(stage);
  overlay.set(positions, new Uint8Array(count));
  overlay.update({
    rows: Uint32Array.from({ length: count }, (_, row) => row),
    values: new Float32Array(count),
    timesMs: new Float64Array(count),
    levels: new Uint8Array(count),
  });
  const setupMs = performance.now() - start;
  const batches = Array.from({ length: TENTH }, (_, frame) => movesOf(positions, count, frame));
  const cost = measureFrames(stage, 90, (frame) => {
    overlay.move(desk.move("bench", batches[frame % TENTH]!)!);
    overlay.step(performance.now());
    overlay.follow(performance.now(), false);
  });
  mustBeSeen(stage, "the sensors");
  closeStage(stage);
  return { ...cost, setupMs };
}

const gliding = (count: number): Result => moving(count, "full");

/** The product's sensors: a tenth of them with another level in each frame, one in a hundred warned. */
function relevelling(count: number): Result {
  const stage = openStage();
  const overlay = createSensorOverlay();
  const start = performance.now();
  overlay.attach(stage);
  overlay.set(places(count), new Uint8Array(count));
  const setupMs = performance.now() - start;
  const updateOf = (frame: number) => {
    const rows = Uint32Array.from({ length: count / TENTH }, (_, k) => k * TENTH + (frame % TENTH));
    const isOdd = Math.floor(frame / TENTH) % 2 === 1;
    return {
      rows,
      values: new Float32Array(rows.length),
      timesMs: new Float64Array(rows.length),
      levels: Uint8Array.from(rows, (row) =>
        row % 100 < TENTH && isOdd && row % 1000 < TENTH ? 3 : isOdd ? 255 : 0,
      ),
    };
  };
  const updates = Array.from({ length: 2 * TENTH }, (_, frame) => updateOf(frame));
  const cost = measureFrames(stage, 60, (frame) => {
    overlay.update(updates[frame % (2 * TENTH)]!);
    overlay.step(performance.now());
    overlay.follow(performance.now(), false);
  });
  closeStage(stage);
  return { ...cost, setupMs };
}

/** Cesium's Entities with points, a tenth of them somewhere else in each frame; not before they are all in the scene. */
async function entities(count: number): Promise<Result> {
  const stage = openStage();
  const positions = places(count);
  const start = performance.now();
  const source = new CustomDataSource("bench");
  source.entities.suspendEvents();
  const all = Array.from({ length: count }, (_, row) =>
    source.entities.add({
      position: Cartesian3.fromDegrees(positions[3 * row]!, positions[3 * row + 1]!, 20),
      point: { pixelSize: 6, color: Color.WHITE, outlineColor: Color.BLACK, outlineWidth: 1 },
    }),
  );
  source.entities.resumeEvents();
  const dataSourceCollection = new DataSourceCollection();
  const display = new DataSourceDisplay({ scene: stage.scene, dataSourceCollection });
  await dataSourceCollection.add(source);
  const time = JulianDate.fromIso8601("2026-10-15T08:00:00Z");
  // a display does nothing until it has loaded a table of terrain heights
  for (let turn = 0; !display.update(time); turn++) {
    if (turn > 200) throw new Error("the entities are not ready after ten seconds");
    await pause(50);
  }
  const setupMs = performance.now() - start;
  const batches = Array.from({ length: TENTH }, (_, frame) => movesOf(positions, count, frame));
  const cost = measureFrames(stage, 40, (frame) => {
    const batch = batches[frame % TENTH]!;
    for (let k = 0; k < batch.rows.length; k++) {
      const at = 3 * k;
      const place = Cartesian3.fromDegrees(batch.positions[at]!, batch.positions[at + 1]!, 20);
      (all[batch.rows[k]!]!.position as ConstantPositionProperty).setValue(place);
    }
    display.update(time);
  });
  mustBeSeen(stage, "the entities");
  display.destroy();
  closeStage(stage);
  return { ...cost, setupMs };
}

/** Points that stand still, placed in slices that each leave the main thread free again; long tasks until they are seen. */
async function standing(count: number): Promise<Result & { longTasks: readonly number[]; bytes: number }> {
  const stage = openStage();
  measureFrames(stage, 1, () => {});
  const positions = places(count);
  await pause(200);
  const tasks = watchLongTasks();
  const start = performance.now();
  const frame = new LocalFrame(123.46, 41.75);
  const looks = new SensorInk().looks();
  const cloud = new PointCloud({ count, frame, radius: 80_000, looks, mark: null });
  const offset = new Float64Array(3);
  for (let row = 0; row < count; ) {
    const sliceStart = performance.now();
    while (row < count && performance.now() - sliceStart < SLICE_MS)
      for (const to = Math.min(count, row + 1000); row < to; row++) {
        frame.write(positions[3 * row]!, positions[3 * row + 1]!, 20, offset, 0);
        cloud.move(row, offset, 0);
        cloud.dress(row, CALM);
      }
    await pause();
  }
  stage.scene.primitives.add(cloud);
  for (let turn = 0; turn === 0 || cloud.isDue; turn++) {
    stage.widget.render();
    await pause();
  }
  const setupMs = performance.now() - start;
  await pause(200);
  const longTasks = tasks.end();
  mustBeSeen(stage, "the standing points");
  const cost = measureFrames(stage, 12, () => {});
  const bytes = cloud.byteLength;
  closeStage(stage);
  return { ...cost, setupMs, longTasks, bytes };
}

let live: LiveStream | null = null;
const openStream = (config: FeedConfig, kinds: SensorKinds, sensors: number) => {
  live = new LiveStream();
  return live.open(config, kinds, sensors);
};
const measureStream = (startMs: number, seconds: number) => live!.measure(startMs, seconds);
const totalsOfStream = () => live!.totals;
const closeStream = () => live!.close();

let day: SimulatedDay | null = null;
const beginDay = (parts: DayParts): void => {
  day = new SimulatedDay(parts);
};
const runDay = (hours: number) => day!.run(hours);

const bench = {
  emptyScene,
  moving,
  gliding,
  glideIsDrawn,
  relevelling,
  entities,
  standing,
  openStream,
  measureStream,
  totalsOfStream,
  closeStream,
  timeline,
  beginDay,
  runDay,
};
/** The page as the bench sees it. */
export interface BenchWindow {
  readonly bench: typeof bench;
}
Object.assign(window, { bench });
