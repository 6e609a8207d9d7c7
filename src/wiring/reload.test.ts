import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, it, vi } from "vitest";
import { Scope } from "../base/scope.ts";
import { sensorsOf, warningOf } from "../domain/twin-log.fixture.ts";
import { EventStore } from "../local/event-store.ts";
import { createStores } from "../state/stores.ts";
import { FeedRecorder } from "./feed-recorder.ts";
import { IncidentDesk } from "./incident-desk.ts";
import { LogDesk } from "./log-desk.ts";
import type { WireParts } from "./parts.ts";
import { wireTimeline } from "./wire-timeline.ts";

const T0 = 1_700_000_000_000;
const status = {
  id: "hub",
  title: { zh: "水", en: "Water" },
  url: "",
  state: "live",
  provenance: { kind: "SIMULATED", source: "test" },
  ratePerS: 1,
  received: 1,
  rejected: 0,
  lastMessageMs: 1,
  retryAtMs: null,
  attempt: 0,
  error: null,
  issues: [],
} as const;

let nowMs = T0;

/** A page of this origin; it is never closed, as when a tab is killed. */
function openPage() {
  const stores = createStores();
  const scope = new Scope();
  const log = new LogDesk(EventStore.open({ nowMs: () => nowMs }), { onStorage: () => {} });
  const recorder = new FeedRecorder({
    record: (body, id) => log.record(body, id),
    liveTable: () => null,
    ruleTitle: () => null,
    nowMs: () => nowMs,
  });
  const timeline = wireTimeline({ stores, scope, onError: vi.fn() } as unknown as WireParts, {
    desk: log,
    risk: { showPast: () => {} },
    scenario: { presentScenario: async () => {} },
    units: { showPast: async () => {} },
    zones: { showPast: () => {} },
  });
  return { stores, scope, log, recorder, timeline, incidents: new IncidentDesk(log, () => {}) };
}

function batch(at: number) {
  const update = {
    rows: Uint32Array.of(at % 4),
    values: Float32Array.of(at),
    timesMs: Float64Array.of(nowMs),
    levels: Uint8Array.of(at % 5),
  };
  const isFirst = at === 0;
  return {
    feedId: "hub",
    status,
    update,
    ...(isFirst && { sensors: sensorsOf(4) }),
    ...(at % 10 === 3 && { warnings: [warningOf(`W${at}`, 2)] }),
  };
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  nowMs = T0;
});

it("shows the same at every moment after the page was killed and opened again", async () => {
  const before = openPage();
  before.recorder.begin();
  const title = { zh: "洪水", en: "Flood" };
  await before.incidents.change(
    { type: "incident.open", incidentId: "I1", title, alertIds: [] },
    "张三",
    nowMs,
  );
  for (let at = 0; at < 60; at++) {
    nowMs += 20_000;
    before.recorder.take("hub", batch(at));
    if (at % 15 === 7) await before.log.flush();
    if (at === 30)
      await before.incidents.change({ type: "incident.acknowledge", incidentId: "I1" }, "张三", nowMs);
    await before.log.flush();
  }
  const hashes = new Map<number, string>();
  for (let at = 0; at <= 60; at += 6) {
    await before.timeline.goToTime(T0 + at * 20_000);
    const { atMs, hash } = before.stores.timeline.get();
    hashes.set(atMs!, hash!);
  }
  expect(new Set(hashes.values()).size).toBeGreaterThan(8);

  const after = openPage();
  await after.incidents.reload();
  expect(after.incidents.incidents.get("I1")).toMatchObject({ acknowledged: { by: "张三" } });
  after.recorder.begin();
  nowMs += 5000;
  after.recorder.take("hub", batch(0));
  for (const [atMs, hash] of [...hashes].reverse()) {
    await after.timeline.goToTime(atMs);
    expect(after.stores.timeline.get()).toMatchObject({ atMs, hash });
  }
  before.scope.dispose();
  after.scope.dispose();
});
