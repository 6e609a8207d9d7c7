import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from "react";

const PAGE = 10;

/** Where a key leads in a list of `count` from `at`; null when it is not one of ours. */
export function placeForKey(key: string, at: number, count: number): number | null {
  const within = (place: number) => Math.min(Math.max(place, 0), count - 1);
  switch (key) {
    case "ArrowDown":
      return within(at + 1);
    case "ArrowUp":
      return within(at - 1);
    case "PageDown":
      return within(at + PAGE);
    case "PageUp":
      return within(at - PAGE);
    case "Home":
      return within(0);
    case "End":
      return within(count - 1);
    default:
      return null;
  }
}

interface ArrowList<E extends HTMLElement> {
  readonly ref: RefObject<E | null>;
  readonly onKeyDown: (event: KeyboardEvent<E>) => void;
  readonly onFocus: () => void;
}

/**
 * A list of many buttons, one a row, is one stop of Tab: arrows, Home, End and the page keys go through it, and Tab comes back to the
 * row that was left. Spread what it gives on the element round the rows.
 */
export function useArrowList<E extends HTMLElement>(): ArrowList<E> {
  const ref = useRef<E>(null);
  const stop = useRef(0);
  const rows = () => [...(ref.current?.querySelectorAll<HTMLElement>("button:not(:disabled)") ?? [])];
  const setStop = (place: number, all = rows()) => {
    stop.current = Math.max(0, Math.min(place, all.length - 1));
    for (const [i, row] of all.entries()) row.tabIndex = i === stop.current ? 0 : -1;
    return all[stop.current];
  };
  useLayoutEffect(() => {
    setStop(stop.current);
  });
  const here = (all: readonly HTMLElement[]) => all.indexOf(document.activeElement as HTMLElement);
  return {
    ref,
    onFocus: () => {
      const all = rows();
      const at = here(all);
      if (at >= 0) setStop(at, all);
    },
    onKeyDown: (event) => {
      const all = rows();
      const at = here(all);
      const place = at < 0 ? null : placeForKey(event.key, at, all.length);
      if (place === null) return;
      event.preventDefault();
      setStop(place, all)?.focus();
    },
  };
}
