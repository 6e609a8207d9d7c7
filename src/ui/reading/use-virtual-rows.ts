import { type RefObject, useEffect, useState } from "react";

/** Rows drawn beyond the edges, so that fast scrolling shows no gaps. */
const OVERSCAN = 8;

export interface VirtualRows {
  readonly first: number;
  readonly last: number;
}

/** Which of `count` rows of one height are in view: only these are made. Pure for tests. */
export function rowsInView(scrollTop: number, height: number, count: number, rowHeight: number): VirtualRows {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - OVERSCAN);
  return { first, last: Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + OVERSCAN) };
}

/** Where to scroll so that a row is whole in view; null when it is. */
export function scrollFor(row: number, scrollTop: number, height: number, rowHeight: number): number | null {
  if (row * rowHeight < scrollTop) return row * rowHeight;
  const bottom = (row + 1) * rowHeight - height;
  return bottom > scrollTop ? bottom : null;
}

export function useVirtualRows(
  host: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): VirtualRows {
  const [rows, setRows] = useState<VirtualRows>({ first: 0, last: Math.min(count, 40) });
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const update = () => {
      const next = rowsInView(element.scrollTop, element.clientHeight, count, rowHeight);
      setRows((now) => (now.first === next.first && now.last === next.last ? now : next));
    };
    update();
    element.addEventListener("scroll", update, { passive: true });
    const observer = new ResizeObserver(update);
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", update);
      observer.disconnect();
    };
  }, [host, count, rowHeight]);
  return rows;
}

/** Height of a row: 大字版 has larger ones. */
export function rowHeightOf(isLarge: boolean): number {
  return isLarge ? 38 : 28;
}
