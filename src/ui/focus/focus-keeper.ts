import type { Scope } from "../../base/scope.ts";
import { focusablesIn, isGone, isUsable, regionOf } from "./focusables.ts";

/** Elements that had the focus before, newest first: so many are remembered. */
const REMEMBERED = 12;

/** One step from the focused element up to the page, with its neighbours when it took the focus. */
interface Step {
  readonly element: Element;
  readonly next: Element | null;
  readonly previous: Element | null;
}

/**
 * A control that is pressed and then leaves (an acknowledgement given, a phase reached, a notice read) or cannot be pressed any more
 * takes the focus with it, and the keyboard would begin again at the top of the page. The keeper moves the focus to what comes next
 * in the same place, else before it, else to where it was before. Whoever uses a pointer is left alone.
 */
export class FocusKeeper {
  #trail: readonly Step[] = [];
  #history: readonly HTMLElement[] = [];
  #isByKeyboard = false;
  #isWaiting = false;

  constructor(scope: Scope) {
    scope.listen(window, "keydown", () => this.#setKeyboard(true), { capture: true });
    scope.listen(window, "pointerdown", () => this.#setKeyboard(false), { capture: true });
    scope.listen(document, "focusin", (event: FocusEvent) => this.#follow(event.target));
    const observer = new MutationObserver(() => this.#watch());
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ["disabled", "inert"],
    });
    scope.add(() => observer.disconnect());
    this.#follow(document.activeElement);
  }

  /** Whether the newest press was a key. */
  get isByKeyboard(): boolean {
    return this.#isByKeyboard;
  }

  /** The newest element of a region that had the focus and can have it again. */
  lastIn(region: Element): HTMLElement | null {
    return this.#history.find((element) => region.contains(element) && isUsable(element)) ?? null;
  }

  #setKeyboard(isByKeyboard: boolean): void {
    this.#isByKeyboard = isByKeyboard;
  }

  #follow(target: EventTarget | null): void {
    if (!(target instanceof HTMLElement) || target === document.body) return;
    const steps: Step[] = [];
    for (let at: Element | null = target; at !== null && at !== document.body; at = at.parentElement)
      steps.push({ element: at, next: at.nextElementSibling, previous: at.previousElementSibling });
    this.#trail = steps;
    this.#history = [target, ...this.#history.filter((other) => other !== target && other.isConnected)].slice(
      0,
      REMEMBERED,
    );
  }

  #isLost(): boolean {
    const lost = this.#trail[0]?.element;
    const { activeElement } = document;
    return (
      this.#isByKeyboard &&
      lost !== undefined &&
      isGone(lost) &&
      (activeElement === null || activeElement === document.body || activeElement === lost)
    );
  }

  /** Two frames later: a window that closes gives the focus back by itself in one. */
  #watch(): void {
    if (this.#isWaiting || !this.#isLost()) return;
    this.#isWaiting = true;
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        this.#isWaiting = false;
        if (this.#isLost()) this.#successor()?.focus();
      }),
    );
  }

  #successor(): HTMLElement | null {
    const depth = this.#trail.findIndex(({ element }) => isUsable(element));
    const top = this.#trail[depth]?.element;
    const beside = depth > 0 && top ? besideHole(this.#trail[depth - 1]!, top) : null;
    if (beside) return beside;
    for (let at = depth; at >= 0 && at < this.#trail.length; at++) {
      const { element } = this.#trail[at]!;
      const found = nearest(this.#trail[at - 1]?.element ?? null, element);
      if (found) return found;
      if (regionOf(element) === element) break;
    }
    return this.#history.find((element) => isUsable(element)) ?? null;
  }
}

/** What stands now where `gone` stood in `parent`, by its neighbours of then. */
function besideHole({ next, previous }: Step, parent: Element): HTMLElement | null {
  if (next?.isConnected && parent.contains(next)) {
    const all = focusablesIn(parent);
    const place = next.compareDocumentPosition.bind(next);
    return (
      all.find((one) => next === one || next.contains(one)) ?? all.find((one) => isAfter(place(one))) ?? null
    );
  }
  if (previous?.isConnected && parent.contains(previous)) {
    const place = previous.compareDocumentPosition.bind(previous);
    const all = focusablesIn(parent).filter((one) => !previous.contains(one));
    return all.find((one) => isAfter(place(one))) ?? focusablesIn(previous).at(-1) ?? null;
  }
  return null;
}

/** The first in `root` after `from` (a part of it), else the last before; any where `from` is not in it. */
function nearest(from: Element | null, root: Element): HTMLElement | null {
  const all = focusablesIn(root);
  if (!from || !root.contains(from)) return all[0] ?? null;
  const place = from.compareDocumentPosition.bind(from);
  return all.find((one) => isAfter(place(one))) ?? all.findLast((one) => !isAfter(place(one))) ?? null;
}

function isAfter(position: number): boolean {
  return (
    (position & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 &&
    (position & Node.DOCUMENT_POSITION_CONTAINED_BY) === 0
  );
}
