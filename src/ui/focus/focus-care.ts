import { useEffect, useRef } from "react";
import { Scope } from "../../base/scope.ts";
import { FocusKeeper } from "./focus-keeper.ts";
import { focusablesIn, regionOf, regions } from "./focusables.ts";

let keeper: FocusKeeper | null = null;

/** F6 and Shift+F6 go from one part of the screen to the next: to where the keyboard was there last, else to its first control. */
function goToRegion(back: boolean): boolean {
  const all = regions();
  const { activeElement } = document;
  const here = activeElement ? regionOf(activeElement) : null;
  if (here?.matches("[role=dialog]") || all.length === 0) return false;
  const at = here ? all.indexOf(here) : -1;
  const next = at < 0 ? (back ? all.length - 1 : 0) : (at + (back ? -1 : 1) + all.length) % all.length;
  const region = all[next]!;
  (keeper?.lastIn(region) ?? focusablesIn(region)[0])?.focus();
  return true;
}

/** Keeps the keyboard's place on the screen: see FocusKeeper; and F6. */
export function useFocusCare(): void {
  useEffect(() => {
    const scope = new Scope();
    keeper = new FocusKeeper(scope);
    scope.listen(window, "keydown", (event: KeyboardEvent) => {
      if (event.key !== "F6" || event.defaultPrevented) return;
      if (goToRegion(event.shiftKey)) event.preventDefault();
    });
    scope.add(() => {
      keeper = null;
    });
    return () => scope.dispose();
  }, []);
}

/**
 * What has been opened by key takes the focus when it appears, so that the keyboard goes on where the eye is. Give its `ref` to a
 * heading with `tabIndex={-1}`.
 */
export function useArrival<E extends HTMLElement>() {
  const ref = useRef<E>(null);
  useEffect(() => {
    if (keeper?.isByKeyboard && !document.activeElement?.matches("input, textarea")) ref.current?.focus();
  }, []);
  return ref;
}
