import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FeedStatus } from "../domain/risk.ts";
import type { TwinEvent, TwinEventBody } from "../domain/twin-event.ts";
import { alertOf, sensorsOf, warningOf } from "../domain/twin-log.fixture.ts";
import { foldEvents } from "../domain/twin-moment.ts";
import { CommandRecorder } from "./command-recorder.ts";
import { FeedRecorder } from "./feed-recorder.ts";
import { SensorDesk } from "./sensor-desk.ts";

const status = (state: FeedStatus["state"] = "live"): FeedStatus => ({
  id: "hub",
  title: { zh: "水", en: "Water" },
  url: "",
  state,
  provenance: { kind: "SIMULATED", source: "test" },
  ratePerS: 1,
  received: 1,
  rejected: 0,
  lastMessageMs: 1,
  retryAtMs: null,
  attempt: 0,
  error: null,
  issues: [],
});

function recording() {
  const bodies: { body: TwinEventBody; id: string | undefined }[] = [];
  const desk = new SensorDesk();
  let nowMs = 1000;
  const recorder = new FeedRecorder({
    record: (body, id) => bodies.push({ body, id }),
    liveTable: (feedId) => desk.tableOf(feedId),
    ruleTitle: () => ({ zh: "积水", en: "Ponding" }),
    nowMs: () => nowMs,
  });
  const kinds = () => bodies.splice(0).map(({ body }) => body.kind);
  const fold = () =>
    foldEvents(bodies.map(({ body }, at): TwinEvent => ({ id: `${at}`, timeMs: at, actor: "x", ...body })));
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { recorder, desk, bodies, kinds, fold, pass };
}

const update = {
  rows: Uint32Array.of(1),
  values: Float32Array.of(3),
  timesMs: Float64Array.of(7),
  levels: Uint8Array.of(2),
};

describe("recording of feeds", () => {
  it("writes down what is new, and that a feed is still there once a minute", () => {
    const { recorder, kinds, pass } = recording();
    recorder.begin();
    recorder.take("hub", { feedId: "hub", status: status(), sensors: sensorsOf(3), update });
    expect(kinds()).toEqual(["feed", "sensors", "readings"]);
    recorder.take("hub", { feedId: "hub", status: status() });
    expect(kinds()).toEqual([]);
    recorder.take("hub", { feedId: "hub", status: status("lost") });
    pass(61_000);
    recorder.take("hub", { feedId: "hub", status: status("lost") });
    expect(kinds()).toEqual(["feed", "feed"]);
  });

  it("writes down what changed of warnings", () => {
    const { recorder, bodies } = recording();
    recorder.begin();
    const [a, b] = [warningOf("a", 2), warningOf("b", 3)];
    recorder.take("hub", { feedId: "hub", status: status(), warnings: [a, b] });
    recorder.take("hub", { feedId: "hub", status: status(), warnings: [{ ...a }, b] });
    recorder.take("hub", { feedId: "hub", status: status(), warnings: [{ ...a, level: 1 }] });
    const changes = bodies.flatMap(({ body }) => (body.kind === "warnings" ? [body] : []));
    expect(changes.map(({ put, gone }) => [put.map(({ id }) => id), gone])).toEqual([
      [["a", "b"], []],
      [["a"], ["b"]],
    ]);
  });

  it("loses no alert and doubles none: raised, over, over at once, and gone without a word", () => {
    const { recorder, bodies } = recording();
    recorder.begin();
    const take = (...alerts: ReturnType<typeof alertOf>[]) =>
      recorder.take("hub", { feedId: "hub", status: status(), alerts });
    take(alertOf("a"), alertOf("short", 9));
    take(alertOf("a"), alertOf("short", 9));
    take(alertOf("a", 8), alertOf("short", 9), alertOf("c"));
    take();
    const alerts = bodies.flatMap(({ body, id }) => (body.kind === "alert" ? [{ ...body, id }] : []));
    expect(alerts.map(({ alert }) => [alert.id, alert.clearedMs])).toEqual([
      ["a", null],
      ["short", 9],
      ["a", 8],
      ["c", null],
      ["c", 1000],
    ]);
    expect(alerts[0]).toMatchObject({ title: { en: "Ponding" }, id: undefined });
    expect(alerts[1]!.id).toBe("hub/short/9");
  });

  it("begins with all that is known when it takes over, so that the log adds up to what is shown", () => {
    const { recorder, desk, fold, bodies } = recording();
    desk.setSensors("hub", sensorsOf(3));
    desk.update("hub", update);
    const warnings = [warningOf("a", 2)];
    recorder.take("hub", { feedId: "hub", status: status(), sensors: sensorsOf(3), update, warnings });
    recorder.take("hub", { feedId: "hub", status: status(), alerts: [alertOf("x")] });
    expect(bodies).toEqual([]);
    recorder.begin();
    const feed = fold().feeds.get("hub")!;
    expect(feed).toMatchObject({ state: "live", levels: Uint8Array.of(255, 2, 255) });
    expect([...feed.warnings.keys(), ...feed.alerts.keys()]).toEqual(["a", "x"]);
    recorder.take("hub", null);
    expect(fold().feeds.size).toBe(0);
  });
});

describe("recording of commands", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("writes down what users did, without secrets and without the camera", () => {
    const record = vi.fn();
    const recorder = new CommandRecorder(record);
    recorder.take({ type: "set-secret", name: "feed:hub", value: "hunter2" });
    recorder.take({ type: "zoom", factor: 2 });
    recorder.take({ type: "set-look", look: "night" });
    recorder.take({ type: "add-tileset", url: "https://me:pw@a.example/t.json?v=1&access_token=abc&x=2" });
    expect(record.mock.calls.map(([command]) => command)).toEqual([
      { type: "set-look", look: "night" },
      { type: "add-tileset", url: "https://a.example/t.json?v=1&access_token=…&x=2" },
    ]);
  });

  it("writes down where a slider came to rest", () => {
    const record = vi.fn();
    const recorder = new CommandRecorder(record);
    for (let hour = 1; hour < 9; hour++) recorder.take({ type: "set-hour", hour });
    vi.advanceTimersByTime(1500);
    recorder.take({ type: "set-hour", hour: 3 });
    recorder.flush();
    expect(record.mock.calls).toEqual([[{ type: "set-hour", hour: 8 }], [{ type: "set-hour", hour: 3 }]]);
  });
});
