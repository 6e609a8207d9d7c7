import { describe, expect, it } from "vitest";
import {
  INCIDENT_PHASES,
  type IncidentCommand,
  type IncidentEntry,
  type IncidentPhase,
  NEXT_PHASES,
} from "./incident.ts";
import { IncidentLog, waitingIncidents } from "./incident-log.ts";
import { applyIncidentEntry, checkIncidentEntry } from "./incident-reducer.ts";

const T0 = Date.parse("2026-07-22T02:30:00Z");
const title = { zh: "青年大街积水", en: "Water on Qingnian Street" };
const policy = { afterS: 60, most: 3 };

/** A log whose commands come ten seconds apart. */
function logOf(...commands: readonly IncidentCommand[]): IncidentLog {
  const log = new IncidentLog();
  for (const [i, command] of commands.entries()) log.run(command, "duty", T0 + i * 10_000);
  return log;
}

const open = (incidentId = "I1"): IncidentCommand => ({
  type: "incident.open",
  incidentId,
  title,
  alertIds: ["a", "a"],
  warningLevel: 2,
});
const moveTo = (phase: IncidentPhase, incidentId = "I1"): IncidentCommand => ({
  type: "incident.moveTo",
  incidentId,
  phase,
});
const code = (log: IncidentLog, command: IncidentCommand) =>
  checkIncidentEntry(log.incidents, { id: "x", timeMs: T0, actor: "duty", command })?.code ?? null;

describe("life of an incident", () => {
  it("goes from monitoring to the close, and every entry stays", () => {
    const log = logOf(open(), ...INCIDENT_PHASES.slice(1).map((phase) => moveTo(phase)));
    expect(log.incidents.get("I1")).toMatchObject({
      phase: "close",
      openedMs: T0,
      closedMs: T0 + 60_000,
      alertIds: ["a"],
    });
    expect(log.entries).toHaveLength(7);
    expect(log.entries.map(({ actor }) => actor)).toEqual(Array(7).fill("duty"));
  });

  it("refuses every step that its table does not name, and changes nothing then", () => {
    for (const from of INCIDENT_PHASES)
      for (const to of INCIDENT_PHASES) {
        const path =
          from === "monitor"
            ? []
            : from === "verify"
              ? ["verify"]
              : from === "respond"
                ? ["verify", "consult", "respond"]
                : ["verify", from];
        const log = logOf(open(), ...path.map((phase) => moveTo(phase as IncidentPhase)));
        const before = log.hash();
        const isAllowed = NEXT_PHASES[from].includes(to);
        expect(code(log, moveTo(to)), `${from} to ${to}`).toBe(isAllowed ? null : "incident.phase");
        if (isAllowed) continue;
        expect(() => log.run(moveTo(to), "duty", T0)).toThrow(/cannot go/);
        expect([log.hash(), log.entries.length]).toEqual([before, path.length + 1]);
      }
  });

  it("keeps warning level and response level apart", () => {
    const log = logOf(
      open(),
      { type: "incident.setResponseLevel", incidentId: "I1", level: 4 },
      { type: "incident.setWarningLevel", incidentId: "I1", level: 1 },
    );
    expect(log.incidents.get("I1")).toMatchObject({ warningLevel: 1, responseLevel: 4 });
    log.run({ type: "incident.setWarningLevel", incidentId: "I1", level: null }, "duty", T0 + 60_000);
    expect(log.incidents.get("I1")).toMatchObject({ warningLevel: null, responseLevel: 4 });
  });

  it("the first to acknowledge has; alerts and CAP messages are attached once; notes keep who and when", () => {
    const ack: IncidentCommand = { type: "incident.acknowledge", incidentId: "I1" };
    const cap: IncidentCommand = { type: "incident.recordCap", incidentId: "I1", capKey: "s,1" };
    const log = logOf(
      open(),
      ack,
      ack,
      { type: "incident.attachAlert", incidentId: "I1", alertId: "b" },
      { type: "incident.attachAlert", incidentId: "I1", alertId: "b" },
      cap,
      cap,
      { type: "incident.assign", incidentId: "I1", assignee: "排水一队" },
      { type: "incident.note", incidentId: "I1", text: "<b>水</b>" },
    );
    expect(log.incidents.get("I1")).toMatchObject({
      acknowledged: { by: "duty", atMs: T0 + 10_000 },
      alertIds: ["a", "b"],
      issued: ["s,1"],
      assignee: "排水一队",
      notes: [{ by: "duty", atMs: T0 + 80_000, text: "<b>水</b>" }],
    });
  });

  it.each<[IncidentCommand, string]>([
    [open(), "incident.exists"],
    [moveTo("verify", "I9"), "incident.unknown"],
    [{ type: "incident.note", incidentId: "I1", text: "  " }, "incident.text"],
    [{ type: "incident.note", incidentId: "I1", text: "x".repeat(4001) }, "incident.text"],
  ])("refuses %j", (command, expected) => {
    expect(code(logOf(open()), command)).toBe(expected);
  });

  it("closed, it takes notes only; opened again, it waits to be acknowledged anew", () => {
    const ack: IncidentCommand = { type: "incident.acknowledge", incidentId: "I1" };
    const log = logOf(open(), ack, moveTo("close"));
    expect(code(log, ack)).toBe("incident.closed");
    expect(code(log, { type: "incident.note", incidentId: "I1", text: "复盘" })).toBeNull();
    log.run(moveTo("verify"), "duty", T0 + 90_000);
    expect(log.incidents.get("I1")).toMatchObject({
      phase: "verify",
      closedMs: null,
      acknowledged: null,
      waitingSinceMs: T0 + 90_000,
    });
  });
});

