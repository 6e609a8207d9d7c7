const CANDIDATES = "button, a[href], input, select, textarea, summary, [tabindex]";
const REGIONS = "header, aside, [data-region], [role=dialog]";

/** Whether it has left the page or is switched off. Asks for no style: cheap enough for each change of the page. */
export function isGone(element: Element): boolean {
  return !element.isConnected || element.matches(":disabled") || element.closest("[inert]") !== null;
}

/** Whether the keyboard can stand on it now. */
export function isUsable(element: Element): boolean {
  return !isGone(element) && element.checkVisibility({ visibilityProperty: true });
}

/** Where Tab stops in `root`, itself left out, in the order of the document. */
export function focusablesIn(root: Element): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(CANDIDATES)].filter(
    (element) => element.tabIndex >= 0 && isUsable(element),
  );
}

/** The part of the screen that it is in. */
export function regionOf(element: Element): Element | null {
  return element.closest(REGIONS);
}

/** The parts of the screen that have something to press, in the order that F6 goes; what calls for attention is the first. */
export function regions(): readonly Element[] {
  const all = [...document.querySelectorAll(REGIONS)].filter(
    (region) =>
      region.closest("[role=dialog]") === null &&
      region.parentElement?.closest(REGIONS) === null &&
      focusablesIn(region).length > 0,
  );
  return all.sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf(region: Element): number {
  return region instanceof HTMLElement && region.dataset.region === "first" ? 0 : 1;
}
