import { describe, expect, it } from "vitest";
import { TwinError, toPlainError } from "../base/errors.ts";
import { lateSentences } from "./late-sentences.ts";
import { createTranslator, interpolate } from "./translator.ts";

describe("interpolate", () => {
  it("fills what it is given and leaves the rest as it stands", () => {
    expect(interpolate("{a} of {b}, {z}/{x}", { a: 1, b: "two" })).toBe("1 of two, {z}/{x}");
  });

  it.each([
    [1, "1 storey"],
    ["1", "1 storey"],
    [0, "0 storeys"],
    ["1,204", "1,204 storeys"],
  ])("chooses singular and plural for %s", (count, expected) => {
    expect(interpolate("{count} {count#storey|storeys}", { count })).toBe(expected);
  });
});

describe("translator", () => {
  const zh = createTranslator("zh-CN", lateSentences);
  const en = createTranslator("en", lateSentences);

  it("speaks its language", () => {
    expect(zh("mode.command")).toBe("指挥");
    expect(en("models.storeyCount", { count: 1 })).toBe("1 storey");
  });

  it("takes its side of a text, and the other side when its own is empty", () => {
    expect(en.text({ zh: "浑河", en: "Hun River" })).toBe("Hun River");
    expect(en.text({ zh: "浑河", en: "" })).toBe("浑河");
    expect(zh.text({ zh: "", en: "Hun River" })).toBe("Hun River");
  });

  it("tells an error in the user's words, an unknown one in its own", () => {
    const known = toPlainError(new TwinError("ifc.empty", "a.ifc is empty (0 bytes).", { file: "a.ifc" }));
    expect(zh.error(known)).toBe("a.ifc 是空文件（0 字节）。请重新导出或复制该文件。");
    const unknown = toPlainError(new TwinError("nobody.knows", "Nobody knows this."));
    expect(zh.error(unknown)).toBe("Nobody knows this.");
  });

  it("is not fooled by names of object members", () => {
    expect(zh.maybe("toString", "fallback")).toBe("fallback");
    expect(zh.maybe("constructor", "fallback")).toBe("fallback");
  });

  it("speaks before the late sentences have come", () => {
    const early = createTranslator("zh-CN");
    expect(early("mode.explore")).toBe("探索");
    expect(early.error({ code: "ifc.empty", message: "It is empty.", params: {} })).toBe("It is empty.");
  });
});
