import { describe, expect, it, vi } from "vitest";
import { Scope } from "./scope.ts";

describe("Scope", () => {
  it("ends what it owns in reverse order, once", () => {
    const order: string[] = [];
    const scope = new Scope();
    scope.add(() => order.push("first"));
    scope.own({ dispose: () => order.push("second") });
    scope.dispose();
    scope.dispose();
    expect(order).toEqual(["second", "first"]);
  });
  it("goes on after a cleanup that throws and tells all errors at the end", () => {
    const scope = new Scope();
    const survivor = vi.fn();
    scope.add(survivor);
    scope.add(() => {
      throw new Error("one");
    });
    expect(() => scope.dispose()).toThrow(AggregateError);
    expect(survivor).toHaveBeenCalledOnce();
  });
  it("runs a cleanup early, and then not again", () => {
    const scope = new Scope();
    const cleanup = vi.fn();
    scope.add(cleanup)();
    scope.dispose();
    expect(cleanup).toHaveBeenCalledOnce();
  });
  it("cleans up at once what comes too late", () => {
    const scope = new Scope();
    scope.dispose();
    const cleanup = vi.fn();
    scope.add(cleanup);
    expect(cleanup).toHaveBeenCalledOnce();
  });
  it("takes its listeners away", () => {
    const scope = new Scope();
    const target = new EventTarget();
    const heard = vi.fn();
    scope.listen(target, "ping", heard);
    target.dispatchEvent(new Event("ping"));
    scope.dispose();
    target.dispatchEvent(new Event("ping"));
    expect(heard).toHaveBeenCalledOnce();
  });
});
