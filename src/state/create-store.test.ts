import { expect, it, vi } from "vitest";
import { createTwinStore } from "./create-store.ts";

it("tells a watcher only when its own part changes", () => {
  const store = createTwinStore("s", { a: 1, b: { c: 2 } }, { a: "url", b: "none" });
  const onA = vi.fn();
  const off = store.watch((state) => state.a, onA);
  store.set({ b: { c: 3 } });
  store.set({ a: 1 });
  expect(onA).not.toHaveBeenCalled();
  store.set({ a: 2 });
  expect(onA).toHaveBeenCalledExactlyOnceWith(2, 1);
  off();
  store.set({ a: 3 });
  expect(onA).toHaveBeenCalledOnce();
});