describe("escalation", () => {
  it("passes on what nobody acknowledges, each time after the same wait, up to the top", () => {
    const log = logOf(open());
    expect(log.escalate(T0 + 59_999, policy)).toEqual([]);
    expect(log.escalate(T0 + 60_000, policy)).toMatchObject([{ actor: "system", timeMs: T0 + 60_000 }]);
    expect(log.escalate(T0 + 60_000, policy)).toEqual([]);
    for (let s = 60; s < 600; s += 10) log.escalate(T0 + s * 1000, policy);
    expect(log.incidents.get("I1")!.escalation).toBe(3);
  });

  it("stops with an acknowledgement; two pages write the same entry", () => {
    const log = logOf(open());
    const other = new IncidentLog(log.entries);
    const [mine, theirs] = [log.escalate(T0 + 70_000, policy), other.escalate(T0 + 75_000, policy)];
    expect(mine).toEqual(theirs);
    for (const entry of theirs) expect(log.append(entry)).toBeNull();
    log.run({ type: "incident.acknowledge", incidentId: "I1" }, "duty", T0 + 80_000);
    expect(log.escalate(T0 + 600_000, policy)).toEqual([]);
    expect(waitingIncidents(log.incidents)).toEqual([]);
  });

  it("what waits longest at the highest rung comes first", () => {
    const log = logOf(open("I1"), open("I2"), {
      type: "incident.setWarningLevel",
      incidentId: "I2",
      level: 1,
    });
    expect(waitingIncidents(log.incidents).map(({ id }) => id)).toEqual(["I2", "I1"]);
    log.escalate(T0 + 60_000, policy);
    expect(waitingIncidents(log.incidents).map(({ id }) => id)).toEqual(["I1", "I2"]);
  });
});

describe("the log", () => {
  const long = () => {
    const log = new IncidentLog();
    for (let i = 0; i < 20; i++) {
      log.run(open(`I${i}`), "duty", T0 + i * 1000);
      if (i % 2 === 0) log.run(moveTo("verify", `I${i}`), "chief", T0 + i * 1000);
      if (i % 3 === 0)
        log.run({ type: "incident.note", incidentId: `I${i}`, text: `note ${i}` }, "duty", T0 + i * 1000);
      log.escalate(T0 + i * 1000, { afterS: 5, most: 2 });
    }
    return log;
  };

  it("replays to the same hash, from JSON too, and an entry less gives another", () => {
    const log = long();
    const stored = JSON.parse(JSON.stringify(log.entries)) as IncidentEntry[];
    expect(new IncidentLog(stored).hash()).toBe(log.hash());
    expect(new IncidentLog(stored.slice(0, -1)).hash()).not.toBe(log.hash());
    expect(new IncidentLog([...stored, ...stored]).hash()).toBe(log.hash());
  });

  it("shows the state as it was", () => {
    const whole = long();
    const early = new IncidentLog();
    for (const entry of whole.entries) if (entry.timeMs <= T0 + 7000) early.append(entry);
    expect(whole.at(T0 + 7000).hash()).toBe(early.hash());
    expect(whole.at(T0 - 1).incidents.size).toBe(0);
  });

  it("old states stay as they were", () => {
    const log = logOf(open());
    const before = log.incidents;
    const copy = structuredClone(before);
    log.run(moveTo("verify"), "duty", T0 + 1);
    expect(before).toEqual(copy);
    expect(
      applyIncidentEntry(before, { id: "x", timeMs: T0, actor: "d", command: moveTo("verify") }),
    ).not.toBe(before);
  });

  it("time never runs backwards, and a damaged log names its entry", () => {
    const log = logOf(open(), moveTo("verify"));
    expect(log.run(moveTo("consult"), "duty", T0 - 5000).timeMs).toBe(T0 + 10_000);
    expect(() => new IncidentLog(log.entries.slice(1))).toThrow(/damaged at entry 1/);
  });
});
