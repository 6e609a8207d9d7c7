import { type FocusEvent, useRef, useState } from "react";

/**
 * The list in the order of `held`: what is still there shows its newest content, what has gone keeps its last, what came
 * since waits until the order is let go.
 */
export function inHeldOrder<T>(
  held: readonly T[],
  now: readonly T[],
  keyOf: (item: T) => unknown,
): readonly T[] {
  const newest = new Map(now.map((item) => [keyOf(item), item]));
  return held.map((item) => newest.get(keyOf(item)) ?? item);
}

/** A list that re-sorts itself stands still while the pointer or the focus is in it, so that a click hits what it aimed at. */
export function useSteadyOrder<T>(items: readonly T[], keyOf: (item: T) => unknown) {
  const [held, setHeld] = useState<readonly T[] | null>(null);
  const reasons = useRef(new Set<"pointer" | "focus">());
  const change = (reason: "pointer" | "focus", isOn: boolean) => {
    if (isOn) reasons.current.add(reason);
    else reasons.current.delete(reason);
    setHeld((before) => (reasons.current.size === 0 ? null : (before ?? items)));
  };
  return {
    items: held ? inHeldOrder(held, items, keyOf) : items,
    handlers: {
      onPointerEnter: () => change("pointer", true),
      onPointerLeave: () => change("pointer", false),
      onFocus: () => change("focus", true),
      onBlur: (event: FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) change("focus", false);
      },
    },
  };
}
