import { Scope } from "../base/scope.ts";

const CLICK_SLOP_PX = 5;
const HOVER_EVERY_MS = 90;

export interface PointerEvents {
  readonly onClick: (x: number, y: number) => void;
  /** At most every 90 ms, at rest or moving, never while a button is down. */
  readonly onHover: (x: number, y: number) => void;
  readonly onLeave: () => void;
  /** The user has taken the camera: drag, wheel, pinch. */
  readonly onGrab: () => void;
  readonly onActivity: () => void;
}

/** Clicks, hover and camera grabs of the canvas, in CSS pixels from its top left corner. */
export function followPointer(canvas: HTMLCanvasElement, events: PointerEvents): Scope {
  const scope = new Scope();
  let down: { x: number; y: number; id: number } | null = null;
  let hoverTimer = 0;
  let last = { x: 0, y: 0 };
  const at = (event: PointerEvent): { x: number; y: number } => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const cancelHover = (): void => {
    if (hoverTimer) clearTimeout(hoverTimer);
    hoverTimer = 0;
  };

  scope.listen(canvas, "pointerdown", (event: PointerEvent) => {
    cancelHover();
    events.onActivity();
    down = { ...at(event), id: event.pointerId };
  });
  scope.listen(canvas, "pointermove", (event: PointerEvent) => {
    last = at(event);
    if (down) {
      events.onActivity();
      if (Math.hypot(last.x - down.x, last.y - down.y) > CLICK_SLOP_PX) events.onGrab();
      return;
    }
    if (event.buttons !== 0 || hoverTimer) return;
    hoverTimer = window.setTimeout(() => {
      hoverTimer = 0;
      events.onHover(last.x, last.y);
    }, HOVER_EVERY_MS);
  });
  scope.listen(canvas, "pointerup", (event: PointerEvent) => {
    events.onActivity();
    const start = down;
    down = null;
    if (!start || event.button !== 0 || start.id !== event.pointerId) return;
    const end = at(event);
    if (Math.hypot(end.x - start.x, end.y - start.y) <= CLICK_SLOP_PX) events.onClick(end.x, end.y);
  });
  scope.listen(canvas, "pointercancel", () => {
    down = null;
  });
  scope.listen(canvas, "pointerleave", () => {
    cancelHover();
    events.onLeave();
  });
  scope.listen(
    canvas,
    "wheel",
    () => {
      events.onActivity();
      events.onGrab();
    },
    { passive: true },
  );
  scope.add(cancelHover);
  return scope;
}
