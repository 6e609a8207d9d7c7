import type { Page } from "playwright-core";

/** What has the focus, as a person with the keyboard alone learns of it. */
interface Focus {
  /** Its accessible name, roughly: label, text or placeholder. Empty on the page itself. */
  readonly name: string;
  readonly isPage: boolean;
  /** What a person could not see of it: no ring, off the screen, or covered. */
  readonly unseen: string | null;
}

/** A person who has a keyboard and nothing else. Notes each place on the way where the focus could not be seen. */
export class Keys {
  readonly #page: Page;
  /** Places where the focus was lost or could not be seen. */
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.#page = page;
  }

  /** Presses keys one after another, e.g. `Home PageDown PageDown`. */
  async press(keys: string): Promise<void> {
    for (const key of keys.split(" ")) await this.#page.keyboard.press(key);
  }

  type(text: string): Promise<void> {
    return this.#page.keyboard.type(text);
  }

  /** Presses `key` (Tab) until what has the focus is called so; throws with the places seen after `most` presses. */
  async goTo(name: RegExp, key = "Tab", most = 90): Promise<void> {
    const seen: string[] = [];
    for (let i = 0; i < most; i++) {
      await this.#page.keyboard.press(key);
      const focus = await this.focus();
      if (focus.unseen) this.complaints.push(`${focus.name.slice(0, 40)}: ${focus.unseen}`);
      if (name.test(focus.name)) return;
      seen.push(focus.name.slice(0, 24));
    }
    throw new Error(`the keyboard does not reach ${name}: ${seen.join(" | ")}`);
  }

  /** Waits until the focus stands on what is called so: where the product put it. */
  async isAt(name: RegExp): Promise<void> {
    const end = performance.now() + 60_000;
    for (;;) {
      const focus = await this.focus();
      if (name.test(focus.name)) return;
      if (performance.now() > end)
        throw new Error(`the focus is not at ${name} but at ${focus.isPage ? "the page" : focus.name}`);
      await this.#page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    }
  }

  focus(): Promise<Focus> {
    return this.#page.evaluate(() => {
      const active = document.activeElement as HTMLElement | null;
      if (!active || active === document.body) return { name: "", isPage: true, unseen: null };
      const labels = "labels" in active ? [...((active as HTMLInputElement).labels ?? [])] : [];
      const by = active.getAttribute("aria-labelledby")?.split(" ") ?? [];
      const name =
        active.getAttribute("aria-label") ??
        [...labels, ...by.map((id) => document.getElementById(id))]
          .map((label) => label?.textContent ?? "")
          .concat(active.textContent ?? "", active.getAttribute("placeholder") ?? "")
          .filter(Boolean)
          .join(" ");
      const style = getComputedStyle(active);
      const box = active.getBoundingClientRect();
      const x = box.x + box.width / 2;
      const y = Math.min(box.y + box.height / 2, box.y + 200);
      const on = document.elementFromPoint(x, y);
      const isOnScreen = x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
      const isCovered =
        !on || !(active.contains(on) || on.contains(active) || labels.some((label) => label.contains(on)));
      const unseen =
        style.outlineStyle === "none"
          ? "no ring"
          : !isOnScreen
            ? `off the screen at ${Math.round(x)}, ${Math.round(y)}`
            : isCovered
              ? `covered by ${on?.className.toString().slice(0, 40)}`
              : null;
      return { name, isPage: false, unseen };
    });
  }
}
