import { createSensorOverlay, type SensorOverlay } from "../../../src/city/sensor-overlay.ts";
import type { Stage } from "../../../src/city/stage.ts";
import type { FeedConfig, SensorKind } from "../../../src/domain/scenario.ts";
import { batchCallback, createFeedClient, type FeedBatch } from "../../../src/jobs/feed-client.ts";
import { SensorDesk } from "../../../src/wiring/sensor-desk.ts";
import { closeStage, measureFrames, mustBeSeen, openStage, pause, watchLongTasks } from "./frames.ts";

/** The first second of a stream is not measured. */
const WARM_UP_MS = 1000;
const DESCRIBED_WITHIN_MS = 60_000;

export interface StreamResult {
  readonly received: number;
  /** Over which `received` were counted, seconds. */
  readonly seconds: number;
  /** Records that could not be read, and values that came twice. */
  readonly lost: number;
  readonly longTasks: readonly number[];
  readonly batches: number;
  readonly frames: number;
  /** From a message's time to the end of the frame that shows it, ms: of all values shown. */
  readonly ageMs: { readonly median: number; readonly p95: number; readonly worst: number };
}

/** A feed through the product's worker, drawn as it comes. */
export class LiveStream {
  readonly #stage: Stage = openStage();
  readonly #desk = new SensorDesk();
  readonly #overlay: SensorOverlay = createSensorOverlay();
  readonly #client = createFeedClient();
  readonly #counts = { received: 0, lost: 0, batches: 0, frames: 0, atMs: 0 };
  #fresh: Float64Array[] = [];
  #ages: number[] = [];
  #isOn = true;

  /** Connects and draws until so many sensors are there; long tasks meanwhile. */
  async open(config: FeedConfig, kinds: Readonly<Record<string, SensorKind>>, sensors: number) {
    this.#overlay.attach(this.#stage);
    // as in the product: a frame is drawn when something asks for it
    this.#stage.scene.requestRenderMode = true;
    this.#stage.scene.postRender.addEventListener(() => {
      this.#counts.frames += 1;
    });
    measureFrames(this.#stage, 1, () => {});
    requestAnimationFrame(this.#frame);
    const tasks = watchLongTasks();
    const onBatch = batchCallback((batch) => this.#take(config.id, batch));
    await this.#client.call((remote) => remote.connect(config, kinds, "bench", null, onBatch));
    const start = performance.now();
    while (this.#desk.sensors.length < sensors) {
      if (performance.now() - start > DESCRIBED_WITHIN_MS) throw new Error("the sensors were not described");
      await pause(50);
    }
    await pause(1500);
    return tasks.end();
  }

  /** Counts for so long from the first message on, which comes at `startMs`. */
  async measure(startMs: number, seconds: number): Promise<StreamResult> {
    await pause(Math.max(0, startMs + WARM_UP_MS - Date.now()));
    await this.#nextBatch();
    const tasks = watchLongTasks();
    const before = { ...this.#counts };
    this.#ages = [];
    await pause(seconds * 1000);
    await this.#nextBatch();
    const after = { ...this.#counts };
    const passedS = (after.atMs - before.atMs) / 1000;
    const longTasks = tasks.end();
    const ages = Float64Array.from(this.#ages).sort();
    const at = (share: number) => Math.round(ages[Math.floor((ages.length - 1) * share)] ?? Number.NaN);
    return {
      received: after.received - before.received,
      seconds: passedS,
      lost: after.lost - before.lost,
      longTasks,
      batches: after.batches - before.batches,
      frames: after.frames - before.frames,
      ageMs: { median: at(0.5), p95: at(0.95), worst: at(1) },
    };
  }

  /** Messages received in all, and how many of them could not be taken. */
  get totals(): { readonly received: number; readonly lost: number } {
    return this.#counts;
  }

  close(): void {
    this.#client.terminate();
    this.#isOn = false;
    mustBeSeen(this.#stage, "the sensors of the stream", 0.3);
    closeStage(this.#stage);
  }

  #take(feedId: string, { sensors, update, status }: FeedBatch): void {
    if (sensors) {
      this.#desk.setSensors(feedId, sensors);
      this.#overlay.set(this.#desk.positions(), new Uint8Array(sensors.length));
    }
    const rows = update && this.#desk.update(feedId, update);
    if (update && rows) {
      this.#overlay.update({ ...update, rows });
      this.#fresh.push(update.timesMs);
    }
    this.#counts.received = status.received;
    this.#counts.lost = status.rejected + (status.tally?.duplicates ?? 0);
    this.#counts.batches += 1;
    this.#counts.atMs = performance.now();
  }

  /** Counts are those of whole batches, from one's arrival to another's. */
  async #nextBatch(): Promise<void> {
    for (const { batches } = this.#counts; this.#counts.batches === batches; ) await pause(5);
  }

  /** As the product draws: one frame for each of the browser's. */
  readonly #frame = (): void => {
    if (!this.#isOn) return;
    this.#overlay.step(performance.now());
    this.#stage.widget.render();
    this.#overlay.follow(performance.now(), false);
    const nowMs = Date.now();
    for (const times of this.#fresh) for (const timeMs of times) this.#ages.push(nowMs - timeMs);
    this.#fresh = [];
    requestAnimationFrame(this.#frame);
  };
}
