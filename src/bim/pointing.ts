import { Vector3 } from "three";
import type { Emitter } from "../base/emitter.ts";
import type { Scope } from "../base/scope.ts";
import type { BimViewEvents } from "./contract.ts";
import type { Measuring } from "./measuring.ts";
import type { ElementHit, ModelView } from "./model-view.ts";
import { rayThrough } from "./perspective.ts";
import type { Ray } from "./pick.ts";
import { watchPointer } from "./pointer.ts";
import type { SectionCut } from "./section-cut.ts";
import type { Stage } from "./stage.ts";
import type { Walk } from "./walk.ts";

interface Sources {
  readonly stage: Stage;
  readonly model: ModelView;
  readonly cut: SectionCut;
  readonly measuring: Measuring;
  readonly walk: Walk;
  readonly emitter: Emitter<BimViewEvents>;
  /** Flies to an element. */
  readonly focusRow: (row: number) => void;
}

/** What is under a point of the canvas, and what the pointer does to it: chooses, measures, walks there, names it. */
export class Pointing {
  readonly #on: Sources;
  #named: number | null = null;

  constructor(sources: Sources, scope: Scope) {
    this.#on = sources;
    const { stage, measuring, walk } = sources;
    const { canvas } = stage;
    scope.own(
      watchPointer(canvas, {
        onClick: (x, y, isAdding) => this.#clicked(x, y, isAdding),
        onDoubleClick: (x, y) => {
          const hit = measuring.isOn ? null : this.hitAt(x, y);
          if (hit && walk.isOn) walk.goTo(this.#rayAt(x, y), hit.distance);
          else if (hit) sources.focusRow(hit.row);
        },
        onHover: (x, y) => {
          const hit = this.hitAt(x, y);
          if (measuring.isOn) measuring.hover(hit, x, y);
          else canvas.style.cursor = hit ? "pointer" : "";
          this.#name(measuring.isOn ? null : hit, x, y);
        },
      }),
    );
    scope.listen(canvas, "pointerleave", () => this.#name(null, 0, 0));
    scope.listen(canvas, "pointerdown", () => this.#name(null, 0, 0));
  }

  /** The nearest element there that the sections leave, x and y in CSS pixels of the canvas. */
  hitAt(x: number, y: number): ElementHit | null {
    const { model, cut } = this.#on;
    if (model.layers.length === 0) return null;
    const ray = this.#rayAt(x, y);
    const point = new Vector3();
    return model.pick(ray, (distance) => {
      if (!cut.isOpen) return true;
      point.fromArray(ray.direction).multiplyScalar(distance).add(new Vector3().fromArray(ray.origin));
      return cut.keeps(point);
    });
  }

  #rayAt(x: number, y: number): Ray {
    const { canvas, camera } = this.#on.stage;
    return rayThrough(camera, x / canvas.clientWidth, y / canvas.clientHeight);
  }

  #clicked(x: number, y: number, isAdding: boolean): void {
    const { model, measuring, emitter } = this.#on;
    if (model.layers.length === 0) return;
    const hit = this.hitAt(x, y);
    if (!measuring.isOn)
      emitter.emit("clicked", { globalId: hit?.globalId ?? null, row: hit?.row ?? null, isAdding });
    else if (hit) emitter.emit("measured", { point: measuring.pointAt(hit, x, y) });
  }

  #name(hit: ElementHit | null, x: number, y: number): void {
    const row = hit?.row ?? null;
    if (row === null && this.#named === null) return;
    this.#named = row;
    this.#on.emitter.emit("hovered", row === null ? null : { row, x, y });
  }
}
