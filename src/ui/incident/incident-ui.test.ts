import { describe, expect, it } from "vitest";
import {
  INCIDENT_PHASES,
  type Incident,
  type IncidentCommand,
  type IncidentEntry,
  NEXT_PHASES,
} from "../../domain/incident.ts";
import { IncidentLog } from "../../domain/incident-log.ts";
import { lateSentences } from "../../i18n/late-sentences.ts";
import { createTranslator } from "../../i18n/translator.ts";
import { inWords } from "./duration.ts";
import { orderIncidents } from "./incident-order.ts";
import { describeCommand, nameOfActor } from "./log-lines.ts";
import { phaseSteps } from "./phase-steps.ts";
import { placeOfSelection } from "./place-of-selection.ts";
import { waitingOf } from "./waiting.ts";

const zh = createTranslator("zh-CN", lateSentences);
const en = createTranslator("en", lateSentences);

function logOf(...commands: readonly IncidentCommand[]): IncidentLog {
  const log = new IncidentLog();
  for (const [i, command] of commands.entries()) log.run(command, "duty", i * 1000);
  return log;
}
const open = (incidentId: string, warningLevel?: 1 | 2 | 3 | 4): IncidentCommand => ({
  type: "incident.open",
  incidentId,
  title: { zh: "水", en: "water" },
  alertIds: [],
  ...(warningLevel && { warningLevel }),
});
const ack = (incidentId: string): IncidentCommand => ({ type: "incident.acknowledge", incidentId });
const close = (incidentId: string): IncidentCommand => ({
  type: "incident.moveTo",
  incidentId,
  phase: "close",
});
const names = (incidents: readonly Incident[]) => incidents.map(({ id }) => id);

describe("order", () => {
  it("puts what nobody has acknowledged first, then the worst, and closed ones by themselves", () => {
    const { incidents } = logOf(
      open("seen-blue", 4),
      ack("seen-blue"),
      open("seen-red", 1),
      ack("seen-red"),
      open("new-yellow", 3),
      open("new-orange", 2),
      open("shut-1"),
      close("shut-1"),
      open("shut-2"),
      close("shut-2"),
    );
    const order = orderIncidents([...incidents.values()]);
    expect(names(order.open)).toEqual(["new-orange", "new-yellow", "seen-red", "seen-blue"]);
    expect(names(order.closed)).toEqual(["shut-2", "shut-1"]);
    expect(order.waiting).toBe(2);
  });
});

describe("waiting", () => {
  const roles = [
    { zh: "班长", en: "leader" },
    { zh: "领导", en: "director" },
  ];
  const policy = { afterS: 60, most: 3, roles };
  const at = (escalation: number, waitingSinceMs: number) =>
    ({ acknowledged: null, phase: "monitor", escalation, waitingSinceMs }) as const;

  it("counts from the opening, and says who is next and when", () => {
    expect(waitingOf(at(0, 0), policy, 20_000)).toEqual({
      waitedMs: 20_000,
      called: null,
      next: { role: roles[0], inMs: 40_000 },
    });
    expect(waitingOf(at(1, 60_000), policy, 70_000)).toEqual({
      waitedMs: 70_000,
      called: roles[0],
      next: { role: roles[1], inMs: 50_000 },
    });
  });

  it("has nobody above the top, and the last role stands for all steps after it", () => {
    expect(waitingOf(at(2, 0), policy, 0)!.next!.role).toBe(roles[1]);
    expect(waitingOf(at(3, 0), policy, 0)).toMatchObject({ called: roles[1], next: null });
  });

  it("is over with an acknowledgement or the close, and without a policy it only counts", () => {
    expect(waitingOf({ ...at(0, 0), acknowledged: { by: "a", atMs: 0 } }, policy, 9)).toBeNull();
    expect(waitingOf({ ...at(0, 0), phase: "close" }, policy, 9)).toBeNull();
    expect(waitingOf(at(0, 0), undefined, 9)).toEqual({ waitedMs: 9, called: null, next: null });
  });

  it.each([
    [-5, "0 秒", "0 s"],
    [59_999, "59 秒", "59 s"],
    [61_000, "1 分 1 秒", "1 min 1 s"],
    [3_720_000, "1 小时 2 分", "1 h 2 min"],
  ])("tells %d ms as %s", (ms, chinese, english) => {
    expect([inWords(ms, zh), inWords(ms, en)]).toEqual([chinese, english]);
  });
});

