import { describe, expect, it } from "vitest";
import type { Incident } from "../../domain/incident.ts";
import type { FeedStatus, Sensor, Warning, WarningLevel } from "../../domain/risk.ts";
import type { Situation } from "../../domain/situation.ts";
import type { CapOutboxItem } from "../../state/duty-stores.ts";
import { wallViews } from "../wall/wall-views.ts";
import { waitingForMe, worstNow } from "./glance.ts";

const text = { zh: "文", en: "text" };
const circle = { longitudeDeg: 123.4, latitudeDeg: 41.8, radius: 3000 };
const warning = (id: string, level: WarningLevel): Warning =>
  ({ id, level, headline: text, areaDesc: text, sentMs: 0, polygons: [], circles: [circle] }) as never;
const group = (id: string, level: WarningLevel, ...sensorIds: string[]): Situation["groups"][number] =>
  ({
    rule: { id, title: text, level },
    alerts: sensorIds.map((sensor) => ({
      id: `${id}/${sensor}`,
      sensorIds: [sensor],
      longitudeDeg: 1,
      latitudeDeg: 2,
    })),
    count: sensorIds.length,
    lastMs: 0,
  }) as never;
const incident = (id: string, part: Partial<Incident> = {}): Incident =>
  ({
    id,
    title: text,
    phase: "monitor",
    alertIds: [],
    origin: { kind: "person" },
    acknowledged: null,
    warningLevel: 2,
    escalation: 0,
    openedMs: 0,
    area: null,
    ...part,
  }) as never;
const sensorOf = (id: string) => ({ id, name: { zh: `站${id}`, en: `Station ${id}` } }) as Sensor;
const feed = (state: FeedStatus["state"]) => ({ id: "f", title: text, state, lastMessageMs: null }) as never;
const worst = (situation: Partial<Situation>) =>
  worstNow({ warnings: [], groups: [], incidents: [], feeds: [], ...situation }, sensorOf);

describe("worstNow", () => {
  it("puts the worst first, incidents before warnings of their level, a lost feed after orange", () => {
    const lines = worst({
      warnings: [warning("y", 3), warning("r", 1), warning("o", 2)],
      incidents: [incident("I")],
      feeds: [feed("lost")],
    });
    expect(lines.map(({ id }) => id)).toEqual(["w/r", "i/I", "w/o", "f/f", "w/y"]);
  });

  it("an incident stands for its warnings and alerts", () => {
    const lines = worst({
      warnings: [warning("w", 1)],
      groups: [group("deep", 2, "A", "B"), group("own", 2, "C")],
      incidents: [
        incident("I", { alertIds: ["w", "deep/A", "deep/B"] }),
        incident("J", { origin: { kind: "rule", id: "own" } }),
        incident("K", { phase: "close", alertIds: ["deep/A"] }),
      ],
    });
    expect(lines.map(({ id }) => id)).toEqual(["i/I", "i/J"]);
  });

  it("says where: two names and how many there are", () => {
    const [line] = worst({ groups: [group("deep", 2, "A", "B", "C")] });
    expect(line?.where).toEqual({ zh: "站A、站B 等 3 处", en: "Station A, Station B and 1 more" });
  });
});

it("what waits: the most often passed on first; what is being sent does not wait", () => {
  const item = (state: CapOutboxItem["state"]) => ({ state }) as CapOutboxItem;
  const list = [
    incident("blue", { warningLevel: 4 }),
    incident("red", { warningLevel: 1 }),
    incident("passed", { warningLevel: 4, escalation: 2 }),
    incident("seen", { acknowledged: { by: "x", atMs: 0 } }),
    incident("closed", { phase: "close" }),
  ];
  const waiting = waitingForMe(list, [item("waiting"), item("sending"), item("refused")]);
  expect(waiting.incidents.map(({ id }) => id)).toEqual(["passed", "red", "blue"]);
  expect(waiting.unsent.map(({ state }) => state)).toEqual(["waiting", "refused"]);
});

it("the wall goes from home to the worst places and cuts where motion is not wanted", () => {
  const known = { warnings: [warning("w", 1)], groups: [group("deep", 2, "A")] as never, incidents: [] };
  const lines = worst({ ...known, feeds: [feed("lost")] });
  const views = wallViews(lines, known, false);
  expect(views.map(({ key }) => key)).toEqual([null, "w/w", "a/deep"]);
  expect(views[1]!.command).toMatchObject({ type: "fly-to", longitudeDeg: 123.4, durationS: 6 });
  expect(
    wallViews(lines, known, true).map(({ command }) => "durationS" in command && command.durationS),
  ).toEqual([0, 0, 0]);
});
