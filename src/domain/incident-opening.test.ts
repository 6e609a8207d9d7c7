import { describe, expect, it } from "vitest";
import { metersPerDegree } from "../geo/ellipsoid.ts";
import { pointInRing } from "../geo/polygon.ts";
import { areaOfAlerts } from "./alert-area.ts";
import type { AlertRule, RuleAlert, RuleCondition } from "./alert-rule.ts";
import type { Incident } from "./incident.ts";
import { newIncidentId } from "./incident-id.ts";
import { IncidentLog } from "./incident-log.ts";
import { areaOfIncident, openIncidentOf, openingByHand, openingOfAlerts } from "./incident-opening.ts";
import { isOutlineZone, outlineZones } from "./incident-outline.ts";
import type { Zone } from "./response.ts";

const THRESHOLD: RuleCondition = { type: "threshold", direction: "above", raise: 1, clear: 0, holdS: 0 };
const rule = (part: Partial<AlertRule> = {}): AlertRule => ({
  id: "water",
  title: { zh: "积水", en: "Water" },
  level: 2,
  kind: "waterlogging",
  when: THRESHOLD,
  ...part,
});
const alertAt = (longitudeDeg: number | null, latitudeDeg: number | null, id = "a"): RuleAlert => ({
  id,
  ruleId: "water",
  level: 2,
  subject: "s",
  sensorIds: ["s1", "s2"],
  raisedMs: 0,
  clearedMs: null,
  evidence: [],
  longitudeDeg,
  latitudeDeg,
});
const nowhere = () => null;

describe("area of alerts", () => {
  it("is a circle round one place, and one outline round neighbours", async () => {
    const one = (await areaOfAlerts(rule(), [alertAt(123.4, 41.8)], nowhere))!;
    expect(one).toEqual({ polygons: [], circles: [{ longitudeDeg: 123.4, latitudeDeg: 41.8, radius: 300 }] });
    const near = (await areaOfAlerts(rule(), [alertAt(123.4, 41.8), alertAt(123.403, 41.8)], nowhere))!;
    expect([near.polygons.length, near.circles.length]).toEqual([1, 0]);
    const { east } = metersPerDegree(41.8);
    const width =
      Math.max(...near.polygons[0]!.map(([lon]) => lon)) - Math.min(...near.polygons[0]!.map(([lon]) => lon));
    expect(width * east).toBeGreaterThan(600 + 0.003 * east - 20);
    expect(width * east).toBeLessThan(600 + 0.003 * east + 20);
    const apart = (await areaOfAlerts(rule(), [alertAt(123.4, 41.8), alertAt(123.5, 41.8)], nowhere))!;
    expect(apart.polygons).toHaveLength(2);
  });

  it.each([0.003, 0.02])(
    "keeps to forty parts, and every place is inside one (%d degrees apart)",
    async (apart) => {
      const alerts = Array.from({ length: 400 }, (_, i) =>
        alertAt(123.2 + (i % 20) * apart, 41.6 + Math.floor(i / 20) * apart, `a${i}`),
      );
      const { polygons } = (await areaOfAlerts(rule(), alerts, nowhere))!;
      expect(polygons.length).toBeLessThanOrEqual(40);
      for (const { longitudeDeg, latitudeDeg } of alerts)
        expect(polygons.some((ring) => pointInRing(longitudeDeg!, latitudeDeg!, ring))).toBe(true);
    },
  );

  it("takes the sensors' places for an alert without one, then the rule's ring, then none", async () => {
    const places: Readonly<Record<string, { longitudeDeg: number; latitudeDeg: number }>> = {
      s2: { longitudeDeg: 123, latitudeDeg: 41 },
    };
    const silent = [alertAt(null, null)];
    expect((await areaOfAlerts(rule(), silent, (id) => places[id] ?? null))!.circles).toHaveLength(1);
    const ring = [
      [0, 0],
      [1, 0],
      [1, 1],
    ] as const;
    expect(await areaOfAlerts(rule({ area: ring }), silent, nowhere)).toEqual({
      polygons: [ring],
      circles: [],
    });
    expect(await areaOfAlerts(rule(), silent, nowhere)).toBeNull();
  });

  it("reaches as far as the rule itself looks for neighbours", async () => {
    const when: RuleCondition = { ...THRESHOLD, type: "agreement", count: 3, radius: 3000, withinS: 60 };
    expect((await areaOfAlerts(rule({ when }), [alertAt(123, 41)], nowhere))!.circles[0]!.radius).toBe(3000);
  });
});

