import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { TwinError } from "../base/errors.ts";
import { parseCap } from "./cap-parser.ts";
import { warningsOfAlert } from "./cap-warnings.ts";
import { readMessage } from "./payload.ts";

const folder = fileURLToPath(new URL("../../../shared/data/cap/", import.meta.url));
const feed = { feedId: "hub", provenance: { kind: "RECORDED", source: "test" } } as const;

const read = (name: string): Uint8Array => new Uint8Array(readFileSync(`${folder}${name}`));

function warnings(bytes: Uint8Array) {
  return warningsOfAlert(parseCap(bytes), feed);
}

function refusal(bytes: Uint8Array): string {
  try {
    parseCap(bytes);
  } catch (error) {
    if (error instanceof TwinError) return error.code;
    throw error;
  }
  return "accepted";
}

/** Every recorded alert that is good, by name. */
function goodAlerts(): [string, Uint8Array][] {
  const bad = ["invalid.cap", "no_optional_fields.cap", "xee.cap"];
  const names = ["google-cap-library", "sahana"].flatMap((set) =>
    readdirSync(`${folder}${set}`).map((name) => `${set}/${name}`),
  );
  const single = [...names, "oasis_cap_amber_alert_example.xml"].filter(
    (name) => !bad.some((end) => name.endsWith(end)),
  );
  const zipped = Object.entries(unzipSync(read("dwd_premium_communeunion_mul.zip")));
  return [...single.map((name): [string, Uint8Array] => [name, read(name)]), ...zipped];
}

describe.runIf(existsSync(folder))("recorded alerts", () => {
  it("are all read, with a place, a time and words in both columns", () => {
    const alerts = goodAlerts();
    expect(alerts.length).toBeGreaterThanOrEqual(20);
    for (const [name, bytes] of alerts) {
      const found = warnings(bytes);
      expect(found.length, name).toBeGreaterThan(0);
      for (const warning of found) {
        expect(warning.event.zh.length * warning.event.en.length, name).toBeGreaterThan(0);
        expect(warning.areaDesc.en, name).not.toBe("");
        expect(Number.isFinite(warning.sentMs), name).toBe(true);
        for (const [lon, lat] of warning.polygons.flat())
          expect(Math.abs(lon) <= 180 && Math.abs(lat) <= 90, name).toBe(true);
      }
    }
  });

  it("DWD: eight languages are one warning; 278 corners of four rings lie in Germany", () => {
    const bundle = unzipSync(read("dwd_premium_communeunion_mul.zip"));
    const rain = Object.values(bundle)
      .map(warnings)
      .find(([first]) => first?.polygons.length === 4)!;
    expect(rain).toHaveLength(1);
    expect(rain[0]).toMatchObject({
      level: 3,
      event: { en: "heavy rain", zh: "heavy rain" },
      status: "Actual",
    });
    expect(rain[0]!.polygons.flat()).toHaveLength(278);
    for (const [lon, lat] of rain[0]!.polygons.flat()) {
      expect(lon).toBeGreaterThan(5.8);
      expect(lon).toBeLessThan(15.1);
      expect(lat).toBeGreaterThan(47.2);
      expect(lat).toBeLessThan(55.1);
    }
  });

  it("Sahana: an exercise says so, and its update names what it updates", () => {
    expect(warnings(read("sahana/Flood.xml"))[0]).toMatchObject({ status: "Exercise", level: 2 });
    const first = parseCap(read("sahana/TropicalCyclone20150806.xml"));
    const second = parseCap(read("sahana/TropicalCyclone20150808.xml"));
    expect(second.msgType).toBe("Update");
    expect(second.references).toHaveLength(1);
    expect(second.references[0]).toContain(first.sender);
  });

  it("Google: circles in metres, Latin-1 names, fr-CA beside en-CA", () => {
    expect(warnings(read("google-cap-library/australia.cap"))[0]!.circles).toHaveLength(1);
    const quake = warnings(read("google-cap-library/earthquake-iso8859-1.cap"))[0]!;
    expect(quake.headline.en).toContain("Usulután");
    expect(parseCap(read("google-cap-library/canada_signed.cap")).infos.map((info) => info.language)).toEqual(
      ["en-CA", "fr-CA"],
    );
  });

  it("reads around what NOAA got wrong and says what", () => {
    const alert = parseCap(read("google-cap-library/noaa_errors.cap"));
    expect(alert.notes).toHaveLength(5);
    expect(alert.infos[0]!.areas[0]!.polygons).toEqual([]);
    expect(alert.infos[0]!.areas[0]!.areaDesc).toBe("Humboldt");
  });

  it.each([
    ["google-cap-library/invalid.cap", "cap.invalid"],
    ["google-cap-library/no_optional_fields.cap", "cap.invalid"],
    ["google-cap-library/xee.cap", "cap.doctype"],
    ["nws_atom_feed_example.xml", "cap.root"],
  ])("refuses %s with %s", (name, code) => {
    expect(refusal(read(name))).toBe(code);
  });

  it("mutilated twins: cut anywhere, each is refused, none hangs or breaks anything else", () => {
    for (const [name, bytes] of goodAlerts().filter(([, content]) => content.length < 20_000))
      for (const share of [0.05, 0.3, 0.5, 0.8, 0.97]) {
        const cut = bytes.slice(0, Math.floor(bytes.length * share));
        expect(() => readMessage(`cap/${name}`, cut), `${name} at ${share}`).toThrow(TwinError);
      }
  });
});
