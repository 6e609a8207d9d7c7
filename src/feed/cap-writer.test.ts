import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { CapDraft } from "../domain/cap-message.ts";
import { type CapIssue, cancelCap, capTime, issueCap, updateCap, writeCap } from "../domain/cap-writer.ts";
import { parseCap } from "./cap-parser.ts";
import { warningsOfAlert } from "./cap-warnings.ts";
import { WarningBoard } from "./warning-board.ts";
import { xsdProblems } from "./xsd.fixture.ts";

const NOW = Date.parse("2026-07-22T02:30:00.750Z");
const SCHEMA = fileURLToPath(new URL("../../../shared/data/schemas/CAP-v1.2.xsd", import.meta.url));
const feed = { feedId: "out", provenance: { kind: "SIMULATED", source: "test" } } as const;

const draft: CapDraft = {
  category: "Met",
  event: { zh: "暴雨", en: "Rainstorm" },
  level: 2,
  urgency: "Expected",
  certainty: "Likely",
  responseType: "Avoid",
  senderName: { zh: "演练", en: "Exercise" },
  headline: { zh: "暴雨橙色预警", en: "Orange rainstorm warning" },
  description: { zh: "三小时 <50 mm> & 更多]]>", en: 'Three "hours" <script>alert(1)</script> & more' },
  instruction: { zh: "避开低洼处", en: "Avoid low ground" },
  areaDesc: { zh: "沈河", en: "Shenhe" },
  polygons: [
    [
      [123.4, 41.7],
      [123.5, 41.7],
      [123.5, 41.8],
    ],
  ],
  circles: [{ longitudeDeg: 123.45, latitudeDeg: 41.75, radius: 1500 }],
  expiresMs: NOW + 3600_000,
};

const by = (identifier: string, minute = 0): CapIssue => ({
  identifier,
  sender: "duty@liaotwin.example",
  sentMs: NOW + minute * 60_000,
});

/** Alert, update, cancel. */
function life() {
  const alert = issueCap(draft, by("A"));
  const update = updateCap(alert, { ...draft, level: 1 }, by("B", 10));
  return [alert, update, cancelCap(update, by("C", 20))] as const;
}

const bytesOf = (xml: string) => new TextEncoder().encode(xml);

describe("CAP out", () => {
  it("comes back through our own reader as it went out", () => {
    const alert = parseCap(bytesOf(writeCap(life()[0])));
    expect(alert).toMatchObject({
      identifier: "A",
      status: "Exercise",
      msgType: "Alert",
      scope: "Public",
      references: [],
      notes: [],
    });
    expect(alert.sentMs).toBe(Math.floor(NOW / 1000) * 1000);
    const [warning, ...others] = warningsOfAlert(alert, feed);
    expect(others).toEqual([]);
    expect(warning).toMatchObject({
      level: 2,
      event: draft.event,
      headline: draft.headline,
      description: draft.description,
      instruction: draft.instruction,
      areaDesc: draft.areaDesc,
      severity: "Severe",
      status: "Exercise",
    });
    expect(warning!.polygons).toEqual([
      [
        [123.4, 41.7],
        [123.5, 41.7],
        [123.5, 41.8],
        [123.4, 41.7],
      ],
    ]);
    expect(warning!.circles).toEqual(draft.circles);
    expect(warning!.expiresMs).toBe(Math.floor(draft.expiresMs / 1000) * 1000);
  });

  it("an update replaces the alert, a cancel ends it, in any order of arrival", () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [0, 2],
    ]) {
      const board = new WarningBoard(feed);
      const inForce = order.map((i) => {
        board.put(`t${i}`, parseCap(bytesOf(writeCap(life()[i]!))));
        return board
          .inForce(NOW + 30 * 60_000)
          .map(({ id, level }) => `${id}${level}`)
          .join();
      });
      expect(inForce.at(-1), order.join()).toBe("");
      if (order[0] === 0 && order[1] === 1) expect(inForce).toEqual(["A2", "B1", ""]);
    }
  });

  it("each message names all before it, with their own times", () => {
    const [, update, cancel] = life();
    expect(update.references).toEqual([`duty@liaotwin.example,A,${capTime(NOW)}`]);
    expect(cancel.references).toHaveLength(2);
    expect(cancel.draft).toMatchObject({ urgency: "Past", responseType: "AllClear", level: 1 });
  });

  it("leaves out what XML cannot hold, and nothing else", () => {
    const text = "a\u0000b\u000Bc\uD800d\uFFFEe\u{1F30A}f\tg";
    const message = issueCap({ ...draft, headline: { zh: text, en: text } }, by("A"));
    expect(warningsOfAlert(parseCap(bytesOf(writeCap(message))), feed)[0]!.headline.zh).toBe(
      "abcde\u{1F30A}f\tg",
    );
  });

  it.each(["", "a b", "a,b", "a&b", "a<b"])("takes no identifier %j", (identifier) => {
    expect(() => issueCap(draft, by(identifier))).toThrow(RangeError);
  });
});

describe.runIf(existsSync(SCHEMA))("CAP out against the OASIS schema", () => {
  const messages = () => [
    ...life(),
    issueCap({ ...draft, circles: [] }, { ...by("N"), source: "s & s", note: "<n>", status: "Test" }),
  ];
  it("every message of a life is valid", () => {
    const xsd = readFileSync(SCHEMA, "utf8");
    for (const message of messages())
      expect(xsdProblems(xsd, writeCap(message)), message.identifier).toEqual([]);
  });

  it("the check sees what is wrong", () => {
    const xsd = readFileSync(SCHEMA, "utf8");
    const xml = writeCap(life()[0]);
    const broken = [
      xml.replace("<status>Exercise</status>", "<status>Drill</status>"),
      xml.replace(/<sent>.*<\/sent>/, "<sent>2026-07-22T02:30:00Z</sent>"),
      xml.replace(/<event>.*<\/event>/, ""),
      xml.replace("<scope>Public</scope>", "").replace("<info>", "<info><scope>Public</scope>"),
      xml.replace("</alert>", "<more/></alert>"),
    ];
    for (const [i, one] of broken.entries())
      expect(xsdProblems(xsd, one).length, String(i)).toBeGreaterThan(0);
  });

  it.runIf(spawnSync("xmllint", ["--version"]).status === 0)("xmllint agrees", () => {
    const folder = mkdtempSync(join(tmpdir(), "cap-"));
    try {
      for (const message of messages()) {
        const file = join(folder, `${message.identifier}.xml`);
        writeFileSync(file, writeCap(message));
        const { status, stderr } = spawnSync("xmllint", ["--noout", "--nonet", "--schema", SCHEMA, file]);
        expect(status, String(stderr)).toBe(0);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
