import { expect, it } from "vitest";
import type { AlertRule } from "../../src/domain/alert-rule.ts";
import type { FeedConfig } from "../../src/domain/scenario.ts";
import type { Clock } from "../../src/feed/clock.ts";
import type { LinkEvents } from "../../src/feed/mqtt-link.ts";
import type { FeedBatch } from "./contract.ts";
import { FeedSession } from "./feed-session.ts";

const HOUR_MS = 3_600_000;
const SENSORS = 500;
const config: FeedConfig = {
  id: "hub",
  title: { zh: "汇聚", en: "Hub" },
  protocol: "mqtt",
  url: "/mqtt",
  topics: ["t"],
  provenance: { kind: "SIMULATED", source: "test" },
  lateAfterS: 5,
  staleAfterS: 30,
};
const silence = (share?: number): AlertRule => ({
  id: "silent",
  title: { zh: "无", en: "Silent" },
  level: 3,
  kind: "rain",
  when: { type: "absence", silentS: 60, ...(share !== undefined && { share }) },
});

/** A computer whose timers stand still while it sleeps. */
class SleepyClock implements Clock {
  #nowMs = Date.parse("2026-07-22T02:30:00Z");
  #timers: { leftMs: number; readonly fn: () => void }[] = [];

  now(): number {
    return this.#nowMs;
  }

