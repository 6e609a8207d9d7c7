import { describe, expect, it } from "vitest";
import { GeometryText } from "./geometry-text.ts";
import { StepIndex } from "./step-index.ts";

const KEPT = ["ISO-10303-21;", "DATA;", "#1=IFCWALL('a');", "#4=IFCDOOR('b');", "ENDSEC;"];
const FILE = [
  ...KEPT.slice(0, 3),
  "#2=IFCPROPERTYSINGLEVALUE('IFCWALL;',$,$,$);",
  "#3=IFCPROPERTYSET('x',$,'P',$,(#2));",
  KEPT[3],
  "#5=ifcQuantityLength('L',$,$,1.,$);",
  KEPT[4],
].join("\n");

function readAll(text: GeometryText, chunk: number): string {
  const parts: string[] = [];
  const buffer = new Uint8Array(chunk);
  for (let at = 0; ; ) {
    const length = text.read(at, buffer);
    if (length === 0) return parts.join("");
    parts.push(new TextDecoder().decode(buffer.subarray(0, length)));
    at += length;
  }
}

describe("GeometryText", () => {
  const make = (file: string) => new GeometryText(new StepIndex(new TextEncoder().encode(file)));

  it.each([1, 7, 1000])("leaves out what no shape depends on, read %i bytes at a time", (chunk) => {
    const text = make(FILE);
    const read = readAll(text, chunk);
    expect(read.split("\n").filter((line) => line !== "")).toEqual(KEPT);
    expect(read).toHaveLength(text.size);
  });

  it("can go back", () => {
    const text = make(FILE);
    const all = readAll(text, 50);
    const buffer = new Uint8Array(10);
    text.read(text.size - 5, buffer);
    expect(text.read(3, buffer)).toBe(10);
    expect(new TextDecoder().decode(buffer)).toBe(all.slice(3, 13));
    expect(text.read(text.size, buffer)).toBe(0);
  });

  it("keeps a statement that a lost quotation mark made endless", () => {
    const swallowed = `#2=IFCPROPERTYSINGLEVALUE('never ends,$);${"#9=IFCDOOR($);".repeat(5000)}');`;
    expect(readAll(make(`#1=IFCWALL('a');${swallowed}`), 1 << 17)).toContain("#9=IFCDOOR");
  });
});
