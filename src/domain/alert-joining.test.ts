import { describe, expect, it } from "vitest";
import { distanceToArea, joiningsOf } from "./alert-joining.ts";
import type { Incident, IncidentCommand } from "./incident.ts";
import { areaOfIncident } from "./incident-opening.ts";
import { applyIncidentEntry } from "./incident-reducer.ts";
import { alertOf, warningOf } from "./twin-log.fixture.ts";

const title = { zh: "水", en: "Water" };
const HERE = { longitudeDeg: 123, latitudeDeg: 41 };
const open = { type: "incident.open", incidentId: "I", title } as const;
const area = { polygons: [], circles: [{ ...HERE, radius: 300 }] };
const incidentAfter = (...commands: IncidentCommand[]): Incident =>
  commands
    .reduce(
      (incidents, command, at) =>
        applyIncidentEntry(incidents, { id: `e${at}`, timeMs: at, actor: "x", command }),
      new Map<string, Incident>() as ReadonlyMap<string, Incident>,
    )
    .get("I")!;
const ofRule = { ...open, alertIds: ["a"], origin: { kind: "rule", id: "rule" }, area } as const;
const alert = (id: string, longitudeDeg: number, ruleId = "rule") => ({
  ...alertOf(id),
  ruleId,
  longitudeDeg,
});
const placeOf = () => null;
const join = (incident: Incident, alerts: ReturnType<typeof alert>[], policy = { withinM: 500 }) =>
  joiningsOf([incident], { alerts, warnings: [], placeOf }, policy);

describe("alerts that join", () => {
  it("are of the rule, inside or near, and not there yet; those outside add to the area", () => {
    // a hundredth of a degree is 840 m here
    const alerts = [alert("a", 123), alert("in", 123.001), alert("near", 123.008), alert("far", 123.02)];
    const [joining, ...others] = join(incidentAfter(ofRule), [...alerts, alert("other", 123, "else")]);
    expect(others).toEqual([]);
    expect(joining).toMatchObject({ incidentId: "I", alertIds: ["in", "near"], reason: "rule" });
    expect(joining!.area?.circles.map(({ longitudeDeg }) => longitudeDeg)).toEqual([123.008]);
  });

  it("come from rules of a chain where the policy says so", () => {
    const alerts = [alert("b", 123, "rain")];
    expect(join(incidentAfter(ofRule), alerts)).toEqual([]);
    const policy = { withinM: 500, chains: [["rain", "rule"]] };
    expect(join(incidentAfter(ofRule), alerts, policy)).toMatchObject([{ alertIds: ["b"], reason: "chain" }]);
  });

  it("do not join what is closed, nor what they were taken out of", () => {
    const closed = incidentAfter(ofRule, { type: "incident.moveTo", incidentId: "I", phase: "close" });
    expect(join(closed, [alert("b", 123)])).toEqual([]);
    const left = incidentAfter(ofRule, { type: "incident.leaveAlerts", incidentId: "I", alertIds: ["b"] });
    expect(join(left, [alert("b", 123)])).toEqual([]);
  });

  it("bring the update of a warning that the incident names", () => {
    const incident = incidentAfter({ ...open, alertIds: ["W1"], origin: { kind: "warning", id: "W1" } });
    const warnings = [warningOf("W1", 2), { ...warningOf("W2", 1), replaces: ["W1"] }];
    expect(joiningsOf([incident], { alerts: [], warnings, placeOf }, { withinM: 0 })).toMatchObject([
      { alertIds: ["W2"], reason: "update", area: null },
    ]);
  });
});

it("gives an incident the area of what joined it, and takes it away again", () => {
  const joined: IncidentCommand = {
    type: "incident.joinAlerts",
    incidentId: "I",
    alertIds: ["b"],
    reason: "rule",
    title,
    area: { polygons: [], circles: [{ longitudeDeg: 123.01, latitudeDeg: 41, radius: 300 }] },
  };
  const incident = incidentAfter(ofRule, joined);
  expect(areaOfIncident(incident, [])?.circles).toHaveLength(2);
  const left = incidentAfter(ofRule, joined, {
    type: "incident.leaveAlerts",
    incidentId: "I",
    alertIds: ["b"],
  });
  expect(areaOfIncident(left, [])).toEqual(area);
});

it("measures to circles and to the edges of polygons", () => {
  const square = [
    [123, 41],
    [123.01, 41],
    [123.01, 41.01],
    [123, 41.01],
  ] as const;
  const polygon = { polygons: [square], circles: [] };
  expect(distanceToArea({ longitudeDeg: 123.005, latitudeDeg: 41.005 }, polygon)).toBe(0);
  expect(distanceToArea({ longitudeDeg: 123.005, latitudeDeg: 41.02 }, polygon)).toBeCloseTo(1111, -1);
  expect(distanceToArea({ longitudeDeg: 123.01, latitudeDeg: 41 }, area)).toBeCloseTo(541, -1);
});
