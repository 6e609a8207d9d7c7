import { expect, it } from "vitest";
import type { SensorThingsFeedConfig } from "../domain/feed-config.ts";
import { createAdapter } from "./create-adapter.ts";
import { FakeClock, fakeFetch, listen, settle } from "./fake-http.fixture.ts";
import type { LinkEvents, LinkOptions } from "./mqtt-link.ts";

const config: SensorThingsFeedConfig = {
  id: "st",
  title: { zh: "服", en: "Service" },
  protocol: "sensorthings",
  url: "https://st.example/v1.1",
  provenance: { kind: "LIVE", source: "test" },
  lateAfterS: 60,
  staleAfterS: 300,
  options: { intervalS: 10, refreshS: 60, mqtt: { url: "wss://st.example/mqtt", qos: 1 } },
};
const encode = (json: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(json));
const thing = (id: number | string) => ({
  name: `T${id}`,
  Locations: [{ location: { type: "Point", coordinates: [123, 41] } }],
  Datastreams: [{ "@iot.id": id, Observations: [{ result: 1, phenomenonTime: "2026-07-22T02:29:00Z" }] }],
});

function stage(part: Partial<SensorThingsFeedConfig["options"]["mqtt"]> = {}) {
  const clock = new FakeClock();
  const things = [thing(1), thing("a'b")];
  const { fetch, asked } = fakeFetch((url) =>
    JSON.stringify(url.includes("/Things?") ? { value: things } : { value: [] }),
  );
  const links: { options: LinkOptions; events: LinkEvents; isClosed: boolean }[] = [];
  const adapter = createAdapter({
    config: { ...config, options: { ...config.options, mqtt: { ...config.options.mqtt!, ...part } } },
    city: "shenyang",
    credentials: { username: "u", password: "p" },
    pageOrigin: "https://twin.example",
    clock,
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
  });
  const { log, link } = listen(adapter);
  const round = async (): Promise<void> => {
    clock.pass(10_000);
    await settle();
  };
  const asksObservations = () => asked.filter(({ url }) => url.includes("/Observations?")).length;
  return { things, log, link, links, round, asksObservations };
}

it("reads Things over HTTP and asks the broker for the Observations of each Datastream", async () => {
  const { links, log, round, asksObservations } = stage();
  await settle();
  expect(links[0]!.options).toMatchObject({
    url: "wss://st.example/mqtt",
    topics: ["v1.1/Datastreams(1)/Observations", "v1.1/Datastreams('a''b')/Observations"],
    qos: 1,
    username: "u",
  });
  links[0]!.events.opened([], false);
  await round();
  // once more, for what came between the first answer and the broker's
  expect(asksObservations()).toBe(1);
  await round();
  await round();
  expect(asksObservations()).toBe(1);
  links[0]!.events.message(
    "v1.1/Datastreams(1)/Observations",
    encode({ result: 5, phenomenonTime: "2026-07-22T02:30:20Z" }),
  );
  expect(log.messages.at(-1)).toMatchObject({ kind: "observations", observations: [{ key: "1", value: 5 }] });
});

it("asks over HTTP while the broker is away, tries it after each round, and says so", async () => {
  const { links, log, round, asksObservations } = stage();
  await settle();
  links[0]!.events.opened([], false);
  await round();
  links[0]!.events.closed({ code: "feed.lost", message: "connection closed", params: {} }, false);
  expect(log.opened.at(-1)).toContain("no updates over MQTT (connection closed): asking every 10 s");
  await round();
  expect(asksObservations()).toBe(2);
  expect(links).toHaveLength(2);
  links[1]!.events.opened([], false);
  expect(log.opened.at(-1)).toBeNull();
  expect(log.closed).toEqual([]);
});

it("connects anew when there are other Datastreams, and ends the broker's link with its own", async () => {
  const { things, links, round, link } = stage({ topics: ["st/{id}", "st/all"] });
  await settle();
  links[0]!.events.opened([], false);
  things.push(thing(3));
  for (let n = 0; n < 7; n++) await round();
  expect(links[0]!.isClosed).toBe(true);
  expect(links[1]!.options.topics).toEqual(["st/1", "st/'a''b'", "st/3", "st/all"]);
  link.close();
  expect(links[1]!.isClosed).toBe(true);
});

it("gives the password to a broker on the same host only", async () => {
  const { links } = stage({ url: "wss://elsewhere.example/mqtt" });
  await settle();
  expect(links[0]!.options.password).toBeUndefined();
});
