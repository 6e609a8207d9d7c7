import Pbf from "pbf";
import { describe, expect, it } from "vitest";
import { FakeClock, fakeFetch, listen, settle } from "./fake-http.fixture.ts";
import { feedMessage, vehicle } from "./gtfs.fixture.ts";
import { GtfsRealtimeAdapter } from "./gtfs-http.ts";
import { decodeVehicles } from "./gtfs-realtime.ts";

const AT_S = 1_780_000_000;

describe("decodeVehicles", () => {
  it("reads what the specification names, and nothing else", () => {
    const feed = decodeVehicles(
      feedMessage({ timestampS: AT_S }, [
        vehicle("e1", {
          lat: 41.8,
          lon: 123.4,
          bearing: 90,
          speed: 10,
          vehicleId: "bus-1",
          label: "辽A 12345",
          route: "216",
          timeS: AT_S - 5,
        }),
        { id: "trip", tripUpdate: true },
        { id: "alert", alert: true },
        vehicle("e2", { lat: -33.5, lon: -70.25 }),
        { ...vehicle("gone", { lat: 1, lon: 1 }), isDeleted: true },
      ]),
    );
    expect(feed).toMatchObject({ version: "2.0", isFull: true, timeMs: AT_S * 1000, others: 3, issues: [] });
    expect(feed.vehicles).toHaveLength(2);
    const [first, second] = feed.vehicles;
    expect(first).toMatchObject({
      entityId: "e1",
      vehicleId: "bus-1",
      label: "辽A 12345",
      routeId: "216",
      bearingDeg: 90,
      speed: 10,
      timeMs: (AT_S - 5) * 1000,
    });
    expect(first!.longitudeDeg).toBeCloseTo(123.4, 4);
    expect(second).toMatchObject({ vehicleId: "", longitudeDeg: -70.25, latitudeDeg: -33.5, timeMs: null });
    expect(second!.speed).toBeNaN();
  });

  it("reads bytes that lie inside a larger buffer", () => {
    const whole = feedMessage({}, [vehicle("e1", { lat: 41.5, lon: 123.5 })]);
    const inside = new Uint8Array(whole.length + 7);
    inside.set(whole, 5);
    expect(decodeVehicles(inside.subarray(5, 5 + whole.length)).vehicles[0]).toMatchObject({
      longitudeDeg: 123.5,
    });
  });

  it.each([
    ["outside the Earth", vehicle("bad", { lat: 91, lon: 10 }), "outside the Earth"],
    ["a longitude of 200", vehicle("bad", { lat: 1, lon: 200 }), "outside the Earth"],
    ["NaN", vehicle("bad", { lat: Number.NaN, lon: 10 }), "outside the Earth"],
    ["no position", { id: "bad", vehicle: {} }, "no position"],
    ["no id", vehicle("", { lat: 1, lon: 1 }), "has no id"],
    ["latitude as a double", vehicle("bad", { lat: 1, lon: 1, asDouble: true }), "outside the Earth"],
    ["a vehicle as a number", { id: "bad", vehicleAsNumber: 7 }, "wrong type"],
  ] as const)("lists an entity with %s and keeps the others", (_name, bad, words) => {
    const feed = decodeVehicles(
      feedMessage({}, [vehicle("a", { lat: 1, lon: 1 }), bad, vehicle("b", { lat: 2, lon: 2 })]),
    );
    expect(feed.vehicles.map(({ entityId }) => entityId)).toEqual(["a", "b"]);
    expect(feed.issues).toEqual([expect.stringContaining(words)]);
  });

  it("drops bearings and speeds that cannot be", () => {
    const [one] = decodeVehicles(
      feedMessage({}, [vehicle("a", { lat: 1, lon: 1, bearing: 720, speed: -3 })]),
    ).vehicles;
    expect([one!.bearingDeg, one!.speed]).toEqual([Number.NaN, Number.NaN]);
  });

  it("wants a header", () => {
    expect(() => decodeVehicles(feedMessage(null, [vehicle("a", { lat: 1, lon: 1 })]))).toThrow(/header/);
    expect(() => decodeVehicles(new Uint8Array())).toThrow(/header/);
    expect(() => decodeVehicles(new TextEncoder().encode("<html>Not found</html>"))).toThrow(/header/);
  });

  it("cut anywhere it keeps what was whole before, or says that nothing was", () => {
    const whole = feedMessage(
      { timestampS: AT_S },
      Array.from({ length: 20 }, (_, i) => vehicle(`e${i}`, { lat: i, lon: i, vehicleId: `v${i}` })),
    );
    let before = 0;
    for (let length = 0; length < whole.length; length++) {
      let count = 0;
      try {
        const { vehicles, issues } = decodeVehicles(whole.slice(0, length));
        count = vehicles.length;
        expect(issues.length).toBeLessThanOrEqual(1);
      } catch (error) {
        expect(error).toMatchObject({ code: "feed.gtfs" });
      }
      expect(count).toBeGreaterThanOrEqual(before);
      before = count;
    }
    expect(before).toBeGreaterThanOrEqual(19);
  });

  it("an unknown field of any type is stepped over", () => {
    const pbf = new Pbf();
    pbf.writeBytesField(1, feedMessage({}, []).subarray(2));
    pbf.writeDoubleField(90, 1);
    pbf.writeFixed32Field(91, 7);
    pbf.writeVarintField(92, 2 ** 40);
    pbf.writeStringField(93, "x");
    expect(decodeVehicles(pbf.finish())).toMatchObject({ issues: [], version: "2.0" });
  });
});

