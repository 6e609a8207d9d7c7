import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { MemoryLog } from "../domain/memory-log.ts";
import { momentHash } from "../domain/moment-hash.ts";
import { type IncidentPackage, PACKAGE_FORMAT } from "../domain/package.ts";
import { Tape } from "../domain/tape.ts";
import { randomLog } from "../domain/twin-log.fixture.ts";
import { foldEvents } from "../domain/twin-moment.ts";
import { eventOfLine, lineOfEvent } from "./event-text.ts";
import { readPackage, writePackage } from "./package-file.ts";

const events = randomLog(11, 200);
const packed: IncidentPackage = {
  manifest: {
    format: PACKAGE_FORMAT,
    version: 2,
    title: "<b>洪水</b>",
    city: "shenyang",
    scenario: "flood",
    incidentId: null,
    span: { fromMs: events[0]!.timeMs, toMs: events.at(-1)!.timeMs, entries: events.length },
    hash: momentHash(foldEvents(events)),
    exportedMs: 1,
  },
  events,
  views: [],
};
const zipOf = (files: Record<string, string>) =>
  new Blob([
    new Uint8Array(
      zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))),
    ),
  ]);
const manifestText = (change: object) => JSON.stringify({ ...packed.manifest, ...change });
const lines = events.map(lineOfEvent).join("\n");

describe("a line of the log", () => {
  it("brings back every bit, also NaN and infinities", () => {
    const readings = events.find(({ kind }) => kind === "readings")!;
    const odd = { ...readings, values: Float32Array.of(Number.NaN, -0, 1 / 3), timesMs: new Float64Array(3) };
    const event = { ...odd, rows: Uint32Array.of(0, 1, 4e9), levels: Uint8Array.of(0, 4, 255) };
    expect(eventOfLine(lineOfEvent(event as never))).toEqual(event);
    for (const one of events) expect(eventOfLine(lineOfEvent(one))).toEqual(one);
  });
});

describe("an incident package", () => {
  it("comes back as it went, with the hash that it says", async () => {
    const back = await readPackage(await writePackage(packed));
    expect(back).toEqual({ ...packed, skipped: 0 });
    const moment = await new Tape(new MemoryLog(back.events)).at(back.manifest.span.toMs);
    expect(momentHash(moment)).toBe(back.manifest.hash);
  });

  it("passes over entries that it does not know, and counts them", async () => {
    const file = zipOf({
      "manifest.json": manifestText({}),
      "events.ndjson": `${lines}\n{"kind":"dream","id":"x","timeMs":1,"actor":"y"}\n{"kind":\n`,
      "extra.html": "<script>alert(1)</script>",
    });
    expect(await readPackage(file)).toMatchObject({ skipped: 2, views: [], events });
  });

  it.each([
    ["not a zip", new Blob(["hello"]), "package.not-zip"],
    ["an empty file", new Blob([]), "package.not-zip"],
    ["another zip", zipOf({ "a.txt": "x" }), "package.foreign"],
    ["a newer version", zipOf({ "manifest.json": manifestText({ version: 3 }) }), "package.version"],
    ["no entries", zipOf({ "manifest.json": manifestText({}) }), "package.damaged"],
    ["no span", zipOf({ "manifest.json": manifestText({ span: null }) }), "package.damaged"],
    ["broken JSON", zipOf({ "manifest.json": "{" }), "package.damaged"],
    [
      "fewer entries than it says",
      zipOf({ "manifest.json": manifestText({}), "events.ndjson": lines.slice(0, 500) }),
      "package.damaged",
    ],
  ])("refuses %s", async (_name, file, code) => {
    await expect(readPackage(file)).rejects.toMatchObject({ code });
  });

  it("refuses one that ends too early, wherever it was cut", async () => {
    const whole = await writePackage(packed);
    for (const share of [0.2, 0.5, 0.9])
      await expect(readPackage(whole.slice(0, Math.floor(whole.size * share)))).rejects.toMatchObject({
        code: expect.stringMatching(/^package\.(damaged|foreign)$/),
      });
  });

  it("refuses one that unfolds to more than memory holds", async () => {
    const bomb = zipOf({ "manifest.json": manifestText({}), "events.ndjson": " ".repeat(5_000_000) });
    expect(bomb.size).toBeLessThan(20_000);
    await expect(readPackage(bomb, 1_000_000)).rejects.toMatchObject({ code: "package.too-big" });
  });
});
