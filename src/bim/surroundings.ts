import type { ElementPart, ModelView } from "./model-view.ts";
import { distanceToFeature } from "./pick.ts";
import type { Probe, Three } from "./walk-body.ts";

/** How far about the body its surroundings are gathered, and after what way they are gathered anew; metres. */
const REACH_M = 6;
const FRESH_M = 2;

/**
 * What somebody on foot can bump into: a dozen rays a step, each asked of the elements near by instead of all of the
 * model's (a room has some dozens where the building has thousands).
 */
export class Surroundings {
  readonly #model: ModelView;
  readonly #isPassable: (row: number) => boolean;
  #near: readonly ElementPart[] = [];
  #centre: Three | null = null;

  /** @param isPassable rows that are walked through: doors */
  constructor(model: ModelView, isPassable: (row: number) => boolean) {
    this.#model = model;
    this.#isPassable = isPassable;
  }

  /** Something was hidden, shown, loaded or moved. */
  forget(): void {
    this.#centre = null;
  }

  readonly probe: Probe = (origin, direction, limit) => {
    this.#gather(origin, limit);
    let nearest: number | null = null;
    for (const { layer, feature } of this.#near)
      nearest = distanceToFeature({ origin, direction }, layer, feature, nearest ?? limit) ?? nearest;
    return nearest;
  };

  #gather(origin: Three, limit: number): void {
    const centre = this.#centre;
    const isFresh = centre !== null && Math.hypot(...origin.map((at, k) => at - centre[k]!)) < FRESH_M;
    if (isFresh && limit < REACH_M - FRESH_M) return;
    this.#centre = origin;
    const reach = Math.max(REACH_M, limit + FRESH_M);
    const box = [...origin.map((at) => at - reach), ...origin.map((at) => at + reach)];
    this.#near = this.#model.partsIn(box, (row) => !this.#isPassable(row));
  }
}
