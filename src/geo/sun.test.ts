import { describe, expect, it } from "vitest";
import { sunPosition, timeAtSolarHour } from "./sun.ts";

/** Reference values: NREL SPA (pvlib) and astropy, which agree to 0.0004 degrees; times are UTC+8. */
describe("sun", () => {
  it.each([
    ["2001-01-20T09:00:00+08:00", 15.7378, 137.0566],
    ["2001-01-20T12:00:00+08:00", 28.0729, 180.7323],
    ["2026-06-21T12:00:00+08:00", 71.4623, 188.6736],
    ["2026-06-21T16:00:00+08:00", 35.1523, 271.3104],
  ])("stands right over Shenyang at %s", (time, elevation, azimuth) => {
    const sun = sunPosition(123.4315, 41.8057, Date.parse(time));
    expect(Math.abs(sun.elevationDeg - elevation)).toBeLessThan(0.02);
    expect(Math.abs(sun.azimuthDeg - azimuth)).toBeLessThan(0.05);
  });

  it("reproduces the worked example of NREL/TP-560-34302", () => {
    const sun = sunPosition(-105.1786, 39.742476, Date.parse("2003-10-17T12:30:30-07:00"));
    expect(Math.abs(sun.elevationDeg - 39.872046)).toBeLessThan(0.02);
    expect(Math.abs(sun.azimuthDeg - 194.34024)).toBeLessThan(0.02);
    expect(Math.abs(sun.declinationDeg - -9.31434)).toBeLessThan(0.01);
  });

  it("knows true solar noon in Beijing time", () => {
    const day = Date.parse("2001-01-20T10:00:00+08:00");
    expect(sunPosition(123.4315, 41.8, day).equationOfTimeMin).toBeCloseTo(-10.97, 1);
    const shenyang = timeAtSolarHour(123.4315, 12, day);
    expect(Math.abs(shenyang - Date.parse("2001-01-20T11:57:14+08:00"))).toBeLessThan(10_000);
    const dalian = timeAtSolarHour(121.6147, 12, day);
    expect(Math.abs(dalian - Date.parse("2001-01-20T12:04:31+08:00"))).toBeLessThan(10_000);
  });
});
