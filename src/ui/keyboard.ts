import type { Scope } from "../base/scope.ts";
import type { Command } from "../commands/schemas.ts";
import type { PlaceMove } from "../domain/model-place.ts";
import type { Mode, Stores } from "../state/stores.ts";
import type { TwinUi } from "./context.tsx";

/** How the palette's key is written on this computer. */
export const PALETTE_KEYS = /Mac|iP/.test(globalThis.navigator?.platform ?? "") ? "⌘ K" : "Ctrl K";

/**
 * One key press, stripped of the DOM. `on` is what has the focus: the map (or nothing, or a panel as a whole), a list of elements, a
 * line of text, or a control.
 */
export interface KeyPress {
  readonly key: string;
  readonly withCommandKey: boolean;
  readonly withAlt: boolean;
  readonly withShift?: boolean;
  readonly on: "map" | "elements" | "text" | "control";
}

/** What a key may mean depends on this. */
export interface KeyContext {
  readonly mode: Mode;
  readonly overlay: string;
  readonly panels: { readonly left: boolean; readonly right: boolean; readonly bottom: boolean };
  readonly placing: boolean;
  /** Model whose place is examined. */
  readonly examined?: string | null;
  readonly closeUp: boolean;
  /** Model that is open close up. */
  readonly model: string | null;
  readonly xray: boolean;
  readonly measuring: boolean;
  readonly plan: boolean;
  readonly walking: boolean;
  /** A height profile is drawn or shown. */
  readonly profile: boolean;
  readonly selected: boolean;
  readonly warningChosen: boolean;
  readonly past: boolean;
  readonly incidentChosen: boolean;
  readonly story: "stopped" | "playing" | "paused";
}

/** The innermost open thing closes first: overlay, placing, close-up, selection, chosen warning, chosen incident, story, presentation. */
function commandForEscape(context: KeyContext): Command | null {
  if (context.overlay !== "none") return { type: "open-overlay", overlay: "none" };
  if (context.placing) return { type: "cancel-placing" };
  if (context.examined) return { type: "close-place" };
  if (context.measuring) return { type: "set-measuring", kind: null };
  if (context.walking) return { type: "set-walking", on: false };
  if (context.profile) return { type: "close-profile" };
  if (context.plan) return { type: "set-plan", storey: null };
  if (context.closeUp) return { type: "close-building" };
  if (context.selected) return { type: "clear-selection" };
  if (context.warningChosen) return { type: "choose-warning", id: null };
  if (context.incidentChosen) return { type: "choose-incident", id: null };
  if (context.past) return { type: "go-live" };
  if (context.story !== "stopped") return { type: "stop-story" };
  if (context.mode === "present") return { type: "set-mode", mode: "explore" };
  if (context.mode === "wall") return { type: "set-mode", mode: "command" };
  return null;
}

/** Clickers send PageUp and PageDown; both work wherever the focus is, the others only away from controls. */
function commandForStory(press: KeyPress, context: KeyContext): Command | null {
  const isFree = press.on === "map";
  if (press.key === "PageDown" || (isFree && press.key === "ArrowRight")) return { type: "next-step" };
  if (press.key === "PageUp" || (isFree && press.key === "ArrowLeft")) return { type: "previous-step" };
  if (isFree && press.key === " ")
    return { type: context.story === "playing" ? "pause-story" : "resume-story" };
  return null;
}

/** Single letters act only while the map has the focus, so that they never fight with typing or list search. */
function commandForLetter(key: string, context: KeyContext): Command | null {
  const { panels } = context;
  switch (key) {
    case "h":
      return { type: "fly-home" };
    case "n":
      return { type: "turn-north" };
    case "f":
      return context.selected ? { type: "zoom-to-selection" } : null;
    case "+":
    case "=":
      return { type: "zoom", factor: 0.6 };
    case "-":
      return { type: "zoom", factor: 1.7 };
    case "[":
      return { type: "show-panel", side: "left", open: !panels.left };
    case "]":
      return { type: "show-panel", side: "right", open: !panels.right };
    case "\\":
      return { type: "show-panel", side: "bottom", open: !panels.bottom };
    case "/":
      return { type: "open-overlay", overlay: "palette" };
    default:
      return null;
  }
}

