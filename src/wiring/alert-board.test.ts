import { describe, expect, it } from "vitest";
import type { AlertRule, RuleAlert } from "../domain/alert-rule.ts";
import type { WarningLevel } from "../domain/risk.ts";
import { AlertBoard } from "./alert-board.ts";

const rule = (id: string, level: WarningLevel): AlertRule => ({
  id,
  title: { zh: id, en: id },
  level,
  kind: "rain",
  when: { type: "threshold", direction: "above", raise: 30, clear: 25, holdS: 0 },
});
const alert = (ruleId: string, n: number, part: Partial<RuleAlert> = {}): RuleAlert => ({
  id: `${ruleId}/s${n}/${n}`,
  ruleId,
  level: 2,
  subject: `s${n}`,
  sensorIds: [`s${n}`],
  raisedMs: 1000 + n,
  clearedMs: null,
  evidence: [{ sensorId: `s${n}`, timeMs: 1000 + n, value: 40 }],
  longitudeDeg: 123,
  latitudeDeg: 41,
  ...part,
});
const many = (ruleId: string, count: number) => Array.from({ length: count }, (_, n) => alert(ruleId, n));

function boardOf(...rules: readonly AlertRule[]): AlertBoard {
  const board = new AlertBoard();
  board.setRules(rules);
  return board;
}

describe("AlertBoard", () => {
  it("tells 185 and 63 alerts as two lines, the worst first, fifty of each with their evidence", () => {
    const board = boardOf(rule("water", 2), rule("river", 1));
    board.put("hub", [...many("water", 185), ...many("river", 63)]);
    const groups = board.groups();
    expect(groups.map(({ rule: { id }, count, alerts }) => [id, count, alerts.length])).toEqual([
      ["river", 63, 50],
      ["water", 185, 50],
    ]);
    expect(groups[1]).toMatchObject({ firstMs: 1000, lastMs: 1184, feedId: "hub" });
    expect(groups[1]!.alerts[0]!.raisedMs).toBe(1184);
    expect(groups[1]!.alerts[0]!.evidence).toHaveLength(1);
  });

  it("puts the newest of one level first", () => {
    const board = boardOf(rule("a", 2), rule("b", 2));
    board.put("hub", [alert("a", 1), alert("b", 2)]);
    expect(board.groups().map((group) => group.rule.id)).toEqual(["b", "a"]);
  });

  it("lets go of what is over, and of a line with its last alert", () => {
    const board = boardOf(rule("water", 2));
    board.put("hub", [alert("water", 1), alert("water", 2, { clearedMs: 5000 })]);
    expect(board.groups()[0]).toMatchObject({ count: 1, lastMs: 1001 });
    board.put("hub", [alert("water", 1, { clearedMs: 6000 })]);
    expect(board.groups()).toEqual([]);
    expect(board.alertsOf("water")).toBeNull();
  });

  it("joins the feeds of a rule, and a feed that ends takes its alerts with it", () => {
    const board = boardOf(rule("water", 2));
    board.put("a", many("water", 3));
    board.put("b", [alert("water", 9)]);
    expect(board.groups()).toHaveLength(1);
    expect(board.groups()[0]).toMatchObject({ count: 4, feedId: "b" });
    board.drop("a");
    expect(board.groups()[0]!.count).toBe(1);
  });

  it("answers every alert of a rule, not only the shown ones, and none of an unknown rule", () => {
    const board = boardOf(rule("water", 2));
    board.put("hub", [...many("water", 185), alert("gone", 1)]);
    expect(board.alertsOf("water")!.alerts).toHaveLength(185);
    expect(board.alertsOf("water")!.alerts[0]!.raisedMs).toBe(1184);
    expect(board.groups()).toHaveLength(1);
  });

  it("says once that something has changed", () => {
    const board = boardOf(rule("water", 2));
    expect(board.takeGroups()).toEqual([]);
    expect(board.takeGroups()).toBeNull();
    for (let n = 0; n < 100; n++) board.put("hub", many("water", n));
    expect(board.takeGroups()![0]!.count).toBe(99);
    expect(board.takeGroups()).toBeNull();
  });
});