describe("GtfsRealtimeAdapter", () => {
  const open = (answers: readonly Uint8Array[]) => {
    const clock = new FakeClock();
    let turn = 0;
    const { fetch } = fakeFetch(() => answers[Math.min(turn++, answers.length - 1)]);
    const context = { url: "https://bus.example/vehicles.pb", credentials: null, clock, fetch };
    return { clock, ...listen(new GtfsRealtimeAdapter(context, { intervalS: 10, kind: "bus" })) };
  };
  const bus = (id: string, lat: number) =>
    vehicle(id, { lat, lon: 123.4, vehicleId: id, speed: 10, bearing: 45 });

  it("gives sensors that move, with their speed in km/h", async () => {
    const { log } = open([feedMessage({ timestampS: AT_S }, [bus("a", 41.8)])]);
    await settle();
    const [points, roll] = log.messages;
    expect(points).toMatchObject({
      kind: "points",
      sensors: [{ key: "a", sensor: { kind: "bus", unit: "km/h", isMoving: true } }],
      observations: [{ key: "a", timeMs: AT_S * 1000, value: 36 }],
      moves: [{ key: "a", headingDeg: 45, height: 0 }],
    });
    expect(roll).toEqual({ kind: "roll", keys: new Set(["a"]) });
  });

  it("keeps a vehicle that may be among bad records for five answers, and no longer", async () => {
    const bad = vehicle("x", { lat: 99, lon: 0 });
    const both = feedMessage({}, [bus("a", 41), bus("b", 42)]);
    const { clock, log } = open([
      both,
      ...Array.from({ length: 9 }, () => feedMessage({}, [bus("a", 41), bad])),
    ]);
    const rolls: number[] = [];
    for (let n = 0; n < 7; n++) {
      await settle();
      rolls.push((log.messages.at(-1) as { keys: ReadonlySet<string> }).keys.size);
      clock.pass(10_000);
    }
    expect(rolls).toEqual([2, 2, 2, 2, 2, 1, 1]);
  });

  it("is lost, not live, when the answer is a web page", async () => {
    const { log } = open([new TextEncoder().encode("<html>")]);
    await settle();
    expect(log.opened).toEqual([]);
    expect(log.closed).toMatchObject([{ refused: false, reason: expect.stringContaining("GTFS") }]);
  });
});
