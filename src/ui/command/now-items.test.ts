import { expect, it } from "vitest";
import type { FeedStatus, Sensor, Warning, WarningLevel } from "../../domain/risk.ts";
import { nowItems } from "./now-items.ts";

const text = { zh: "文", en: "text" };
const provenance = { kind: "SIMULATED", source: "s" } as const;

const warning = (id: string, level: WarningLevel, sentMs = 0): Warning => ({
  id,
  level,
  event: text,
  headline: text,
  description: text,
  instruction: text,
  areaDesc: text,
  sender: "s",
  status: "Exercise",
  severity: "Severe",
  urgency: "Immediate",
  certainty: "Likely",
  sentMs,
  effectiveMs: 0,
  expiresMs: null,
  polygons: [],
  circles: [],
  provenance,
  feedId: "f",
});

const sensor = (id: string): Sensor => ({
  id,
  datastreamId: 1,
  name: text,
  kind: "rain",
  unit: "mm/h",
  longitudeDeg: 0,
  latitudeDeg: 0,
  height: 0,
});

const feed = (id: string, state: FeedStatus["state"]): FeedStatus => ({
  id,
  title: text,
  url: "/mqtt",
  state,
  provenance,
  ratePerS: 0,
  received: 0,
  rejected: 0,
  lastMessageMs: null,
  retryAtMs: null,
  attempt: 0,
  error: null,
  issues: [],
});

const name = (item: ReturnType<typeof nowItems>[number]) =>
  item.kind === "warning" ? item.warning.id : item.kind === "feed" ? item.feed.id : item.sensor.id;

it("puts the worst first, warnings before sensors of their level, blind feeds after orange", () => {
  const items = nowItems(
    [warning("blue", 4), warning("red-old", 1, 1), warning("orange", 2), warning("red-new", 1, 2)],
    {
      sensors: [sensor("s-yellow"), sensor("s-red"), sensor("s-normal"), sensor("s-none")],
      worst: [
        { row: 1, value: 90, level: 1, timeMs: 0 },
        { row: 0, value: 30, level: 3, timeMs: 0 },
        { row: 2, value: 1, level: 0, timeMs: 0 },
        { row: 3, value: 1, level: 255, timeMs: 0 },
      ],
    },
    [feed("lost", "lost"), feed("fine", "live")],
  );
  expect(items.map(name)).toEqual(["red-new", "red-old", "s-red", "orange", "lost", "s-yellow", "blue"]);
});

it("leaves out a sensor whose description has not come", () => {
  expect(nowItems([], { sensors: [], worst: [{ row: 4, value: 1, level: 1, timeMs: 0 }] }, [])).toEqual([]);
});
