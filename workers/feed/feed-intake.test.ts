import { expect, it } from "vitest";
import { readMessage } from "../../src/feed/payload.ts";
import type { Points } from "../../src/feed/sensorthings.ts";
import { FeedIntake } from "./feed-intake.ts";

const config = {
  id: "hub",
  title: { zh: "汇", en: "Hub" },
  protocol: "mqtt",
  url: "/mqtt",
  topics: ["t"],
  provenance: { kind: "SIMULATED", source: "test" },
  lateAfterS: 5,
  staleAfterS: 30,
} as const;
const say = (intake: FeedIntake, json: unknown, nowMs: number): void =>
  intake.take("t", () => readMessage("t", new TextEncoder().encode(JSON.stringify(json))), nowMs);
const bus = (longitudeDeg: number, timeMs: number): Points => ({
  kind: "points",
  sensors: [
    {
      key: "b",
      sensor: {
        id: "b",
        datastreamId: -1,
        name: { zh: "车", en: "Bus" },
        kind: "bus",
        unit: "km/h",
        longitudeDeg,
        latitudeDeg: 41,
        height: 0,
        isMoving: true,
      },
    },
  ],
  observations: [{ key: "b", timeMs, value: 30 }],
  moves: [{ key: "b", timeMs, longitudeDeg, latitudeDeg: 41, height: 0, headingDeg: 90 }],
  issues: [],
  isComplete: false,
});

it("counts a silence when it ends, once, from the late threshold on", () => {
  const intake = new FeedIntake(config, {});
  for (const atMs of [0, 4999, 9998, 15_000, 60_000, 60_001]) say(intake, {}, 1e12 + atMs);
  expect(intake.counts(1e12 + 61_000).tally.gaps).toBe(2);
});

it("takes the simulation's clock over, and lists one that is none", () => {
  const intake = new FeedIntake(config, {});
  expect(intake.counts(1e12).clock).toBeUndefined();
  say(intake, { simulation: { paused: true, speed: 10, seed: 3, more: "x" } }, 1e12);
  expect(intake.counts(1e12).clock).toEqual({ paused: true, speed: 10, seed: 3 });
  for (const simulation of [
    {},
    { paused: 1, speed: 1, seed: 1 },
    { paused: true, speed: "10", seed: 1 },
    null,
  ])
    say(intake, { simulation }, 1e12);
  expect(intake.counts(1e12)).toMatchObject({ rejected: 4, clock: { speed: 10 } });
});

it("a thing that moves is described once; its moves tell where it is", () => {
  const intake = new FeedIntake(config, {});
  intake.take("p", () => bus(123, 1e12), 1e12);
  const first = intake.takeChanges(1e12)!;
  expect(first.sensors).toMatchObject([{ id: "b", longitudeDeg: 123, isMoving: true }]);
  expect([...first.moves!.rows]).toEqual([0]);
  intake.take("p", () => bus(124, 1e12 + 5000), 1e12 + 5000);
  const next = intake.takeChanges(1e12 + 5000)!;
  expect(next.sensors).toBeUndefined();
  expect([...next.moves!.positions]).toEqual([124, 41, 0]);
  expect([...next.update!.values]).toEqual([30]);
});
