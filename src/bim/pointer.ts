import { Scope } from "../base/scope.ts";

export interface PointerHooks {
  /** Canvas pixels from the top left. `isAdding`: Ctrl, Cmd or Shift is held. */
  onClick(x: number, y: number, isAdding: boolean): void;
  onDoubleClick(x: number, y: number): void;
  /** At most once a frame, with no button down. */
  onHover(x: number, y: number): void;
}

const DRAG_PX = 4;

/** Tells clicks from drags, and asks about what lies under a resting pointer. */
export function watchPointer(canvas: HTMLCanvasElement, hooks: PointerHooks): { dispose(): void } {
  const scope = new Scope();
  let down: { readonly x: number; readonly y: number; readonly id: number } | null = null;
  let fingers = 0;
  let hoverFrame = 0;
  scope.listen(canvas, "pointerdown", (event: PointerEvent) => {
    fingers++;
    down =
      event.button === 0 && fingers === 1
        ? { x: event.offsetX, y: event.offsetY, id: event.pointerId }
        : null;
  });
  const release = () => {
    fingers = Math.max(0, fingers - 1);
  };
  scope.listen(canvas, "pointerup", (event: PointerEvent) => {
    release();
    const start = down;
    down = null;
    if (!start || start.id !== event.pointerId) return;
    if (Math.hypot(event.offsetX - start.x, event.offsetY - start.y) <= DRAG_PX)
      hooks.onClick(event.offsetX, event.offsetY, event.ctrlKey || event.metaKey || event.shiftKey);
  });
  scope.listen(canvas, "pointercancel", () => {
    release();
    down = null;
  });
  scope.listen(canvas, "dblclick", (event: MouseEvent) => hooks.onDoubleClick(event.offsetX, event.offsetY));
  scope.listen(canvas, "pointermove", (event: PointerEvent) => {
    if (event.buttons !== 0 || event.pointerType === "touch") return;
    cancelAnimationFrame(hoverFrame);
    const { offsetX, offsetY } = event;
    hoverFrame = requestAnimationFrame(() => hooks.onHover(offsetX, offsetY));
  });
  scope.add(() => cancelAnimationFrame(hoverFrame));
  return { dispose: () => scope.dispose() };
}
