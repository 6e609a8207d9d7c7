import { describe, expect, it } from "vitest";
import type { AlertRule, RuleCondition, RuleLogEntry } from "./alert-rule.ts";
import { type RuleEngine, replayRules } from "./rule-engine.ts";

const T0 = Date.parse("2026-07-22T02:30:00Z");

function rule(when: RuleCondition, part: Partial<AlertRule> = {}): AlertRule {
  return { id: "r", title: { zh: "规则", en: "Rule" }, level: 2, kind: "rain", when, ...part };
}

function sensor(key: string, eastM = 0, kind = "rain"): RuleLogEntry {
  const longitudeDeg = 123.4 + eastM / 83_000;
  return { type: "sensor", sensor: { key, id: `S${key}`, kind, longitudeDeg, latitudeDeg: 41.8 } };
}

const at = (s: number, value: number, key = "1"): RuleLogEntry => ({
  type: "observation",
  key,
  timeMs: T0 + s * 1000,
  value,
});
const tick = (s: number): RuleLogEntry => ({ type: "tick", timeMs: T0 + s * 1000 });

/** Sensor 1 with a value each ten seconds, ticked as it goes. */
function series(values: readonly number[], key = "1"): RuleLogEntry[] {
  return values.flatMap((value, i) => [at(i * 10, value, key), tick(i * 10 + 5)]);
}

/** `[raised, cleared]` in seconds of every alert. */
function spans(engine: RuleEngine): (number | null)[][] {
  return engine
    .alerts()
    .map(({ raisedMs, clearedMs }) => [
      (raisedMs - T0) / 1000,
      clearedMs === null ? null : (clearedMs - T0) / 1000,
    ])
    .sort((a, b) => a[0]! - b[0]!);
}

const above: RuleCondition = {
  type: "threshold",
  direction: "above",
  raise: 30,
  clear: 25,
  holdS: 20,
  clearHoldS: 10,
};

describe("threshold", () => {
  it.each([
    ["holds twenty seconds before it raises", [30, 31, 29, 30, 31, 32], [[50, null]]],
    ["does not flicker between raise and clear", [40, 40, 40, 26, 31, 25, 29], [[20, null]]],
    ["clears only after its own hold", [40, 40, 40, 24, 26, 24, 24], [[20, 60]]],
    [
      "raises anew after it has cleared",
      [40, 40, 40, 0, 0, 40, 40, 40],
      [
        [20, 40],
        [70, null],
      ],
    ],
    ["is not moved by no data", [40, Number.NaN, 40, Number.NaN], [[20, null]]],
    ["stays off below", [29.9, 29.9, 29.9], []],
  ])("%s", (_name, values, expected) => {
    expect(spans(replayRules([rule(above)], [sensor("1"), ...series(values)]))).toEqual(expected);
  });

  it("works downwards too, and in a moment with a hold of 0", () => {
    const below = rule({ type: "threshold", direction: "below", raise: 10, clear: 12, holdS: 0 });
    expect(spans(replayRules([below], [sensor("1"), ...series([11, 10, 12, 12.1])]))).toEqual([[10, 30]]);
  });

  it("keeps the observations that raised it, and says whom it is about", () => {
    const [alert] = replayRules([rule(above)], [sensor("1"), ...series([31, 32, 33, 99])]).alerts();
    expect(alert).toMatchObject({
      id: `r/S1/${T0 + 20_000}`,
      level: 2,
      subject: "S1",
      sensorIds: ["S1"],
      longitudeDeg: 123.4,
      evidence: [31, 32, 33].map((value, i) => ({ sensorId: "S1", timeMs: T0 + i * 10_000, value })),
    });
  });

  it("is blind to other kinds and to what lies outside its area", () => {
    const area = [
      [123.3, 41.7],
      [123.41, 41.7],
      [123.41, 41.9],
      [123.3, 41.9],
    ] as const;
    const rules = [rule({ ...above, holdS: 0 } as RuleCondition, { area })];
    const log = [
      sensor("1"),
      sensor("2", 5000),
      sensor("3", 0, "river"),
      at(0, 99),
      at(0, 99, "2"),
      at(0, 99, "3"),
      tick(5),
    ];
    expect(
      replayRules(rules, log)
        .alerts()
        .map(({ subject }) => subject),
    ).toEqual(["S1"]);
  });
});

