import { describe, expect, it } from "vitest";
import type { UnitMapping } from "../domain/feed-config.ts";
import { readMessage } from "./payload.ts";
import { UnitBoard } from "./unit-board.ts";
import { decodeUnitsMapped } from "./unit-mapping.ts";

const MAP: UnitMapping = {
  id: "id",
  kind: "type",
  kinds: { 消防车: "fire" },
  status: "state.code",
  statuses: { "2": "moving" },
  longitude: "lon",
  latitude: "lat",
  heading: "course",
  time: "t",
  crew: "crew",
  incident: "job",
};
const record = (change: object = {}) => ({
  id: "F1",
  type: "消防车",
  state: { code: 2 },
  lon: 123.4,
  lat: 41.8,
  course: -90,
  t: "2026-11-29T08:00:00+08:00",
  crew: 7,
  job: "I1",
  ...change,
});

describe("reports of units", () => {
  it("are read by a mapping of the source's own words", () => {
    const { units, issues } = decodeUnitsMapped(MAP, "avl/F1", record());
    expect(issues).toEqual([]);
    expect(units).toEqual([
      {
        timeMs: Date.UTC(2026, 10, 29),
        unit: {
          id: "F1",
          name: { zh: "F1", en: "F1" },
          kind: "fire",
          status: "moving",
          longitudeDeg: 123.4,
          latitudeDeg: 41.8,
          headingDeg: 270,
          crew: 7,
          incidentId: "I1",
        },
      },
    ]);
    const bytes = new TextEncoder().encode(JSON.stringify([record()]));
    expect(readMessage("avl", bytes, undefined, MAP).kind).toBe("units");
  });

  it.each([
    [{ id: null }, /has no id/],
    [{ type: "tank" }, /no kind of unit at type/],
    [{ type: "toString" }, /no kind of unit/],
    [{ state: 2 }, /no status of a unit at state.code/],
    [{ lat: 91 }, /no place/],
    [{ lon: null }, /no place/],
    [{ t: "yesterday" }, /no time/],
  ])("are left out and listed when they are none: %o", (change, problem) => {
    const { units, issues } = decodeUnitsMapped(MAP, "avl", [record(change), record({ id: "F2" })]);
    expect(units.map(({ unit }) => unit.id)).toEqual(["F2"]);
    expect(issues).toEqual([expect.stringMatching(problem)]);
  });
});

describe("the board of units", () => {
  it("has the newest report of each, tells what changed, and lets go of what is taken back", () => {
    const board = new UnitBoard({ kind: "LIVE", source: "avl" });
    const at = (t: string, lon: number) => decodeUnitsMapped(MAP, "avl/F1", record({ t, lon })).units;
    board.put("avl/F1", at("2026-11-29T08:00:05+08:00", 123.5), 0);
    expect(board.put("avl/F1", at("2026-11-29T08:00:00+08:00", 123.1), 0)).toBeNull();
    expect(board.take()).toMatchObject({
      put: [{ longitudeDeg: 123.5, provenance: { kind: "LIVE" } }],
      gone: [],
    });
    expect(board.take()).toBeNull();
    board.takeBack("avl/F1");
    expect(board.take()).toEqual({ put: [], gone: ["F1"] });
  });
});
