import { describe, expect, it } from "vitest";
import type { Incident } from "./incident.ts";
import type { FeedStatus, Warning, WarningLevel } from "./risk.ts";
import { changesBefore, changesBetween, LATELY_MS, lately, type Situation } from "./situation.ts";

const T = 1_000_000_000;
const text = { zh: "文", en: "text" };
const NOTHING: Situation = { warnings: [], groups: [], incidents: [], feeds: [] };
const warning = (id: string, level: WarningLevel = 2, sentMs = T): Warning =>
  ({ id, level, headline: text, sentMs }) as Warning;
const group = (id: string, count: number, lastMs = T): Situation["groups"][number] => ({
  rule: { id, title: text, level: 2, kind: "k", when: { type: "absence", silentS: 1 } },
  alerts: [],
  count,
  lastMs,
});
const incident = (part: Partial<Incident> = {}): Incident =>
  ({
    id: "I",
    title: text,
    phase: "monitor",
    openedMs: T,
    closedMs: null,
    acknowledged: null,
    warningLevel: 2,
    escalation: 0,
    issued: [],
    ...part,
  }) as Incident;
const feed = (state: FeedStatus["state"]): FeedStatus => ({ id: "f", title: text, state }) as FeedStatus;
const kinds = (before: Partial<Situation>, after: Partial<Situation>) =>
  changesBetween({ ...NOTHING, ...before }, { ...NOTHING, ...after }, T).map(({ kind, detail }) =>
    detail ? `${kind} ${detail}` : kind,
  );

describe("changesBetween", () => {
  it("tells what came and what went", () => {
    expect(kinds({}, { warnings: [warning("w")] })).toEqual(["warningIn"]);
    expect(kinds({ warnings: [warning("w")] }, {})).toEqual(["warningOver"]);
    expect(kinds({}, { groups: [group("g", 2)] })).toEqual(["alertRaised 2"]);
    expect(kinds({ groups: [group("g", 2)] }, { groups: [group("g", 5)] })).toEqual(["alertMore 5"]);
    expect(kinds({ groups: [group("g", 5)] }, { groups: [group("g", 4)] })).toEqual([]);
    expect(kinds({ groups: [group("g", 2)] }, {})).toEqual(["alertCleared 2"]);
  });

  it("tells a rule that grows and grows once, with its newest figure", () => {
    const more = (count: number, atMs: number) =>
      changesBetween(
        { ...NOTHING, groups: [group("g", count - 1)] },
        { ...NOTHING, groups: [group("g", count)] },
        atMs,
      );
    const over = changesBetween({ ...NOTHING, groups: [group("g", 9)] }, NOTHING, T + 3);
    const told = lately(
      [...more(3, T), ...more(9, T + 2), ...over, ...more(4, T + 1), ...more(2, T + 4)],
      T + 5,
    );
    expect(told.map(({ kind, detail }) => `${kind} ${detail}`)).toEqual([
      "alertMore 2",
      "alertCleared 9",
      "alertMore 9",
    ]);
  });

  it("tells the steps of an incident, several at once too", () => {
    expect(kinds({}, { incidents: [incident()] })).toEqual(["incidentOpened"]);
    const after = incident({
      escalation: 1,
      acknowledged: { by: "李", atMs: T },
      phase: "consult",
      warningLevel: 1,
      issued: ["a"],
    });
    expect(kinds({ incidents: [incident()] }, { incidents: [after] })).toEqual([
      "incidentEscalated 1",
      "incidentAcknowledged 李",
      "incidentPhase consult",
      "incidentLevel 1",
      "capIssued",
    ]);
    const closed = incident({ phase: "close", closedMs: T });
    expect(kinds({ incidents: [incident()] }, { incidents: [closed] })).toEqual(["incidentClosed close"]);
  });

  it("tells a feed's loss and return, not its hesitations", () => {
    expect(kinds({ feeds: [feed("live")] }, { feeds: [feed("lost")] })).toEqual(["feedLost lost"]);
    expect(kinds({ feeds: [feed("lost")] }, { feeds: [feed("connecting")] })).toEqual([]);
    expect(kinds({ feeds: [feed("stale")] }, { feeds: [feed("live")] })).toEqual(["feedBack live"]);
    expect(kinds({ feeds: [feed("live")] }, { feeds: [feed("late")] })).toEqual([]);
    expect(kinds({}, { feeds: [feed("lost")] })).toEqual([]);
  });
});

describe("lately", () => {
  it("keeps ten minutes, newest first, each once", () => {
    const changes = [warning("old", 2, T - LATELY_MS), warning("a", 2, T - 5000), warning("b", 2, T - 1000)];
    const told = changesBefore({ ...NOTHING, warnings: changes }, T);
    expect(told.map(({ target }) => "id" in target && target.id)).toEqual(["b", "a"]);
    expect(lately([...told, ...told], T)).toEqual(told);
    expect(lately(told, T + LATELY_MS)).toEqual([]);
  });

  it("a moment of the past tells its own last minutes", () => {
    const past = { ...NOTHING, incidents: [incident({ acknowledged: { by: "李", atMs: T + 60_000 } })] };
    expect(changesBefore(past, T + 61_000).map(({ kind }) => kind)).toEqual([
      "incidentAcknowledged",
      "incidentOpened",
    ]);
    expect(changesBefore(past, T + 1000).map(({ kind }) => kind)).toEqual(["incidentOpened"]);
  });
});
