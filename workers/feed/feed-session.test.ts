import { describe, expect, it } from "vitest";
import type { AlertRule } from "../../src/domain/alert-rule.ts";
import type { FeedConfig } from "../../src/domain/scenario.ts";
import { resolveFeedUrl } from "../../src/feed/create-adapter.ts";
import { FakeClock } from "../../src/feed/fake-http.fixture.ts";
import type { LinkEvents, LinkOptions } from "../../src/feed/mqtt-link.ts";
import type { FeedBatch } from "./contract.ts";
import { FeedSession, type SessionParts } from "./feed-session.ts";

const config: FeedConfig = {
  id: "hub",
  title: { zh: "汇聚", en: "Hub" },
  protocol: "mqtt",
  url: "/mqtt",
  topics: ["liaotwin/{city}/v1.1/Things/#", "liaotwin/{city}/cap/+"],
  provenance: { kind: "SIMULATED", source: "test" },
  lateAfterS: 5,
  staleAfterS: 30,
};
const PAGE = JSON.stringify({
  value: [
    {
      name: "雨",
      properties: { code: "R1" },
      Locations: [{ location: { type: "Point", coordinates: [123, 41] } }],
      Datastreams: [{ "@iot.id": 1, properties: { kind: "rain" } }],
    },
  ],
});
const TOPIC = "v1.1/Datastreams(1)/Observations";

const problem = (message: string) => ({ code: "feed.lost", message, params: {} });

function stage(part: Partial<SessionParts> = {}) {
  const clock = new FakeClock();
  const links: { options: LinkOptions; events: LinkEvents; isClosed: boolean }[] = [];
  const batches: FeedBatch[] = [];
  const session = new FeedSession({
    config,
    kinds: {},
    city: "shenyang",
    credentials: null,
    pageOrigin: "https://twin.example",
    clock,
    random: () => 1,
    fetch,
    openLink: (options, events) => {
      const link = { options, events, isClosed: false };
      links.push(link);
      return {
        close: () => {
          link.isClosed = true;
        },
      };
    },
    emit: (batch) => {
      batches.push(batch);
    },
    ...part,
  });
  const say = (topic: string, payload: string) =>
    links.at(-1)!.events.message(topic, new TextEncoder().encode(payload));
  const open = () => {
    session.start();
    links[0]!.events.opened([], false);
    say("v1.1/Things/0", PAGE);
    say(TOPIC, JSON.stringify({ result: 1, phenomenonTime: new Date(clock.now()).toISOString() }));
  };
  return { clock, links, batches, session, say, open, state: () => session.status().state };
}

