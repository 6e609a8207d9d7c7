import { seededNumbers } from "../geo/seeded.fixture.ts";
import type { RuleAlert } from "./alert-rule.ts";
import type { Unit, Zone } from "./response.ts";
import type { Sensor, Warning } from "./risk.ts";
import type { StormTrack } from "./storm-track.ts";
import type { TwinEvent, TwinEventBody } from "./twin-event.ts";

const text = (word: string) => ({ zh: word, en: word });

export function sensorsOf(count: number, prefix = "S"): Sensor[] {
  return Array.from({ length: count }, (_, row) => ({
    id: `${prefix}-${row}`,
    datastreamId: row,
    name: text(`${prefix}${row}`),
    kind: row % 2 ? "rain" : "level",
    unit: "m",
    longitudeDeg: 123 + row / 1000,
    latitudeDeg: 41,
    height: 2,
  }));
}

export function warningOf(id: string, level: 1 | 2 | 3 | 4, sentMs = 1): Warning {
  const words = text(id);
  return {
    id,
    level,
    event: words,
    headline: words,
    description: words,
    instruction: words,
    areaDesc: words,
    sender: "test",
    status: "Exercise",
    severity: "Severe",
    urgency: "Immediate",
    certainty: "Observed",
    sentMs,
    effectiveMs: sentMs,
    expiresMs: null,
    polygons: [],
    circles: [{ longitudeDeg: 123, latitudeDeg: 41, radius: 100 }],
    provenance: { kind: "SIMULATED", source: "test" },
    feedId: "hub",
  };
}

export function alertOf(id: string, clearedMs: number | null = null): RuleAlert {
  return {
    id,
    ruleId: "rule",
    level: 2,
    subject: "S-1",
    sensorIds: ["S-1"],
    raisedMs: 5,
    clearedMs,
    evidence: [{ sensorId: "S-1", timeMs: 5, value: 3 }],
    longitudeDeg: 123,
    latitudeDeg: 41,
  };
}

export function readingsOf(feedId: string, rows: readonly number[], value: () => number): TwinEventBody {
  return {
    kind: "readings",
    feedId,
    rows: Uint32Array.from(rows),
    values: Float32Array.from(rows, value),
    timesMs: Float64Array.from(rows, () => Math.round(value() * 1e6)),
    levels: Uint8Array.from(rows, () => Math.floor(value() * 5)),
  };
}

export function movesBody(feedId: string, rows: readonly number[], at: number): TwinEventBody {
  return {
    kind: "moves",
    feedId,
    rows: Uint32Array.from(rows),
    positions: Float64Array.from(rows.flatMap((row) => [123 + row / 100 + at / 1e4, 41.8, 1])),
    headingsDeg: Float32Array.from(rows, () => 10 * at),
    timesMs: Float64Array.from(rows, () => 1000 + at),
  };
}

export function unitOf(id: string, change: Partial<Unit> = {}): Unit {
  return {
    id,
    name: text(id),
    kind: "fire",
    status: "ready",
    longitudeDeg: 123,
    latitudeDeg: 41,
    headingDeg: null,
    crew: 4,
    incidentId: null,
    observedAtMs: 7,
    provenance: { kind: "SIMULATED", source: "test" },
    ...change,
  };
}

export function zoneOf(id: string, incidentId: string | null = null): Zone {
  const ring = [
    [123, 41],
    [123.1, 41],
    [123.1, 41.1],
  ] as const;
  const provenance = { kind: "LIVE", source: "test" } as const;
  return { id, kind: "evacuation", title: text(id), ring, incidentId, origin: "drawn", provenance };
}

export function trackOf(id: string, longitudeDeg = 124): StormTrack {
  return {
    id,
    name: text(id),
    points: [
      {
        timeMs: 5,
        longitudeDeg,
        latitudeDeg: 20,
        isForecast: false,
        grade: "typhoon",
        pressureHpa: 950,
        maxWind: null,
        reach30Kn: null,
        reach50Kn: null,
        probableRadius: null,
      },
    ],
    provenance: { kind: "RECORDED", source: "test" },
    feedId: "cap",
  };
}

const HERE = { longitudeDeg: 123.4, latitudeDeg: 41.8 };

/** A log that has everything in it, the same for the same seed. */
export function randomLog(seed: number, length: number, stepMs = 4000): TwinEvent[] {
  const random = seededNumbers(seed);
  const pick = (below: number) => Math.floor(random() * below);
  const feeds = ["hub", "cap"];
  let timeMs = 1_000_000;
  const bodies: (() => TwinEventBody)[] = [
    () => ({ kind: "sensors", feedId: feeds[pick(2)]!, sensors: sensorsOf(1 + pick(12)) }),
    () => ({
      kind: "feed",
      feedId: feeds[pick(2)]!,
      title: text("hub"),
      state: (["live", "lost", "off", "live"] as const)[pick(4)]!,
      ...(pick(4) === 0 && { isFresh: true }),
    }),
    () => ({
      kind: "warnings",
      feedId: "cap",
      put: [warningOf(`W${pick(5)}`, (1 + pick(4)) as 1, pick(9))],
      gone: [`W${pick(5)}`],
    }),
    () => ({ kind: "alert", feedId: "hub", alert: alertOf(`A${pick(5)}`, pick(2) ? null : 9) }),
    () => ({ kind: "scenario", scenario: pick(3) ? "flood" : null, city: pick(2) ? "dalian" : "shenyang" }),
    () => ({ kind: "command", command: { type: "set-look", look: "night" } }),
    () => ({ kind: "command", command: { type: "set-zone", zone: zoneOf(`Z${pick(4)}`, `I${pick(3)}`) } }),
    () => ({ kind: "command", command: { type: "remove-zone", id: `Z${pick(4)}` } }),
    () => ({
      kind: "command",
      command: { type: "dispatch-unit", unitId: `U${pick(4)}`, orderId: `O${pick(99)}`, ...HERE },
    }),
    () => movesBody(feeds[pick(2)]!, [pick(12)], pick(9)),
    () => ({ kind: "tracks", feedId: "cap", tracks: [trackOf("1", 120 + pick(9))] }),
    () => ({
      kind: "units",
      put: [
        unitOf(`U${pick(4)}`, { longitudeDeg: 123 + pick(9) / 10, status: pick(2) ? "moving" : "ready" }),
      ],
      gone: [`U${pick(4)}`],
      ...(pick(6) === 0 && { isAll: true }),
    }),
    () => ({
      kind: "incident",
      command: { type: "incident.open", incidentId: `I${pick(4)}`, title: text("x"), alertIds: [] },
    }),
    () => ({ kind: "incident", command: { type: "incident.acknowledge", incidentId: `I${pick(4)}` } }),
    () => ({
      kind: "incident",
      command: { type: "incident.moveTo", incidentId: `I${pick(4)}`, phase: pick(2) ? "verify" : "close" },
    }),
  ];
  return Array.from({ length }, (_, at) => {
    timeMs += pick(stepMs);
    const isReading = random() < 0.6;
    const rows = [...new Set(Array.from({ length: 1 + pick(6) }, () => pick(14)))];
    const body = isReading ? readingsOf(feeds[pick(2)]!, rows, random) : bodies[pick(bodies.length)]!();
    return { id: `e${at}`, timeMs, actor: "test", ...body };
  });
}
