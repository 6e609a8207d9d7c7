import { expect, it, vi } from "vitest";
import { Emitter } from "./emitter.ts";

it("tells everyone who listens now, also when one leaves meanwhile", () => {
  const emitter = new Emitter<{ moved: number }>();
  const second = vi.fn();
  const off = emitter.on("moved", () => off());
  emitter.on("moved", second);
  emitter.emit("moved", 1);
  emitter.emit("moved", 2);
  expect(second.mock.calls).toEqual([[1], [2]]);
  emitter.clear();
  emitter.emit("moved", 3);
  expect(second).toHaveBeenCalledTimes(2);
});

it("tells the newest payload to who comes later and asks for it", () => {
  const emitter = new Emitter<{ moved: number }>();
  const early = vi.fn();
  emitter.onLatest("moved", early);
  expect(early).not.toHaveBeenCalled();
  emitter.emit("moved", 1);
  emitter.emit("moved", 2);
  const late = vi.fn();
  emitter.onLatest("moved", late);
  expect(late).toHaveBeenCalledExactlyOnceWith(2);
});