/** Letters of the close-up: they act on what is selected there. */
function commandForElements(key: string, { model, xray, measuring, walking }: KeyContext): Command | null {
  if (!model) return null;
  switch (key) {
    case "h":
      return { type: "hide-elements", id: model };
    case "i":
      return { type: "isolate-elements", id: model };
    case "a":
      return { type: "show-all-elements", id: model };
    case "g":
      return { type: "set-walking", on: !walking };
    case "x":
      return { type: "set-xray", id: model, on: !xray };
    case "f":
      return { type: "zoom-to-elements", id: model };
    case "enter":
      return measuring ? { type: "finish-measure" } : null;
    default:
      return null;
  }
}

/** Metres and degrees that a key moves a model; ten times with Shift. */
const MOVES: Readonly<Record<string, PlaceMove>> = {
  ArrowUp: { north: 1 },
  ArrowDown: { north: -1 },
  ArrowRight: { east: 1 },
  ArrowLeft: { east: -1 },
  PageUp: { up: 1 },
  PageDown: { up: -1 },
  "[": { turnDeg: -1 },
  "]": { turnDeg: 1 },
  "{": { turnDeg: -1 },
  "}": { turnDeg: 1 },
};

function commandForPlace(press: KeyPress, { examined }: KeyContext): Command | null {
  const move = MOVES[press.key];
  if (!examined || !move) return null;
  const times = press.withShift ? 10 : 1;
  const scaled = Object.entries(move).map(([axis, by]) => [axis, by * times] as const);
  return { type: "move-model", id: examined, ...Object.fromEntries(scaled) };
}

/** What a key press asks for; null when it is not ours. */
export function commandForKey(press: KeyPress, context: KeyContext): Command | null {
  if (press.withCommandKey && press.key.toLowerCase() === "k")
    return { type: "open-overlay", overlay: context.overlay === "palette" ? "none" : "palette" };
  if (press.withCommandKey && press.key.toLowerCase() === "z" && context.examined && press.on !== "text")
    return { type: "undo-place", id: context.examined };
  if (press.withCommandKey && press.key.toLowerCase() === "z" && context.model && press.on !== "text")
    return { type: "undo-visibility", id: context.model };
  if (press.withCommandKey || press.withAlt) return null;
  if (press.key === "Escape") return commandForEscape(context);
  if (context.overlay !== "none" || press.on === "text") return null;
  if (context.story !== "stopped") {
    const command = commandForStory(press, context);
    if (command) return command;
  }
  const key = press.key.toLowerCase();
  if (press.on === "elements") return commandForElements(key, context);
  if (press.on !== "map") return null;
  return (
    commandForPlace(press, context) ?? commandForElements(key, context) ?? commandForLetter(key, context)
  );
}

export function keyContext(stores: Stores): KeyContext {
  const ui = stores.ui.get();
  const models = stores.models.get();
  const reading = stores.reading.get();
  return {
    mode: ui.mode,
    overlay: ui.overlay,
    panels: ui.panels,
    placing: models.placing !== null,
    examined: stores.placement.get().modelId,
    closeUp: models.open !== null,
    model: models.open,
    xray: reading.models[models.open ?? ""]?.isXray ?? false,
    measuring: reading.measuring !== null,
    plan: reading.plan !== null,
    walking: reading.walking,
    profile: stores.terrain.get().drawing !== null || stores.terrain.get().profile !== null,
    selected: stores.selection.get().selection.kind !== "none",
    warningChosen: stores.scenario.get().chosenWarning !== null,
    past: stores.timeline.get().mode !== "live",
    incidentChosen: stores.incidents.get().chosen !== null,
    story: stores.story.get().status,
  };
}

function focusOf(target: EventTarget | null): KeyPress["on"] {
  if (!(target instanceof HTMLElement)) return "map";
  if (target.matches("input:not([type=range]):not([type=checkbox]), textarea, [contenteditable=true]"))
    return "text";
  if (target === document.body || target.matches("canvas, #city *, #bim *, aside.lt-side")) return "map";
  return target.closest(".lt-vtree") ? "elements" : "control";
}

/** Listens after the focused control has had its turn: what it used is left alone. */
export function listenToKeys({ stores, run }: TwinUi, scope: Scope): void {
  scope.listen(window, "keydown", (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const press: KeyPress = {
      key: event.key,
      withCommandKey: event.ctrlKey || event.metaKey,
      withAlt: event.altKey,
      withShift: event.shiftKey,
      on: focusOf(event.target),
    };
    const command = commandForKey(press, keyContext(stores));
    if (!command) return;
    event.preventDefault();
    run(command).catch(() => {});
  });
}
