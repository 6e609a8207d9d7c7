import { expect, it } from "vitest";
import { momentHash } from "./moment-hash.ts";
import type { Unit } from "./response.ts";
import { thinMoves, thinUnits } from "./thin-moves.ts";
import type { TwinEvent } from "./twin-event.ts";
import { movesBody, sensorsOf, unitOf } from "./twin-log.fixture.ts";
import { foldEvents } from "./twin-moment.ts";

type Moves = Extract<TwinEvent, { kind: "moves" }>;
type Units = Extract<TwinEvent, { kind: "units" }>;

const base = (at: number) => ({ id: `e${at}`, timeMs: 100 + at, actor: "system" });
const described: TwinEvent = {
  id: "s",
  timeMs: 1,
  actor: "system",
  kind: "sensors",
  feedId: "bus",
  sensors: sensorsOf(4, "B"),
};
const hash = (events: readonly TwinEvent[]) => momentHash(foldEvents([described, ...events]));
const units = (at: number, put: readonly Unit[], gone: readonly string[] = []): Units => ({
  ...base(at),
  kind: "units",
  put,
  gone,
});

it("ends where the moves ended, with one entry", () => {
  const events = [
    [0, 1],
    [1, 2],
    [0, 3],
  ].map((rows, at) => ({ ...base(at), ...movesBody("bus", rows, at) }) as Moves);
  const thin = thinMoves(events);
  expect(thin).toHaveLength(1);
  expect(thin[0]).toMatchObject({ id: "e2", rows: Uint32Array.of(0, 1, 2, 3) });
  expect(hash(thin)).toBe(hash(events));
  expect(hash(thin)).not.toBe(hash(events.slice(0, 2)));
  expect(thinMoves([])).toEqual([]);
});

it("keeps each change of what a unit does at its time, and its last place", () => {
  const events = [
    units(0, [unitOf("a"), unitOf("b")]),
    units(1, [unitOf("a", { longitudeDeg: 123.1 })]),
    units(2, [unitOf("a", { status: "moving", incidentId: "I" })]),
    units(3, [unitOf("a", { status: "moving", incidentId: "I", longitudeDeg: 123.2 })], ["b"]),
    units(4, [unitOf("a", { status: "moving", incidentId: "I", longitudeDeg: 123.3 })]),
  ];
  const tasks = new Map<string, string>();
  const thin = thinUnits(events, tasks);
  expect(thin.map(({ id, put, gone }) => [id, put.map((unit) => unit.id), gone])).toEqual([
    ["e0", ["a", "b"], []],
    ["e2", ["a"], []],
    ["e3", [], ["b"]],
    ["e4", ["a"], []],
  ]);
  expect(hash(thin)).toBe(hash(events));
  expect([...tasks]).toEqual([["a", "moving I"]]);
  expect(thinUnits(thin.slice(-1), tasks)).toEqual(thin.slice(-1));
});
