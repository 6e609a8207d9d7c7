import { type RefObject, useEffect, useRef } from "react";

/**
 * A panel that came because of a key press or a click has the focus next, so that Tab goes on inside it; what stood in its
 * place gets it back afterwards. A focus that is at work elsewhere stays where it is.
 *
 * @param back selector of what gets the focus when the panel is gone
 */
export function usePanelFocus(back: string): RefObject<HTMLElement | null> {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const from = document.activeElement;
    if (isFree(from) || from?.matches(`${back}, ${back} *`)) panel.current?.focus({ preventScroll: true });
    return () => {
      // the other panel is drawn after this one has gone
      setTimeout(() => {
        if (isFree(document.activeElement)) document.querySelector<HTMLElement>(back)?.focus();
      }, 0);
    };
  }, [back]);
  return panel;
}

function isFree(element: Element | null): boolean {
  return element === null || element === document.body || !element.isConnected;
}