describe("opening", () => {
  it("names the newest 200 alerts and covers all of them", async () => {
    const alerts = Array.from({ length: 250 }, (_, i) => alertAt(123 + i, 41, `a${i}`));
    const opening = await openingOfAlerts(rule(), alerts, nowhere, null);
    expect(opening.alertIds).toHaveLength(200);
    expect(opening.alertIds[0]).toBe("a0");
    expect(opening).toMatchObject({ warningLevel: 2, origin: { kind: "rule", id: "water" } });
    expect(opening.area!.polygons.length).toBeGreaterThan(0);
  });

  it("finds what is open from the same source, and never what is closed or somebody's own word", () => {
    const one = (id: string, phase: Incident["phase"], origin: Incident["origin"]) => ({ id, phase, origin });
    const origin = { kind: "rule", id: "water" } as const;
    const all = [
      one("1", "close", origin),
      one("2", "monitor", { kind: "warning", id: "water" }),
      one("3", "consult", origin),
    ];
    expect(openIncidentOf(all, origin)?.id).toBe("3");
    expect(openIncidentOf(all.slice(0, 2), origin)).toBeNull();
    expect(openIncidentOf([one("4", "monitor", { kind: "person" })], { kind: "person" })).toBeNull();
  });

  it("is widened by the zones that belong to it", () => {
    const log = new IncidentLog();
    const at = { longitudeDeg: 123, latitudeDeg: 41, radius: 50 };
    log.run({ type: "incident.open", incidentId: "I", ...openingByHand("火情", at) }, "duty", 0);
    log.run({ type: "incident.open", incidentId: "J", ...openingByHand("无处") }, "duty", 0);
    const ring = [
      [0, 0],
      [1, 0],
      [1, 1],
    ] as const;
    const zone = (incidentId: string | null): Zone => ({
      id: "z",
      kind: "evacuation",
      title: { zh: "区", en: "zone" },
      ring,
      incidentId,
      origin: "drawn",
      provenance: { kind: "LIVE", source: "s" },
    });
    const [i, j] = [log.incidents.get("I")!, log.incidents.get("J")!];
    expect(areaOfIncident(i, [zone("J")])).toEqual({ polygons: [], circles: [at] });
    expect(areaOfIncident(i, [zone("I")])).toEqual({ polygons: [ring], circles: [at] });
    expect(areaOfIncident(j, [zone(null)])).toBeNull();
    expect(areaOfIncident(j, [zone("J")])).toEqual({ polygons: [ring], circles: [] });
  });

  it("is drawn where it is, unless a warning draws it already", () => {
    const log = new IncidentLog();
    const at = { longitudeDeg: 123, latitudeDeg: 41, radius: 50 };
    const ring = [
      [0, 0],
      [1, 0],
      [1, 1],
    ] as const;
    const opening = openingByHand("火情", at);
    const area = { ...opening.area!, polygons: [ring] };
    log.run({ type: "incident.open", incidentId: "I", ...opening, area }, "duty", 0);
    const zones = outlineZones(log.incidents.get("I")!);
    expect(zones.map((zone) => [zone.kind, zone.ring.length])).toEqual([
      ["affected", 3],
      ["affected", 64],
    ]);
    expect(zones.every(({ id }) => isOutlineZone(id))).toBe(true);
    expect(isOutlineZone("zone-1")).toBe(false);
    const origin = { kind: "warning", id: "w" } as const;
    expect(outlineZones({ ...log.incidents.get("I")!, origin })).toEqual([]);
  });

  it("gives ids in Beijing time that can be read out", () => {
    const id = newIncidentId("dalian", Date.parse("2026-07-21T18:30:00Z"), new Uint8Array([0, 31, 33, 255]));
    expect(id).toMatch(/^DL-0722-0230-[2-9A-HJ-NP-Z]{4}$/);
    expect(newIncidentId("shenyang", 0)).toMatch(/^SY-0101-0800-/);
  });
});
