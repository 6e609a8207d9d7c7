import { expect, test } from "vitest";
import { encodeArg, encodeReal, encodeString, enumeration, int, StepWriter, typed } from "./step-writer.ts";

test("strings escape quotes, backslashes and everything beyond ASCII", () => {
  expect(encodeString("it's")).toBe("'it''s'");
  expect(encodeString("a\\b")).toBe("'a\\\\b'");
  expect(encodeString("1 层A")).toBe("'1 \\X2\\5C42\\X0\\A'");
  expect(encodeString("沈阳")).toBe("'\\X2\\6C889633\\X0\\'");
});

test("reals always have a point, never an exponent, never minus nought", () => {
  expect(encodeReal(3)).toBe("3.");
  expect(encodeReal(-0)).toBe("0.");
  expect(encodeReal(-1e-12)).toBe("0.");
  expect(encodeReal(0.1 + 0.2)).toBe("0.3");
  expect(encodeReal(4629401.7591)).toBe("4629401.7591");
  expect(() => encodeReal(Number.NaN)).toThrow(RangeError);
});

test("attributes keep their kinds", () => {
  expect(encodeArg([null, true, int(4), 4, enumeration("AREA"), typed("IFCLABEL", "x")])).toBe(
    "($,.T.,4,4.,.AREA.,IFCLABEL('x'))",
  );
});

test("shared lines are written once, added lines each time", () => {
  const step = new StepWriter();
  const first = step.share("IFCDIRECTION", [0, 0, 1]);
  expect(step.share("IFCDIRECTION", [0, 0, 1])).toBe(first);
  expect(step.add("IFCDIRECTION", [0, 0, 1]).id).not.toBe(first.id);
  expect(step.lineCount).toBe(2);
});
