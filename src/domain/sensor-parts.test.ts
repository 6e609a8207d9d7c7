import { expect, it } from "vitest";
import { SensorJoin, SensorParts } from "./sensor-parts.ts";
import { sensorsOf } from "./twin-log.fixture.ts";

it("tells what is new in small parts, and puts them together", () => {
  const all = sensorsOf(5000);
  const [parts, join] = [new SensorParts(), new SensorJoin()];
  const tell = (sensors: typeof all) => {
    const told = structuredClone(parts.split(sensors));
    return { told: told.map((one) => one.sensors.length), lists: told.map((one) => join.take(one)) };
  };
  const first = tell(all.slice(0, 4500));
  expect(first).toEqual({ told: [2000, 2000, 500], lists: [null, null, all.slice(0, 4500)] });
  expect(tell(all)).toEqual({ told: [500], lists: [all] });
  const corrected = all.with(3, { ...all[3]!, unit: "cm" });
  expect(tell(corrected)).toEqual({ told: [2000, 2000, 997], lists: [null, null, corrected] });
  expect(tell(all.slice(1, 3))).toEqual({ told: [2], lists: [all.slice(1, 3)] });
  expect(tell([])).toEqual({ told: [0], lists: [[]] });
});
