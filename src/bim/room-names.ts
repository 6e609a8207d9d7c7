import { type Camera, Vector3 } from "three";
import type { RoomName } from "./contract.ts";
import { scenePointFromModel } from "./frames.ts";

/** Letters of the small type, about. */
const HAN_PX = 12;
const LATIN_PX = 7;
const MARGIN_PX = 3;

function widthOf(name: string): number {
  return Array.from(name).reduce(
    (sum, letter) => sum + (letter > "\u2e7f" ? HAN_PX : LATIN_PX),
    2 * MARGIN_PX,
  );
}

/** Names of rooms as a plan has them: in the middle of each, and only where it is wide enough to hold its own. */
export class RoomNames {
  readonly #host: HTMLElement;
  #names: { readonly room: RoomName; readonly element: HTMLElement }[] = [];

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  set(names: readonly RoomName[]): void {
    for (const { element } of this.#names) element.remove();
    this.#names = names.map((room) => ({ room, element: this.#write(room.name) }));
  }

  /** After each frame. */
  follow(camera: Camera): void {
    const { clientWidth: width, clientHeight: height } = this.#host;
    const pixel = (point: readonly [number, number, number]) => {
      const seen = new Vector3(...scenePointFromModel(point)).project(camera);
      return [((seen.x + 1) / 2) * width, ((1 - seen.y) / 2) * height] as const;
    };
    for (const { room, element } of this.#names) {
      const { min, max } = room;
      const [left, bottom] = pixel([min[0], min[1], min[2]]);
      const [right, top] = pixel([max[0], max[1], min[2]]);
      element.hidden = Math.abs(right - left) < widthOf(room.name) || Math.abs(bottom - top) < 2 * HAN_PX;
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px) translate(-50%, -50%)`;
    }
  }

  dispose(): void {
    this.set([]);
  }

  #write(name: string): HTMLElement {
    const element = document.createElement("div");
    element.textContent = name;
    Object.assign(element.style, {
      position: "absolute",
      left: "0",
      top: "0",
      font: "500 12px/1.3 var(--font)",
      whiteSpace: "nowrap",
      color: "var(--text-1)",
      textShadow: "0 0 3px var(--canvas), 0 0 3px var(--canvas), 0 0 2px var(--canvas)",
      pointerEvents: "none",
    });
    this.#host.append(element);
    return element;
  }
}
