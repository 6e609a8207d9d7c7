import { describe, expect, it } from "vitest";
import { parsePlace } from "./place-text.ts";

/** Independent values: DOMAIN facts, section 3. */
const SHENYANG = { longitudeDeg: 123.4315, latitudeDeg: 41.8057 };
const near = ({ longitudeDeg, latitudeDeg }: typeof SHENYANG) => ({
  longitudeDeg: expect.closeTo(longitudeDeg, 6),
  latitudeDeg: expect.closeTo(latitudeDeg, 6),
});

describe("parsePlace", () => {
  it.each([
    "123.4315, 41.8057",
    "41.8057，123.4315",
    "123.4315° 41.8057°",
    `41°48'20.52"N 123°25'53.4"E`,
    "东经123°25′53.4″ 北纬41°48′20.52″".replaceAll("东经", "E").replaceAll("北纬", "N"),
    "北41.8057 东123.4315",
    "535858.69, 4630145.72",
    "4630145.72 535858.69",
    "X=4630145.72, Y=535858.69",
    "41535858.69, 4630145.72",
  ])("reads %s", (text) => {
    expect(parsePlace(text, 4550)).toMatchObject(near(SHENYANG));
  });

  it("takes the zone that stands before an easting, else the city's", () => {
    const dalian = { longitudeDeg: 121.644, latitudeDeg: 38.92 };
    expect(parsePlace("642578.21, 4310908.07", 4549)).toMatchObject(near(dalian));
    expect(parsePlace("41382400.10, 4310497.15", 4549)).toMatchObject(near(dalian));
    expect(parsePlace("41382400.10, 4310497.15", 4549)?.crs).toContain("zone 41");
  });

  it.each([
    "",
    "123.43",
    "200, 10",
    "41°70'N 123°E",
    "41N 42N",
    "青年大街 188",
    "1, 2, 3",
    "210102",
    "12345, 67890",
  ])("refuses %s", (text) => {
    expect(parsePlace(text, 4550)).toBeNull();
  });

  it("south and west are negative", () => {
    expect(parsePlace("33.9S 18.4W", 4550)).toEqual({ longitudeDeg: -18.4, latitudeDeg: -33.9 });
  });
});
