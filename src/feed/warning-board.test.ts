import { describe, expect, it } from "vitest";
import { type AlertText, alertOf, infoXml } from "./alert.fixture.ts";
import { WarningBoard } from "./warning-board.ts";

const SENT = Date.parse("2026-07-22T10:30:00+08:00");
const NOON = SENT + 90 * 60_000;

function board(...alerts: readonly AlertText[]): WarningBoard {
  const made = new WarningBoard({ feedId: "hub", provenance: { kind: "LIVE", source: "test" } });
  for (const text of alerts) made.put(`cap/${text.identifier ?? "A1"}`, alertOf(text));
  return made;
}

const ids = (one: WarningBoard, nowMs = NOON) => one.inForce(nowMs).map((warning) => warning.id);
const about = (...identifiers: readonly string[]) =>
  identifiers.map((identifier) => `met@example.org,${identifier},2026-07-22T10:30:00+08:00`).join(" ");
const original: AlertText = { identifier: "A" };
const update: AlertText = {
  identifier: "B",
  msgType: "Update",
  sent: "2026-07-22T11:00:00+08:00",
  references: about("A"),
};
const cancel: AlertText = {
  identifier: "C",
  msgType: "Cancel",
  sent: "2026-07-22T11:30:00+08:00",
  references: about("B"),
};

describe("WarningBoard", () => {
  it("follows alert, update and cancel", () => {
    expect(ids(board(original))).toEqual(["A"]);
    expect(ids(board(original, update))).toEqual(["B"]);
    expect(ids(board(original, update, cancel))).toEqual([]);
  });

  it.each([[[cancel, update, original]], [[update, cancel, original]], [[original, cancel, update]]])(
    "does so in any order of arrival",
    (alerts) => {
      expect(ids(board(...alerts))).toEqual([]);
    },
  );

  it("keeps alerts of another sender with the same identifier", () => {
    expect(
      ids(board({ ...original, sender: "other@example.org" }, { ...cancel, references: about("A") })),
    ).toEqual(["A"]);
  });

  it("takes the same alert once, and a later one of the same name in its place", () => {
    const one = board(original);
    expect(one.put("cap/A", alertOf(original))).toBe(false);
    const later = { ...original, sent: "2026-07-22T10:40:00+08:00", body: infoXml({ severity: "Extreme" }) };
    expect(one.put("cap/A", alertOf(later))).toBe(true);
    expect(one.inForce(NOON).map((warning) => warning.level)).toEqual([1]);
    expect(one.put("cap/A", alertOf(original))).toBe(false);
  });

  it("lets warnings expire and begin by the clock", () => {
    const one = board({
      identifier: "E",
      body: infoXml({
        extra: "<effective>2026-07-22T12:00:00+08:00</effective><expires>2026-07-22T13:00:00+08:00</expires>",
      }),
    });
    const [begin, end] = [SENT + 90 * 60_000, SENT + 150 * 60_000];
    expect(one.nextChangeMs(SENT)).toBe(begin);
    expect(ids(one, begin - 1)).toEqual([]);
    expect(ids(one, begin)).toEqual(["E"]);
    expect(one.nextChangeMs(begin)).toBe(end);
    expect(ids(one, end - 1)).toEqual(["E"]);
    expect(ids(one, end)).toEqual([]);
    expect(one.nextChangeMs(end)).toBeNull();
  });

  it("hides drafts, system messages, acknowledgements and errors; shows exercises and tests", () => {
    const status = (of: string) => ids(board({ identifier: of, status: of }));
    expect(["Actual", "Exercise", "Test", "Draft", "System"].flatMap(status)).toEqual([
      "Actual",
      "Exercise",
      "Test",
    ]);
    expect(ids(board({ msgType: "Ack" }, { identifier: "X", msgType: "Error" }))).toEqual([]);
  });

  it("forgets what the broker takes back", () => {
    const one = board(original);
    expect(one.takeBack("cap/other")).toBe(false);
    expect(one.takeBack("cap/A")).toBe(true);
    expect(one.takeBack("cap/A")).toBe(false);
    expect(ids(one)).toEqual([]);
  });

  it("puts the worst first, then the newest", () => {
    const severity = (identifier: string, of: string, minute: string): AlertText => ({
      identifier,
      sent: `2026-07-22T10:${minute}:00+08:00`,
      body: infoXml({ severity: of }),
    });
    expect(
      ids(board(severity("a", "Minor", "00"), severity("b", "Extreme", "00"), severity("c", "Minor", "20"))),
    ).toEqual(["b", "c", "a"]);
  });
});
