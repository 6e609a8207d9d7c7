import { gzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readIfcSource } from "./ifc-source.ts";
import { IfcText } from "./ifc-text.fixture.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const good = new IfcText().toString();

describe("readIfcSource", () => {
  it("takes IFC as it is, with a byte order mark, a comment, zipped and gzipped", () => {
    for (const text of [good, `\ufeff${good}`, `/* by hand */\n${good}`])
      expect(readIfcSource(encode(text), "a.ifc").schema).toBe("IFC4");
    const zip = zipSync({
      "__MACOSX/._model.ifc": encode("no"),
      "readme.txt": encode("hi"),
      "model.IFC": encode(good),
    });
    expect(readIfcSource(zip, "a.ifczip").step).toEqual(encode(good));
    expect(readIfcSource(gzipSync(encode(good)), "a.ifc.gz").step).toEqual(encode(good));
  });

  it.each([
    ["ifc.empty", new Uint8Array()],
    ["ifc.not_ifc", encode("#dummy")],
    ["ifc.html", encode("\n<!DOCTYPE html><title>Sign in</title>")],
    ["ifc.xml", encode('<?xml version="1.0"?><ifcXML/>')],
    ["ifc.utf16", new Uint8Array([0xff, 0xfe, 0x49, 0x00])],
    ["ifc.zip_broken", zipSync({ "a.ifc": encode(good) }).subarray(0, 60)],
    ["ifc.zip_without_ifc", zipSync({ "a.txt": encode("x") })],
    ["ifc.xml", zipSync({ "a.ifcxml": encode("<ifcXML/>") })],
    ["ifc.zip_broken", gzipSync(encode(good)).subarray(0, 40)],
    ["ifc.schema_missing", encode("ISO-10303-21;\nHEADER;\nENDSEC;\nDATA;\nENDSEC;\nEND-ISO-10303-21;")],
    ["ifc.schema_unknown", encode(good.replace("'IFC4'", "'IFC99'"))],
    ["ifc.truncated", encode(good.slice(0, good.length >> 1))],
  ])("answers %s with a sentence that names the file", (code, bytes) => {
    expect(() => readIfcSource(bytes, "模型.ifc")).toThrow(expect.objectContaining({ code }));
    expect(() => readIfcSource(bytes, "模型.ifc")).toThrow(/^模型\.ifc .+\.$/);
  });
});