describe("FeedSession", () => {
  it("asks for the city's topics on the page's own server", () => {
    const { links, session } = stage({ credentials: { username: "u", password: "p" } });
    session.start();
    expect(links[0]!.options).toEqual({
      url: "wss://twin.example/mqtt",
      topics: ["liaotwin/shenyang/v1.1/Things/#", "liaotwin/shenyang/cap/+"],
      protocolVersion: 5,
      qos: 0,
      username: "u",
      password: "p",
    });
    expect(
      resolveFeedUrl({ protocol: "mqtt", url: "ws://broker:9001/x" }, "shenyang", "https://twin.example"),
    ).toBe("ws://broker:9001/x");
  });

  it("goes from connecting to live, late and stale, and back", () => {
    const { clock, open, session, state, say } = stage();
    session.start();
    expect(state()).toBe("connecting");
    open();
    expect(state()).toBe("live");
    clock.pass(5000);
    expect(state()).toBe("late");
    clock.pass(25_000);
    expect(state()).toBe("stale");
    say(TOPIC, '{"result":2}');
    expect(state()).toBe("live");
  });

  it("comes back with growing waits, and forgets them after the first message", () => {
    const { clock, links, open, session, say } = stage();
    open();
    const waits: number[] = [];
    for (let n = 0; n < 4; n++) {
      links.at(-1)!.events.closed(problem("connection closed"), false);
      const status = session.status();
      expect(status).toMatchObject({ state: "lost", attempt: n + 1, error: "connection closed" });
      waits.push(status.retryAtMs! - clock.now());
      clock.pass(waits[n]! - 1);
      expect(links).toHaveLength(n + 1);
      clock.pass(1);
      expect(links).toHaveLength(n + 2);
      expect(session.status()).toMatchObject({ state: "connecting", retryAtMs: null });
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000]);
    links.at(-1)!.events.opened([], false);
    say(TOPIC, '{"result":2}');
    expect(session.status()).toMatchObject({ state: "live", attempt: 0, error: null });
  });

  it("does not try again after a refusal, nor after it was stopped", () => {
    const refused = stage();
    refused.session.start();
    refused.links[0]!.events.closed(problem("Not authorized"), true);
    refused.clock.pass(600_000);
    expect(refused.links).toHaveLength(1);
    expect(refused.session.status()).toMatchObject({
      state: "refused",
      retryAtMs: null,
      error: "Not authorized",
    });

    const stopped = stage();
    stopped.open();
    stopped.links[0]!.events.closed(problem("gone"), false);
    stopped.session.stop();
    stopped.clock.pass(600_000);
    expect(stopped.links).toHaveLength(1);
    expect(stopped.batches.at(-1)!.status).toMatchObject({ state: "off", retryAtMs: null });
    const before = stopped.batches.length;
    stopped.session.stop();
    expect(stopped.batches).toHaveLength(before);
  });

  it("names topics that the broker keeps back", () => {
    const { links, session } = stage();
    session.start();
    links[0]!.events.opened(["liaotwin/shenyang/cap/+"], false);
    expect(session.status().error).toContain("liaotwin/shenyang/cap/+");
  });

  it("batches four times a second at most, whatever comes in", () => {
    const { clock, open, batches, say } = stage();
    open();
    for (let ms = 0; ms < 2000; ms += 10) {
      say(TOPIC, JSON.stringify({ result: ms, phenomenonTime: new Date(clock.now()).toISOString() }));
      clock.pass(10);
    }
    expect(batches.length).toBeLessThanOrEqual(8);
    expect(batches.filter((batch) => batch.sensors)).toHaveLength(1);
    expect(batches.every((batch) => (batch.update?.rows.length ?? 0) <= 1)).toBe(true);
    expect(batches.at(-1)!.status.ratePerS).toBeGreaterThan(15);
  });

  it("is quiet when nothing happens, but tells its status every second", () => {
    const { clock, open, batches } = stage();
    open();
    clock.pass(1000);
    const before = batches.length;
    clock.pass(10_000);
    expect(batches.length - before).toBeGreaterThanOrEqual(10);
    expect(batches.length - before).toBeLessThanOrEqual(13);
  });

  it("waits with the next batch until the page has taken the last one", () => {
    let take: () => void = () => {};
    const batches: FeedBatch[] = [];
    const { clock, open } = stage({
      emit: (batch) => {
        batches.push(batch);
        return new Promise<void>((resolve) => {
          take = resolve;
        });
      },
    });
    open();
    clock.pass(5000);
    expect(batches).toHaveLength(1);
    take();
    return Promise.resolve()
      .then(() => Promise.resolve())
      .then(() => {
        clock.pass(250);
        expect(batches).toHaveLength(2);
      });
  });

  it("counts and lists what is malformed, keeps the rest", () => {
    const { clock, open, say, session } = stage();
    open();
    say("x", "{");
    say("cap/1", "<alert/>");
    say(TOPIC, '{"result":"wet"}');
    say(TOPIC, JSON.stringify({ result: 5, phenomenonTime: new Date(clock.now() + 3600_000).toISOString() }));
    for (let n = 0; n < 30; n++) say("x", `{"n":${n}}`);
    const status = session.status();
    expect(status).toMatchObject({ received: 36, rejected: 34, state: "live" });
    expect(status.issues).toHaveLength(20);
    expect(session.series(0).values).toHaveLength(1);
  });

  it("drops a warning when its time is over, without a message", () => {
    const { clock, open, say, batches } = stage();
    open();
    const sent = "2026-07-22T10:30:00+08:00";
    const expires = "2026-07-22T10:31:00+08:00";
    say(
      "cap/1",
      `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>1</identifier><sender>s</sender><sent>${sent}</sent><status>Exercise</status><msgType>Alert</msgType><scope>Public</scope><info><category>Met</category><event>雨</event><urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty><expires>${expires}</expires></info></alert>`,
    );
    clock.pass(500);
    expect(batches.findLast((batch) => batch.warnings)!.warnings).toHaveLength(1);
    clock.pass(59_000);
    expect(batches.findLast((batch) => batch.warnings)!.warnings).toHaveLength(1);
    clock.pass(1000);
    expect(batches.findLast((batch) => batch.warnings)!.warnings).toHaveLength(0);
  });

  it("evaluates the scenario's rules and tells an alert once, with what raised it", () => {
    const rule: AlertRule = {
      id: "wet",
      title: { zh: "湿", en: "Wet" },
      level: 1,
      kind: "rain",
      when: { type: "threshold", direction: "above", raise: 50, clear: 40, holdS: 2 },
    };
    const { clock, open, say, batches } = stage({ rules: [rule] });
    open();
    for (let n = 0; n < 20; n++) {
      clock.pass(500);
      say(
        TOPIC,
        JSON.stringify({ result: n < 12 ? 60 : 30, phenomenonTime: new Date(clock.now()).toISOString() }),
      );
    }
    clock.pass(3000);
    const told = batches.flatMap(({ alerts }) => (alerts ? [alerts] : []));
    expect(told).toHaveLength(2);
    expect(told[0]).toMatchObject([{ subject: "R1", level: 1, clearedMs: null }]);
    expect(told[0]![0]!.evidence).toHaveLength(5);
    expect(told[1]![0]!.clearedMs).toBe(told[0]![0]!.raisedMs + 4000);
  });
});
