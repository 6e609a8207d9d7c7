import { expect, it } from "vitest";
import { RateMeter } from "./rate-meter.ts";

const second = (meter: RateMeter, atS: number, messages: number): void => {
  for (let n = 0; n < messages; n++) meter.count(atS * 1000 + n / 1000);
};

it("counts a second with many times the messages of those before as a burst, once", () => {
  const meter = new RateMeter();
  for (let s = 0; s < 20; s++) second(meter, s, 20);
  second(meter, 20, 400);
  expect(meter.bursts).toBe(0);
  second(meter, 21, 20);
  meter.perSecond(22_000);
  expect(meter.bursts).toBe(1);
});

it("neither the first messages nor a few more than before are a burst", () => {
  const meter = new RateMeter();
  second(meter, 0, 5000);
  second(meter, 1, 40);
  for (let s = 2; s < 20; s++) second(meter, s, s === 15 ? 50 : 2);
  expect(meter.bursts).toBe(0);
});

it("follows a clock that was set back", () => {
  const meter = new RateMeter();
  for (let s = 100; s < 110; s++) second(meter, s, 10);
  expect(meter.perSecond(109_900)).toBe(10);
  for (let s = 0; s < 10; s++) second(meter, s, 10);
  expect(meter.perSecond(9900)).toBe(10);
});
