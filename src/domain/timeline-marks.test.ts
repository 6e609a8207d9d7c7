import { expect, it } from "vitest";
import { TimelineMarker } from "./timeline-marks.ts";
import type { TwinEvent, TwinEventBody } from "./twin-event.ts";
import { parseTwinEvent } from "./twin-event-schema.ts";
import { alertOf, randomLog, warningOf } from "./twin-log.fixture.ts";

const text = { zh: "水", en: "Water" };
const event = (body: TwinEventBody, timeMs = 5): TwinEvent => ({ id: "x", timeMs, actor: "me", ...body });

it("marks what is news and no repeats", () => {
  const marker = new TimelineMarker();
  const kinds = (body: TwinEventBody) => marker.marksOf(event(body)).map(({ kind, level }) => [kind, level]);
  const feed = (state: "live" | "lost") => ({ kind: "feed", feedId: "hub", title: text, state }) as const;
  expect(kinds({ kind: "alert", feedId: "hub", alert: alertOf("a"), title: text })).toEqual([["alert", 2]]);
  expect(kinds({ kind: "alert", feedId: "hub", alert: alertOf("a", 9) })).toEqual([]);
  expect(kinds({ kind: "warnings", feedId: "cap", put: [warningOf("w", 1)], gone: [] })).toEqual([
    ["warning", 1],
  ]);
  expect(kinds({ kind: "warnings", feedId: "cap", put: [warningOf("w", 1)], gone: [] })).toEqual([]);
  expect([kinds(feed("live")), kinds(feed("lost")), kinds(feed("lost"))]).toEqual([[], [["feed", 0]], []]);
  const open = { type: "incident.open", incidentId: "I", title: text, alertIds: [] } as const;
  expect(kinds({ kind: "incident", command: open })).toEqual([["incident", 0]]);
  const view = { type: "incident.attachView", incidentId: "I", query: "city=dalian" } as const;
  expect(marker.marksOf(event({ kind: "incident", command: view }))).toMatchObject([{ kind: "view", text }]);
});

it("reads every kind of entry, and says what is wrong with one that it cannot", () => {
  for (const one of randomLog(3, 300)) expect(parseTwinEvent(one)).toEqual(one);
  const refused = (change: object) => {
    try {
      parseTwinEvent({ ...event({ kind: "command", command: { type: "zoom" } }), ...change });
      return null;
    } catch (error) {
      return (error as { params: { field: string } }).params.field;
    }
  };
  expect(refused({})).toBeNull();
  expect(refused({ timeMs: Number.NaN })).toBe("timeMs");
  expect(refused({ id: "" })).toBe("id");
  expect(refused({ kind: "dream" })).toBe("kind");
  expect(refused({ kind: "incident", command: { type: "run.script", incidentId: "I" } })).toBe(
    "command.type",
  );
  const arrays = { values: new Float32Array(1), timesMs: new Float64Array(2), levels: new Uint8Array(2) };
  expect(refused({ kind: "readings", feedId: "h", rows: new Uint32Array(2), ...arrays })).toBe("rows");
});

it("remembers the newest twenty thousand alerts, and no more for ever", () => {
  const marker = new TimelineMarker();
  const say = (id: string) =>
    marker.marksOf({ id, timeMs: 1, actor: "system", kind: "alert", feedId: "hub", alert: alertOf(id) })
      .length;
  for (let n = 0; n <= 20_000; n++) expect(say(`a${n}`)).toBe(1);
  expect([say("a20000"), say("a1"), say("a0")]).toEqual([0, 0, 1]);
});
