import { describe, expect, it } from "vitest";
import { createAbortError, isAbort, throwIfAborted } from "./abort.ts";
import { TwinError, toPlainError } from "./errors.ts";

describe("toPlainError", () => {
  it("keeps code and params of a TwinError and of its copy from a worker", () => {
    const error = new TwinError("ifc.empty", "empty.ifc is empty.", { file: "empty.ifc" });
    const plain = toPlainError(error);
    expect(plain).toEqual({
      code: "ifc.empty",
      message: "empty.ifc is empty.",
      params: { file: "empty.ifc" },
    });
    expect(toPlainError(structuredClone(plain))).toEqual(plain);
  });
  it("calls anything else unexpected and keeps its words", () => {
    expect(toPlainError("boom")).toMatchObject({ code: "unexpected", params: { detail: "boom" } });
  });
});

describe("abort", () => {
  it("is known by its name", () => {
    expect(isAbort(createAbortError())).toBe(true);
    expect(isAbort({ name: "AbortError" })).toBe(true);
    expect(isAbort(new Error("AbortError"))).toBe(false);
  });
  it("throws only for an aborted signal", () => {
    expect(() => throwIfAborted(undefined)).not.toThrow();
    expect(() => throwIfAborted(AbortSignal.abort())).toThrow();
  });
});