  after(ms: number, fn: () => void): () => void {
    const timer = { leftMs: ms, fn };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  run(ms: number): void {
    for (let left = ms; left > 0; left -= 50) {
      this.#nowMs += 50;
      for (const timer of this.#timers) timer.leftMs -= 50;
      const due = this.#timers.filter(({ leftMs }) => leftMs <= 0);
      this.#timers = this.#timers.filter(({ leftMs }) => leftMs > 0);
      for (const { fn } of due) fn();
    }
  }

  /** Also back: someone sets the clock. */
  jump(ms: number): void {
    this.#nowMs += ms;
  }
}

const problem = (message: string) => ({ code: "feed.lost", message, params: {} });

function stage(rule: AlertRule) {
  const clock = new SleepyClock();
  const links: { events: LinkEvents; isClosed: boolean }[] = [];
  const batches: FeedBatch[] = [];
  const session = new FeedSession({
    config,
    kinds: {},
    rules: [rule],
    city: "shenyang",
    credentials: null,
    pageOrigin: "https://twin.example",
    clock,
    random: () => 1,
    fetch,
    openLink: (_options, events) => {
      const link = { events, isClosed: false };
      links.push(link);
      const close = () => {
        link.isClosed = true;
      };
      return { close, drop: close };
    },
    emit: (batch) => void batches.push(batch),
  });
  const say = (topic: string, json: object) =>
    links.at(-1)!.events.message(topic, new TextEncoder().encode(JSON.stringify(json)));
  const report = (): void => {
    for (let i = 0; i < SENSORS; i++)
      say(`v1.1/Datastreams(${i})/Observations`, {
        result: 1,
        phenomenonTime: new Date(clock.now()).toISOString(),
      });
  };
  const describe = () =>
    say("Things", {
      value: Array.from({ length: SENSORS }, (_, i) => ({
        name: `R${i}`,
        Locations: [{ location: { type: "Point", coordinates: [123, 41] } }],
        Datastreams: [{ "@iot.id": i, properties: { kind: "rain" } }],
      })),
    });
  session.start();
  links[0]!.events.opened([], false);
  describe();
  const live = (seconds: number): void => {
    for (let s = 0; s < seconds; s++) {
      if (s % 8 === 0) report();
      clock.run(1000);
    }
  };
  const alerts = () => batches.findLast((batch) => batch.alerts)?.alerts ?? [];
  const states = (from: number) => batches.slice(from).map(({ status }) => status.state);
  return { clock, links, batches, session, report, live, alerts, states };
}

it("says at once that the feed is stale, then connects without the old link and without a wait", () => {
  const { clock, links, batches, live, session, states } = stage(silence());
  live(20);
  const before = batches.length;
  clock.jump(5 * HOUR_MS);
  clock.run(250);
  expect(states(before)).toEqual(["stale", "connecting"]);
  expect(links).toHaveLength(2);
  expect(links[0]!.isClosed).toBe(true);
  expect(session.status()).toMatchObject({ attempt: 0, retryAtMs: null });
});

it("does not wait for the end of an old back-off", () => {
  const { clock, links, live } = stage(silence());
  live(10);
  for (let n = 0; n < 6; n++) {
    links.at(-1)!.events.closed(problem("gone"), false);
    clock.run(n < 5 ? 31_000 : 1000);
  }
  const attempts = links.length;
  clock.jump(HOUR_MS);
  clock.run(250);
  expect(links).toHaveLength(attempts + 1);
});

it("a refused feed stays refused over a sleep", () => {
  const { clock, links, session } = stage(silence());
  links[0]!.events.closed(problem("bad password"), true);
  clock.jump(HOUR_MS);
  clock.run(250);
  expect(links).toHaveLength(1);
  expect(session.status().state).toBe("refused");
});

it.each([undefined, 0.5])(
  "500 sensors that report again after the sleep raise no alert (share %s)",
  (share) => {
    const { clock, links, live, alerts } = stage(silence(share));
    live(30);
    clock.jump(8 * HOUR_MS);
    clock.run(3000);
    links.at(-1)!.events.opened([], false);
    live(120);
    expect(alerts()).toEqual([]);
  },
);

it("a feed that needs ten seconds to come back is not late for sensors that were nearly missed before the sleep", () => {
  const { clock, links, live, report, alerts } = stage(silence());
  live(8);
  clock.run(50_000);
  clock.jump(8 * HOUR_MS);
  clock.run(10_000);
  links.at(-1)!.events.opened([], false);
  report();
  clock.run(30_000);
  expect(alerts()).toEqual([]);
});

it("sensors that stay away after the sleep are missed once the feed had time to come back", () => {
  const { clock, links, live, alerts } = stage(silence(0.5));
  live(30);
  clock.jump(8 * HOUR_MS);
  clock.run(3000);
  links.at(-1)!.events.opened([], false);
  clock.run(50_000);
  expect(alerts()).toEqual([]);
  clock.run(20_000);
  expect(alerts()).toMatchObject([{ subject: "rain", clearedMs: null }]);
});

it("a silence that was an alert before the sleep is one alert after it", () => {
  const { clock, live, alerts } = stage(silence(0.5));
  live(10);
  clock.run(90_000);
  expect(alerts()).toHaveLength(1);
  clock.jump(8 * HOUR_MS);
  clock.run(120_000);
  expect(alerts()).toHaveLength(1);
  expect(alerts()[0]!.clearedMs).toBeNull();
});

it("old observations that the broker kept are not fresh: the feed tells their own time", () => {
  const { clock, links, batches, live, report, session } = stage(silence());
  live(20);
  const observedMs = session.status().newestMs!;
  clock.jump(5 * HOUR_MS);
  clock.run(250);
  links.at(-1)!.events.opened([], false);
  links
    .at(-1)!
    .events.message(
      "v1.1/Datastreams(0)/Observations",
      new TextEncoder().encode(
        JSON.stringify({ result: 9, phenomenonTime: new Date(observedMs + 60_000).toISOString() }),
      ),
    );
  clock.run(1000);
  const { update, status } = batches.findLast((batch) => batch.update)!;
  expect([...update!.timesMs]).toEqual([observedMs + 60_000]);
  expect(status.provenance.observedAtMs).toBe(observedMs + 60_000);
  report();
  expect(session.status().newestMs).toBe(clock.now());
});

it("a clock that was set back an hour stops neither rules nor rates nor the status", () => {
  const { clock, batches, links, live, alerts, session } = stage(silence());
  live(30);
  clock.jump(-HOUR_MS);
  clock.run(1000);
  links.at(-1)!.events.opened([], false);
  const before = batches.length;
  live(60);
  expect(batches.length - before).toBeGreaterThan(50);
  expect(session.status().ratePerS).toBeLessThan(SENSORS);
  expect(session.status().ratePerS).toBeGreaterThan(30);
  expect(alerts()).toEqual([]);
  clock.run(120_000);
  expect(alerts()).toHaveLength(SENSORS);
});