describe("rate of change", () => {
  const rising = rule({ type: "rate", direction: "rising", perHour: 6, clearPerHour: 3, overS: 60 });
  it("measures over its window, not between two neighbours", () => {
    const slow = Array.from({ length: 12 }, (_, i) => i * 0.015);
    expect(spans(replayRules([rising], [sensor("1"), ...series(slow)]))).toEqual([]);
    const spike = [0, 0, 0, 0, 0.04, 0, 0, 0];
    expect(spans(replayRules([rising], [sensor("1"), ...series(spike)]))).toEqual([]);
  });
  it("raises when the rise is steep and clears when it flattens", () => {
    const values = [0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.12, 0.12, 0.12, 0.12, 0.12];
    const engine = replayRules([rising], [sensor("1"), ...series(values)]);
    expect(spans(engine)).toEqual([[30, 100]]);
    expect(engine.alerts()[0]!.evidence).toHaveLength(4);
  });
});

describe("absence", () => {
  it("raises for a silent sensor and clears with its next word", () => {
    const engine = replayRules([rule({ type: "absence", silentS: 30 })], [sensor("1"), sensor("2"), tick(0)]);
    for (let s = 1; s <= 60; s++) {
      engine.apply(at(s, 1, "1"));
      if (s === 50) engine.apply(at(s, 1, "2"));
      engine.apply(tick(s));
    }
    expect(engine.alerts().map(({ subject }) => subject)).toEqual(["S2"]);
    expect(spans(engine)).toEqual([[30, 50]]);
    expect(engine.alerts()[0]!.evidence).toEqual([]);
  });
  it("raises one alert for a kind when a share of it is silent", () => {
    const engine = replayRules(
      [rule({ type: "absence", silentS: 30, share: 0.5 })],
      [sensor("1"), sensor("2"), sensor("3"), tick(0)],
    );
    for (let s = 1; s <= 40; s++) {
      engine.apply(at(s, 1, "1"));
      engine.apply(tick(s));
    }
    expect(engine.alerts()).toMatchObject([
      { subject: "rain", sensorIds: ["S2", "S3"], clearedMs: null, longitudeDeg: null },
    ]);
    engine.apply(at(41, 1, "2"));
    engine.apply(tick(45));
    expect(engine.alerts()[0]!.clearedMs).not.toBeNull();
  });
});

describe("agreement", () => {
  const three = rule({
    type: "agreement",
    direction: "above",
    raise: 50,
    clear: 40,
    holdS: 0,
    count: 3,
    radius: 1000,
    withinS: 60,
  });
  const four = ["1", "2", "3", "4"].map((key, i) => sensor(key, i * 400));
  it("wants several sensors, near one another, at about the same time", () => {
    const far = [
      sensor("1"),
      sensor("2", 400),
      sensor("3", 5000),
      at(0, 60),
      at(0, 60, "2"),
      at(0, 60, "3"),
      tick(5),
    ];
    expect(replayRules([three], far).alerts()).toEqual([]);
    const old = [...four, at(0, 60), tick(5), at(100, 60, "2"), at(100, 60, "3"), tick(105)];
    expect(replayRules([three], old).alerts()).toEqual([]);
    const good = [...four, at(0, 60), at(1, 61, "2"), at(2, 62, "3"), tick(5)];
    expect(replayRules([three], good).alerts()).toMatchObject([
      {
        subject: "S3",
        sensorIds: ["S1", "S2", "S3"],
        evidence: [{ value: 60 }, { value: 61 }, { value: 62 }],
      },
    ]);
  });
  it("is one alert for the group, whoever joins, and ends when too few are left", () => {
    const engine = replayRules(
      [three],
      [...four, at(0, 60), at(1, 60, "2"), at(2, 60, "3"), at(3, 60, "4"), at(10, 70), tick(15)],
    );
    expect(engine.alerts()).toHaveLength(1);
    for (const entry of [at(20, 30, "1"), tick(25)]) engine.apply(entry);
    expect(spans(engine)).toEqual([[2, null]]);
    for (const entry of [at(30, 30, "2"), tick(35)]) engine.apply(entry);
    expect(spans(engine)).toEqual([[2, 30]]);
  });
});

