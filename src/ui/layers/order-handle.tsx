import { GripVertical } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { useWords } from "../context.tsx";
import { useRun } from "../use-run.ts";

interface Props {
  readonly id: string;
  readonly name: string;
  /** From the top of the list, 0. */
  readonly place: number;
  readonly count: number;
}

/** Moves a layer among those that lie on each other: drag, or the arrow keys while it has the focus. */
export function OrderHandle({ id, name, place, count }: Props) {
  const { t } = useWords();
  const run = useRun();
  const start = useRef<{ y: number; row: number; place: number } | null>(null);
  // the list shows the topmost first, the command counts from the lowest
  const moveTo = (next: number) => {
    const at = Math.max(0, Math.min(count - 1, next));
    if (at !== place) run({ type: "order-map", id, to: count - 1 - at });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1, Home: -count, End: count }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    moveTo(place + step);
  };
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>) => {
    const row = event.currentTarget.closest("li")?.getBoundingClientRect().height ?? 32;
    start.current = { y: event.clientY, row, place };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLButtonElement>) => {
    const from = start.current;
    if (from) moveTo(from.place + Math.round((event.clientY - from.y) / from.row));
  };
  const end = () => {
    start.current = null;
  };
  return (
    <button
      type="button"
      className="lt-icon-button lt-order"
      aria-label={t("layers.order", { name, place: place + 1, count })}
      aria-keyshortcuts="ArrowUp ArrowDown"
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
    >
      <GripVertical className="lt-icon" aria-hidden />
    </button>
  );
}
