import { expect, it } from "vitest";
import type { MqttFeedConfig, MqttOptions } from "../domain/feed-config.ts";
import type { FeedEvents } from "./feed-adapter.ts";
import { MqttAdapter } from "./mqtt-adapter.ts";
import type { LinkEvents, LinkOptions } from "./mqtt-link.ts";

const problem = (message: string) => ({ code: "feed.lost", message, params: {} });

function stage(options: MqttOptions = {}) {
  const config: MqttFeedConfig = {
    id: "hub",
    title: { zh: "汇", en: "Hub" },
    protocol: "mqtt",
    url: "wss://broker.example/mqtt",
    topics: ["t"],
    provenance: { kind: "LIVE", source: "test" },
    lateAfterS: 5,
    staleAfterS: 30,
    options,
  };
  const links: { options: LinkOptions; events: LinkEvents; ended: string }[] = [];
  const adapter = new MqttAdapter(config, config.url, null, (linkOptions, events) => {
    const link = { options: linkOptions, events, ended: "" };
    links.push(link);
    return {
      close: () => {
        link.ended = "closed";
      },
      drop: () => {
        link.ended = "dropped";
      },
    };
  });
  const closed: unknown[] = [];
  const opened: unknown[] = [];
  const events: FeedEvents = {
    opened: (problem, how) => opened.push([problem, how]),
    message: () => {},
    rejected: () => {},
    closed: (...end) => closed.push(end),
  };
  const versions = () => links.map(({ options: { protocolVersion } }) => protocolVersion);
  return { adapter, links, closed, opened, events, versions };
}

it("goes back to MQTT 3.1.1 at once where 5 is refused, and stays there", () => {
  const { adapter, links, closed, opened, events, versions } = stage();
  adapter.open(events);
  links[0]!.events.versionRefused(problem("no"), true);
  links[1]!.events.opened([], false);
  expect(closed).toEqual([]);
  expect(opened).toEqual([[null, { protocol: "MQTT 3.1.1 TLS", isResumed: false }]]);
  adapter.open(events);
  expect(versions()).toEqual([5, 4, 4]);
});

it("takes turns with the versions while a broker hangs up without a word: it may be away, or old", () => {
  const { adapter, links, closed, events, versions } = stage();
  for (let n = 0; n < 3; n++) {
    adapter.open(events);
    links.at(-1)!.events.versionRefused(problem("connection closed"), false);
  }
  expect(versions()).toEqual([5, 4, 5]);
  expect(closed).toEqual(Array(3).fill(["connection closed", false, 0, problem("connection closed")]));
});

it("a version that was asked for is final when it is refused", () => {
  const { adapter, links, closed, events } = stage({ protocolVersion: 5 });
  adapter.open(events);
  links[0]!.events.versionRefused(problem("no"), true);
  expect(closed).toEqual([["no", true, 0, problem("no")]]);
});

it("with QoS 1 it keeps one client id over all attempts; each feed has its own", () => {
  const [one, other] = [stage({ qos: 1 }), stage({ qos: 1 })];
  const ids = [one, one, other].map(({ adapter, events, links }) => {
    adapter.open(events);
    return links.at(-1)!.options.session;
  });
  expect(ids[0]).toEqual(ids[1]);
  expect(ids[0]!.clientId).not.toBe(ids[2]!.clientId);
  expect(ids[0]).toEqual({ clientId: expect.stringMatching(/^[a-z0-9]{1,23}$/), expiryS: 300 });
  const plain = stage();
  plain.adapter.open(plain.events);
  expect(plain.links[0]!.options.session).toBeUndefined();
});

it("drops a link to resume it, closes it to end it, and opens none after that", () => {
  const { adapter, links, events } = stage();
  adapter.open(events).drop!();
  expect(links[0]!.ended).toBe("dropped");
  adapter.open(events).close();
  expect(links[1]!.ended).toBe("closed");
  links[1]!.events.versionRefused(problem("late"), true);
  expect(links).toHaveLength(2);
});
