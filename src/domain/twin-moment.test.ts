import { expect, it } from "vitest";
import { momentHash, prepareHash } from "./moment-hash.ts";
import type { TwinEvent, TwinEventBody } from "./twin-event.ts";
import { alertOf, readingsOf, sensorsOf, warningOf } from "./twin-log.fixture.ts";
import { foldEvents } from "./twin-moment.ts";

const title = { zh: "水", en: "Water" };
const feed = (state: "live" | "off", isFresh?: true): TwinEventBody => ({
  kind: "feed",
  feedId: "hub",
  title,
  state,
  ...(isFresh && { isFresh }),
});
const logOf = (bodies: readonly TwinEventBody[]) =>
  bodies.map((body, at): TwinEvent => ({ id: `${at}`, timeMs: 100 + at, actor: "me", ...body }));
const hubOf = (bodies: readonly TwinEventBody[]) => foldEvents(logOf(bodies)).feeds.get("hub")!;
const described: TwinEventBody = { kind: "sensors", feedId: "hub", sensors: sensorsOf(3) };

it("has the newest reading of each sensor, and no data where nothing was said", () => {
  const five = readingsOf("hub", [1], () => 0.5);
  const hub = hubOf([described, five, readingsOf("hub", [1, 9], () => 0.9)]);
  expect([...hub.values]).toEqual([Number.NaN, Math.fround(0.9), Number.NaN]);
  expect([...hub.levels]).toEqual([255, 4, 255]);
  expect([...hub.timesMs]).toEqual([0, 900_000, 0]);
  expect(hub.heardMs).toBe(102);
});

it("keeps readings with their sensors when these are told anew in another order", () => {
  const turned: TwinEventBody = { kind: "sensors", feedId: "hub", sensors: sensorsOf(3).reverse() };
  expect([...hubOf([described, readingsOf("hub", [0], () => 0.5), turned]).levels]).toEqual([255, 255, 2]);
});

it("has warnings and alerts until they are gone or over", () => {
  const warnings = (put: string[], gone: string[]): TwinEventBody => ({
    kind: "warnings",
    feedId: "hub",
    put: put.map((id) => warningOf(id, 2)),
    gone,
  });
  const hub = hubOf([
    warnings(["a", "b"], []),
    warnings(["c"], ["a"]),
    { kind: "alert", feedId: "hub", alert: alertOf("x"), title },
    { kind: "alert", feedId: "hub", alert: alertOf("y") },
    { kind: "alert", feedId: "hub", alert: alertOf("y", 9) },
  ]);
  expect([...hub.warnings.keys()]).toEqual(["b", "c"]);
  expect([...hub.alerts.values()]).toEqual([{ alert: alertOf("x"), title }]);
});

it("forgets a feed that is connected anew or off", () => {
  const known = [feed("live"), described, readingsOf("hub", [0], () => 0.5)];
  expect(hubOf([...known, feed("live")]).sensors).toHaveLength(3);
  expect(hubOf([...known, feed("live", true)])).toMatchObject({ sensors: [], state: "live" });
  expect(hubOf([...known, feed("off")])).toBeUndefined();
});

it("passes over decisions that cannot follow the ones before them, and those of a newer program", () => {
  const open = { type: "incident.open", incidentId: "I", title, alertIds: [] } as const;
  const { incidents } = foldEvents(
    logOf([
      { kind: "incident", command: { type: "incident.acknowledge", incidentId: "I" } },
      { kind: "incident", command: open },
      { kind: "incident", command: { ...open, title: { zh: "二", en: "Two" } } },
      { kind: "incident", command: { type: "incident.teleport", incidentId: "I" } as never },
      { kind: "incident", command: { type: "incident.moveTo", incidentId: "I", phase: "verify" } },
    ]),
  );
  expect(incidents.get("I")).toMatchObject({ title, phase: "verify", acknowledged: null });
});

it("has a hash of what is so, not of when and in which order it came", () => {
  const a: TwinEventBody = { kind: "warnings", feedId: "hub", put: [warningOf("a", 1)], gone: [] };
  const b: TwinEventBody = { kind: "warnings", feedId: "hub", put: [warningOf("b", 1)], gone: [] };
  const hash = (bodies: readonly TwinEventBody[]) => momentHash(foldEvents(logOf(bodies)));
  expect(hash([a, b])).toBe(hash([b, a]));
  expect(hash([a, b])).not.toBe(hash([a]));
  const reading = (value: number) => hash([described, readingsOf("hub", [0], () => value)]);
  expect(reading(0.5)).toBe(reading(0.5));
  expect(reading(0.5)).not.toBe(reading(0.500001));
  expect(hash([{ kind: "scenario", scenario: "a", city: "dalian" }])).not.toBe(hash([]));
  expect(hash([])).toMatch(/^[0-9a-f]{16}$/);
});

it("keeps the hash of packages that are out there, whole or prepared in slices", async () => {
  const moment = () =>
    foldEvents(logOf([{ kind: "sensors", feedId: "hub", sensors: sensorsOf(1200, '沈"阳\n') }]));
  const prepared = moment();
  let breaths = 0;
  let nowMs = 0;
  await prepareHash(prepared, { pause: async () => void breaths++, nowMs: () => (nowMs += 10) });
  expect(breaths).toBeGreaterThan(0);
  expect([moment(), prepared].map((one) => momentHash(one, 1))).toEqual([
    "0359f388cd33991e",
    "0359f388cd33991e",
  ]);
  expect(momentHash(prepared)).toBe(momentHash(moment()));
});