describe("phases", () => {
  it("offers exactly what the table allows, and marks where the incident has been", () => {
    for (const phase of INCIDENT_PHASES) {
      const steps = phaseSteps(phase, []);
      expect(
        steps
          .filter(({ state }) => state === "allowed")
          .map((step) => step.phase)
          .sort(),
      ).toEqual([...NEXT_PHASES[phase]].sort());
      expect(steps.filter(({ state }) => state === "now").map((step) => step.phase)).toEqual([phase]);
      expect(steps.filter(({ isNext }) => isNext).length).toBeLessThanOrEqual(1);
    }
    const { entries } = logOf(open("I"), { type: "incident.moveTo", incidentId: "I", phase: "verify" });
    const steps = phaseSteps("verify", entries);
    expect(steps.filter(({ isVisited }) => isVisited).map(({ phase }) => phase)).toEqual([
      "monitor",
      "verify",
    ]);
    expect(steps.find(({ isNext }) => isNext)?.phase).toBe("consult");
  });
});

describe("history", () => {
  const incidentId = "I";
  const did = (command: IncidentEntry["command"]) => [
    describeCommand(command, zh),
    describeCommand(command, en),
  ];

  it("tells the three scales apart: the same figure has three names", () => {
    expect(did({ type: "incident.setWarningLevel", incidentId, level: 4 })).toEqual([
      "预警级别定为蓝色",
      "Set warning level: Blue",
    ]);
    expect(did({ type: "incident.setResponseLevel", incidentId, level: 4 })[0]).toBe("响应级别定为Ⅳ级响应");
    expect(did({ type: "incident.setEventGrade", incidentId, grade: 4 })[0]).toBe("事件等级定为一般");
    expect(did({ type: "incident.setEventGrade", incidentId, grade: null })[1]).toBe(
      "Set event grade: Not set",
    );
  });

  it("shows what people wrote as it is", () => {
    expect(did({ type: "incident.note", incidentId, text: "<b>{name}</b>" })[0]).toBe("备注：<b>{name}</b>");
    expect(did({ type: "incident.assign", incidentId, assignee: null })[0]).toBe("取消指派");
  });

  it("names who did it", () => {
    expect([nameOfActor("system", zh), nameOfActor("unnamed", en), nameOfActor("张三", en)]).toEqual([
      "系统",
      "Unnamed",
      "张三",
    ]);
  });
});

describe("place of the selection", () => {
  const sensor = {
    id: "s",
    datastreamId: 1,
    name: { zh: "站", en: "station" },
    kind: "rain",
    unit: "mm/h",
    longitudeDeg: 123,
    latitudeDeg: 41,
    height: 2,
  };
  it("is a sensor's, a building's, or none", () => {
    const place = { longitudeDeg: 1, latitudeDeg: 2, height: 3 };
    expect(placeOfSelection({ kind: "sensor", sensorId: "s" }, [sensor])).toEqual({
      longitudeDeg: 123,
      latitudeDeg: 41,
    });
    expect(
      placeOfSelection({ kind: "building", layerId: "l", buildingId: "b", attributes: {}, place }, []),
    ).toEqual({ longitudeDeg: 1, latitudeDeg: 2 });
    expect(placeOfSelection({ kind: "sensor", sensorId: "x" }, [sensor])).toBeNull();
    expect(placeOfSelection({ kind: "none" }, [sensor])).toBeNull();
  });
});
