import { describe, expect, it, vi } from "vitest";
import type { FeedConfig } from "../domain/scenario.ts";
import { FeedOverrides, readTwinConfig, socketUrl } from "./feed-overrides.ts";

const feed: FeedConfig = {
  id: "hub",
  title: { zh: "汇聚", en: "Hub" },
  protocol: "mqtt",
  url: "/mqtt",
  topics: ["liaotwin/{city}/#"],
  provenance: { kind: "SIMULATED", source: "replay" },
  lateAfterS: 10,
  staleAfterS: 60,
};

describe("socketUrl", () => {
  it.each([
    ["/mqtt", "http://127.0.0.1:5173/", "ws://127.0.0.1:5173/mqtt"],
    ["/mqtt", "https://twin.example/shenyang/", "wss://twin.example/shenyang/mqtt"],
    ["wss://broker.example:8084/mqtt", "http://127.0.0.1/", "wss://broker.example:8084/mqtt"],
  ])("%s on %s is %s", (url, base, expected) => {
    expect(socketUrl(url, base)).toBe(expected);
  });
});

describe("FeedOverrides", () => {
  it("puts the operator's broker in the place of the embedded one and says so", () => {
    const overrides = new FeedOverrides({
      feeds: {
        hub: {
          url: "wss://b.example/mqtt",
          username: "duty",
          provenance: { kind: "LIVE", source: "水务局" },
        },
      },
      embedOrigins: [],
    });
    expect(overrides.apply(feed, "http://127.0.0.1/")).toMatchObject({
      url: "wss://b.example/mqtt",
      topics: feed.topics,
      provenance: { kind: "LIVE" },
    });
    expect(overrides.username("hub")).toBe("duty");
  });
  it("adds the operator's own feeds, changes options, and leaves http addresses alone", () => {
    const quakes: FeedConfig = {
      id: "quakes",
      title: { zh: "地震", en: "Earthquakes" },
      protocol: "earthquakes",
      url: "/quakes/{city}.geojson",
      provenance: { kind: "LIVE", source: "x" },
      lateAfterS: 120,
      staleAfterS: 600,
      options: { intervalS: 60, kind: "quake" },
    };
    const overrides = new FeedOverrides({
      feeds: { quakes: { options: { minMagnitude: 3 }, staleAfterS: 900 } },
      extraFeeds: [quakes],
      embedOrigins: [],
    });
    const [hub, added] = overrides.feedsOf([feed], "https://twin.example/a/");
    expect(hub!.url).toBe("wss://twin.example/a/mqtt");
    expect(added).toMatchObject({
      url: "https://twin.example/a/quakes/{city}.geojson",
      staleAfterS: 900,
      options: { intervalS: 60, kind: "quake", minMagnitude: 3 },
    });
    expect(overrides.feedsOf([quakes], "https://twin.example/")).toHaveLength(1);
  });
  it("says which option of an override is wrong", () => {
    const overrides = new FeedOverrides({ feeds: { hub: { options: { qos: 2 } } }, embedOrigins: [] });
    expect(() => overrides.apply(feed, "https://twin.example/")).toThrow(/feeds\.hub\.options/);
  });
  it("names the wrong field of config.json", async () => {
    vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ feeds: { hub: { url: 7 } } })));
    await expect(readTwinConfig("http://127.0.0.1/")).rejects.toThrow(/feeds\.hub\.url/);
    vi.unstubAllGlobals();
  });
  it("is empty where there is no config.json", async () => {
    vi.stubGlobal("fetch", async () => new Response("", { status: 404 }));
    expect(await readTwinConfig("http://127.0.0.1/")).toEqual({ feeds: {}, embedOrigins: [] });
    vi.unstubAllGlobals();
  });
});
