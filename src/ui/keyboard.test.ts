import { describe, expect, it } from "vitest";
import { createStores } from "../state/stores.ts";
import { commandForKey, type KeyContext, type KeyPress, keyContext } from "./keyboard.ts";

const REST: KeyContext = keyContext(createStores());
const press = (key: string, part: Partial<KeyPress> = {}): KeyPress => ({
  key,
  withCommandKey: false,
  withAlt: false,
  on: "map",
  ...part,
});
const ask = (key: string, context: Partial<KeyContext> = {}, part: Partial<KeyPress> = {}) =>
  commandForKey(press(key, part), { ...REST, ...context });

describe("Escape", () => {
  const everything: Partial<KeyContext> = {
    overlay: "palette",
    placing: true,
    examined: "m",
    closeUp: true,
    measuring: true,
    plan: true,
    walking: true,
    selected: true,
    warningChosen: true,
    past: true,
    incidentChosen: true,
    story: "playing",
    mode: "present",
  };
  const order: readonly (readonly [type: string, closed: Partial<KeyContext>])[] = [
    ["open-overlay", { overlay: "none" }],
    ["cancel-placing", { placing: false }],
    ["close-place", { examined: null }],
    ["set-measuring", { measuring: false }],
    ["set-walking", { walking: false }],
    ["set-plan", { plan: false }],
    ["close-building", { closeUp: false }],
    ["clear-selection", { selected: false }],
    ["choose-warning", { warningChosen: false }],
    ["choose-incident", { incidentChosen: false }],
    ["go-live", { past: false }],
    ["stop-story", { story: "stopped" }],
    ["set-mode", { mode: "explore" }],
  ];

  it("closes the innermost thing first, one at a time", () => {
    let context = everything;
    for (const [type, closed] of order) {
      expect(ask("Escape", context)?.type).toBe(type);
      context = { ...context, ...closed };
    }
    expect(ask("Escape", context)).toBeNull();
  });

  it("leaves the wall for the commander's own screen", () => {
    expect(ask("Escape", { mode: "wall" })).toEqual({ type: "set-mode", mode: "command" });
  });

  it("works while a line of text has the focus", () => {
    expect(ask("Escape", { overlay: "palette" }, { on: "text" })).toEqual({
      type: "open-overlay",
      overlay: "none",
    });
  });
});

describe("a place that is examined", () => {
  it("moves by keys, ten times with Shift, and goes back with the command key", () => {
    const context = { examined: "m" };
    expect(ask("ArrowLeft", context)).toEqual({ type: "move-model", id: "m", east: -1 });
    expect(ask("ArrowUp", context, { withShift: true })).toEqual({ type: "move-model", id: "m", north: 10 });
    expect(ask("]", context)).toEqual({ type: "move-model", id: "m", turnDeg: 1 });
    expect(ask("PageDown", context)).toEqual({ type: "move-model", id: "m", up: -1 });
    expect(ask("z", context, { withCommandKey: true })).toEqual({ type: "undo-place", id: "m" });
    expect(ask("ArrowLeft", context, { on: "control" })).toBeNull();
    expect(ask("ArrowLeft")).toBeNull();
  });
});

describe("close-up", () => {
  it("letters act on the chosen elements of the open model, and on the city without one", () => {
    const context = { model: "m", xray: true };
    expect(ask("h", context)).toEqual({ type: "hide-elements", id: "m" });
    expect(ask("i", context)).toEqual({ type: "isolate-elements", id: "m" });
    expect(ask("x", context)).toEqual({ type: "set-xray", id: "m", on: false });
    expect(ask("Enter", context)).toBeNull();
    expect(ask("Enter", { ...context, measuring: true })).toEqual({ type: "finish-measure" });
    expect(ask("z", context, { withCommandKey: true })).toEqual({ type: "undo-visibility", id: "m" });
    expect(ask("z", context, { withCommandKey: true, on: "text" })).toBeNull();
    expect(ask("h")).toEqual({ type: "fly-home" });
  });
});

describe("palette", () => {
  it("opens and closes with the command key, from anywhere", () => {
    const keys = { withCommandKey: true, on: "text" } as const;
    expect(ask("k", {}, keys)).toEqual({ type: "open-overlay", overlay: "palette" });
    expect(ask("K", { overlay: "palette" }, keys)).toEqual({ type: "open-overlay", overlay: "none" });
    expect(ask("k")).toBeNull();
  });
});

describe("story", () => {
  it("obeys a clicker wherever the focus is", () => {
    for (const on of ["map", "control"] as const) {
      expect(ask("PageDown", { story: "playing" }, { on })).toEqual({ type: "next-step" });
      expect(ask("PageUp", { story: "paused" }, { on })).toEqual({ type: "previous-step" });
    }
  });

  it("leaves space and arrows to a focused control", () => {
    expect(ask(" ", { story: "playing" })).toEqual({ type: "pause-story" });
    expect(ask(" ", { story: "paused" })).toEqual({ type: "resume-story" });
    expect(ask(" ", { story: "playing" }, { on: "control" })).toBeNull();
    expect(ask("ArrowRight", { story: "playing" }, { on: "control" })).toBeNull();
    expect(ask("ArrowLeft", { story: "playing" })).toEqual({ type: "previous-step" });
  });

  it("takes no key while nothing plays", () => {
    expect(ask("PageDown")).toBeNull();
    expect(ask(" ")).toBeNull();
  });
});

describe("letters", () => {
  it("act on the map only", () => {
    expect(ask("h")).toEqual({ type: "fly-home" });
    expect(ask("N")).toEqual({ type: "turn-north" });
    expect(ask("h", {}, { on: "control" })).toBeNull();
    expect(ask("h", {}, { on: "text" })).toBeNull();
    expect(ask("h", {}, { withAlt: true })).toBeNull();
    expect(ask("h", { overlay: "basemap" })).toBeNull();
  });

  it("fly to the selection only when there is one", () => {
    expect(ask("f")).toBeNull();
    expect(ask("f", { selected: true })).toEqual({ type: "zoom-to-selection" });
  });

  it.each([
    ["[", "left"],
    ["]", "right"],
    ["\\", "bottom"],
  ] as const)("%s turns the %s panel over", (key, side) => {
    const panels = { left: true, right: true, bottom: true };
    expect(ask(key, { panels })).toEqual({ type: "show-panel", side, open: false });
    expect(ask(key, { panels: { ...panels, [side]: false } })).toEqual({
      type: "show-panel",
      side,
      open: true,
    });
  });
});

describe("letters in a tree or list of elements", () => {
  const inList = (key: string, context: Partial<KeyContext> = {}) =>
    ask(key, { closeUp: true, model: "m", ...context }, { on: "elements" });

  it("act on what is selected there, as over the model", () => {
    expect(inList("i")).toEqual({ type: "isolate-elements", id: "m" });
    expect(inList("x")).toEqual({ type: "set-xray", id: "m", on: true });
    expect(inList("Escape")?.type).toBe("close-building");
  });

  it("are none of the map's, nor of a city without an open model", () => {
    expect(inList("n")).toBeNull();
    expect(inList("[")).toBeNull();
    expect(inList("i", { closeUp: false, model: null })).toBeNull();
  });
});
