import {
  Cartesian3,
  Color,
  type ConstantPositionProperty,
  CustomDataSource,
  DataSourceCollection,
  DataSourceDisplay,
  JulianDate,
} from "cesium";
import { PointCloud } from "../../../src/city/point-cloud.ts";
import { SensorField } from "../../../src/city/sensor-field.ts";
import { SensorInk } from "../../../src/city/sensor-ink.ts";
import { createSensorOverlay } from "../../../src/city/sensor-overlay.ts";
import { createFeedClient } from "../../../src/jobs/feed-client.ts";
import { proxyCallback } from "../../../src/jobs/worker-client.ts";
import { closeStage, type FrameCost, measureFrames, openStage } from "./frames.ts";

const TENTH = 10;

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

/** The product's sensors: a tenth of them somewhere else in each frame, from reported degrees to the buffer. */
function moving(count: number): Result {
  const stage = openStage();
  const overlay = createSensorOverlay();
  const positions = places(count);
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
    overlay.move(batches[frame % TENTH]!);
    overlay.step(performance.now());
    overlay.follow(performance.now(), false);
  });
  closeStage(stage);
  return { ...cost, setupMs };
}

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

/** Cesium's Entities with points, a tenth of them somewhere else in each frame. */
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
  display.update(JulianDate.fromIso8601("2026-10-15T08:00:00Z"));
  if (display.defaultDataSource === undefined || source.entities.values.length !== count)
    throw new Error("the entities are not in the scene");
  const setupMs = performance.now() - start;
  const time = JulianDate.fromIso8601("2026-10-15T08:00:00Z");
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
  display.destroy();
  closeStage(stage);
  return { ...cost, setupMs };
}

/** Points that stand still, added in slices that each leave the main thread free again. */
async function standing(count: number): Promise<Result & { longestSliceMs: number; bytes: number }> {
  const stage = openStage();
  const start = performance.now();
  const field = new SensorField();
  field.set(places(count), new Uint8Array(count));
  const cloud = new PointCloud({ count, frame: field.frame, radius: field.radius, allowPicking: false });
  const ink = new SensorInk().pointMaterial(0, false, false);
  let longestSliceMs = 0;
  for (let from = 0; from < count; ) {
    const sliceStart = performance.now();
    while (from < count && performance.now() - sliceStart < 12)
      for (const to = Math.min(count, from + 1000); from < to; from++)
        cloud.add(field.offsets, 3 * from, ink);
    longestSliceMs = Math.max(longestSliceMs, performance.now() - sliceStart);
    await new Promise((resolve) => setTimeout(resolve));
  }
  stage.scene.primitives.add(cloud.collection);
  measureFrames(stage, 1, () => {});
  const setupMs = performance.now() - start;
  const cost = measureFrames(stage, 40, () => {});
  const bytes = cloud.collection.byteLength;
  closeStage(stage);
  return { ...cost, setupMs, longestSliceMs, bytes };
}

interface StreamResult {
  readonly received: number;
  readonly longTasks: readonly number[];
  readonly batches: number;
}

/** Takes a feed through the product's worker for `seconds`, draws what changes, and notes long tasks of the main thread. */
async function stream(config: unknown, kinds: unknown, seconds: number): Promise<StreamResult> {
  const stage = openStage();
  const overlay = createSensorOverlay();
  overlay.attach(stage);
  const client = createFeedClient();
  const longTasks: number[] = [];
  const counts = { received: 0, batches: 0, first: -1 };
  const onBatch = (batch: Parameters<Parameters<typeof proxyCallback>[0]>[0]): void => {
    const { sensors, update, status } = batch as never as {
      sensors?: readonly { longitudeDeg: number; latitudeDeg: number; height: number }[];
      update?: Parameters<typeof overlay.update>[0];
      status: { received: number };
    };
    if (sensors) {
      const positions = Float64Array.from(
        sensors.flatMap((sensor) => [sensor.longitudeDeg, sensor.latitudeDeg, sensor.height]),
      );
      overlay.set(positions, new Uint8Array(sensors.length));
    }
    if (update) {
      overlay.update(update);
      overlay.follow(performance.now(), false);
      stage.widget.render();
    }
    counts.received = status.received;
    counts.batches += 1;
  };
  await client.call((remote) =>
    remote.connect(config as never, kinds as never, "bench", null, proxyCallback(onBatch) as never),
  );
  while (overlay.count === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longTasks.push(Math.round(entry.duration));
  });
  observer.observe({ type: "longtask" });
  const before = counts.received;
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  observer.disconnect();
  client.terminate();
  const received = counts.received - before;
  closeStage(stage);
  return { received, longTasks, batches: counts.batches };
}

const bench = { emptyScene, moving, relevelling, entities, standing, stream };
export type LiveBench = typeof bench;
Object.assign(window, { bench });