describe("replay", () => {
  const rules = [
    rule(above, { id: "a" }),
    rule({ type: "absence", silentS: 40 }, { id: "b" }),
    rule({ type: "rate", direction: "rising", perHour: 100, clearPerHour: 50, overS: 30 }, { id: "c" }),
    rule(
      {
        type: "agreement",
        direction: "above",
        raise: 30,
        clear: 20,
        holdS: 0,
        count: 2,
        radius: 900,
        withinS: 60,
      },
      { id: "d" },
    ),
  ];
  const keys = ["1", "2", "3", "4", "5"];
  const log = [
    ...keys.map((key, i) => sensor(key, i * 500)),
    ...Array.from({ length: 200 }, (_, s) => [
      ...keys
        .filter((_key, i) => (s + i) % 3 !== 0 && (i !== 4 || s < 90))
        .map((key, i) => at(s, 30 + 25 * Math.sin(s / 20 + i), key)),
      tick(s + 1),
    ]).flat(),
  ];

  it("the same log gives the same hash, and the hash sees every difference", () => {
    const engine = replayRules(rules, log);
    expect(new Set(engine.alerts().map(({ ruleId }) => ruleId))).toEqual(new Set(["a", "b", "c", "d"]));
    expect(engine.hash()).toMatch(/^[0-9a-f]{16}$/);
    expect(replayRules(rules, structuredClone(log)).hash()).toBe(engine.hash());
    expect(replayRules(rules, log.slice(0, -1)).hash()).not.toBe(engine.hash());
  });

  it("disorder within two seconds and duplicates change nothing", () => {
    const end = tick(210);
    const engine = replayRules(rules, [...log, end]);
    const shuffled = log.flatMap((entry, i) => (entry.type === "observation" && i % 4 === 0 ? [] : [entry]));
    let moved = 0;
    for (const [i, entry] of log.entries())
      if (entry.type === "observation" && i % 4 === 0) {
        // behind the next tick, and once more
        const next = shuffled.findIndex((one) => one.type === "tick" && one.timeMs > entry.timeMs);
        shuffled.splice(next + 1, 0, entry, entry);
        moved++;
      }
    const other = replayRules(rules, [...shuffled, end]);
    expect(moved).toBeGreaterThan(100);
    expect(other.ignored).toBe(moved);
    expect(other.alerts()).toEqual(engine.alerts());
  });

  it("an observation that comes before its sensor's description is heard", () => {
    const engine = replayRules(
      [rule({ ...above, holdS: 0 } as RuleCondition)],
      [at(0, 99), tick(5), sensor("1"), tick(6)],
    );
    expect(spans(engine)).toEqual([[0, null]]);
  });

  it("a sensor that has gone takes its alerts with it, and is not missed", () => {
    const rules = [
      rule({ ...above, holdS: 0 } as RuleCondition, { id: "a" }),
      rule({ type: "absence", silentS: 30 }, { id: "b" }),
    ];
    const engine = replayRules(rules, [sensor("1"), sensor("2"), at(0, 99), at(0, 99, "2"), tick(5)]);
    expect(engine.alerts()).toHaveLength(2);
    engine.apply({ type: "roll", keys: new Set(["2"]) });
    for (let s = 6; s < 90; s++) engine.apply(tick(s));
    const held = engine.alerts().filter(({ clearedMs }) => clearedMs === null);
    expect(held.map(({ ruleId, subject }) => `${ruleId} ${subject}`)).toEqual(["a S2", "b S2"]);
    expect(engine.alerts()).toHaveLength(3);
  });

  it("what lies ahead waits until its time has come", () => {
    const engine = replayRules(
      [rule({ ...above, holdS: 0 } as RuleCondition)],
      [sensor("1"), at(300, 99), tick(5)],
    );
    expect(engine.alerts()).toEqual([]);
    engine.apply(tick(303));
    expect(spans(engine)).toEqual([[300, null]]);
  });

  it("tells its alerts when they change, and only then", () => {
    const engine = replayRules([rule(above)], [sensor("1"), ...series([40, 40])]);
    expect(engine.takeAlerts()).toBeNull();
    for (const entry of series([40, 40, 40]).slice(4)) engine.apply(entry);
    expect(engine.takeAlerts()).toHaveLength(1);
    expect(engine.takeAlerts()).toBeNull();
  });
});
