import { type ModelPlace, movedPlace, ringOfPlace } from "../domain/model-place.ts";
import type { PlaceDeg } from "../domain/pose.ts";
import { createLocalPlane } from "../geo/local-plane.ts";
import { pointInRing } from "../geo/polygon.ts";
import { tilesetPlacement } from "./model-placement.ts";
import type { WireParts } from "./parts.ts";
import type { PlaceShape } from "./place-shape.ts";
import { modelTilesetId } from "./wire-models.ts";

interface Drag {
  readonly from: PlaceDeg;
  readonly place: ModelPlace;
  readonly isTurn: boolean;
  latest: ModelPlace;
}

/**
 * While a model's place is examined, dragging the model moves it, with Shift turns it about its middle; elsewhere, and with
 * Ctrl or Alt, the camera moves as ever. The building follows live; letting go is one `place-model` command, Escape puts
 * it back.
 */
export function followPlacePointer(parts: WireParts, shapeNow: () => PlaceShape | null): void {
  const pointer = new PlacePointer(parts, shapeNow);
  const { scope, stores, view } = parts;
  const ending = new AbortController();
  const options = { capture: true, signal: ending.signal };
  // before the engine's own listeners on the canvas
  window.addEventListener("pointerdown", (event) => pointer.begin(event), options);
  window.addEventListener("pointermove", (event) => pointer.move(event), options);
  window.addEventListener("pointerup", (event) => pointer.finish(event), options);
  window.addEventListener("pointercancel", (event) => pointer.finish(event), options);
  window.addEventListener("keydown", (event) => pointer.giveUp(event), options);
  scope.add(() => ending.abort());
  scope.add(
    view.on("hovered", ({ pick }) => pointer.hover(pick?.kind === "feature" ? pick.tilesetId : null)),
  );
  scope.add(
    stores.placement.watch(
      (s) => s.modelId,
      () => pointer.hover(null),
    ),
  );
}

class PlacePointer {
  readonly #parts: WireParts;
  readonly #shapeNow: () => PlaceShape | null;
  #isOverModel = false;
  #drag: Drag | null = null;

  constructor(parts: WireParts, shapeNow: () => PlaceShape | null) {
    this.#parts = parts;
    this.#shapeNow = shapeNow;
  }

  get #entry() {
    const { placement, models } = this.#parts.stores;
    const { modelId } = placement.get();
    return models.get().models.find(({ id }) => id === modelId) ?? null;
  }

  hover(tilesetId: string | null): void {
    const entry = this.#entry;
    const { canvas } = this.#parts.view;
    const isOver = entry !== null && tilesetId === modelTilesetId(entry.id);
    if (isOver !== this.#isOverModel) canvas.style.cursor = isOver ? "move" : "";
    this.#isOverModel = isOver;
  }

  begin(event: PointerEvent): void {
    const { stores, view } = this.#parts;
    const { standing } = stores.placement.get();
    const [entry, shape] = [this.#entry, this.#shapeNow()];
    if (event.target !== view.canvas || event.button !== 0 || event.ctrlKey || event.altKey) return;
    const from = entry && standing && shape ? this.#groundUnder(event) : null;
    if (!entry || !standing || !shape || !from) return;
    const ring = ringOfPlace(shape.hull, standing);
    if (!this.#isOverModel && !pointInRing(from.longitudeDeg, from.latitudeDeg, ring)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const place = entry.userPlace ?? { ...standing, height: 0 };
    this.#drag = { from, place, isTurn: event.shiftKey, latest: place };
    view.canvas.setPointerCapture(event.pointerId);
  }

  move(event: PointerEvent): void {
    const shape = this.#shapeNow();
    if (!this.#drag || !shape) return;
    event.stopImmediatePropagation();
    const to = this.#groundUnder(event);
    if (!to) return;
    this.#drag.latest = placeOfDrag(this.#drag, to, shape);
    this.#show(this.#drag.latest);
  }

  finish(event: PointerEvent): void {
    const [drag, entry] = [this.#drag, this.#entry];
    if (!drag) return;
    event.stopImmediatePropagation();
    this.#drag = null;
    if (entry && drag.latest !== drag.place)
      void this.#parts.run({ type: "place-model", id: entry.id, ...drag.latest });
  }

  giveUp(event: KeyboardEvent): void {
    if (!this.#drag || event.key !== "Escape") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#show(this.#entry?.userPlace ?? this.#drag.place);
    this.#drag = null;
  }

  #groundUnder(event: PointerEvent): PlaceDeg | null {
    const { view } = this.#parts;
    const box = view.canvas.getBoundingClientRect();
    return view.groundAt(event.clientX - box.left, event.clientY - box.top);
  }

  #show(place: ModelPlace): void {
    const { stores, view } = this.#parts;
    const entry = this.#entry;
    if (!entry) return;
    view.placeTileset(modelTilesetId(entry.id), tilesetPlacement(entry.georeference, place));
    stores.placement.set({ standing: place });
  }
}

/** Where the model is once the pointer has gone from one ground point to another. */
export function placeOfDrag(
  { from, place, isTurn }: Pick<Drag, "from" | "place" | "isTurn">,
  to: PlaceDeg,
  { middle }: Pick<PlaceShape, "middle">,
): ModelPlace {
  const plane = createLocalPlane(from.longitudeDeg, from.latitudeDeg);
  const at = ({ longitudeDeg, latitudeDeg }: Pick<PlaceDeg, "longitudeDeg" | "latitudeDeg">) =>
    [plane.east(longitudeDeg), plane.north(latitudeDeg)] as const;
  const [east, north] = at(to);
  if (!isTurn) return movedPlace(place, { east, north }, middle);
  const [pivot] = ringOfPlace([middle], place);
  const [x, y] = at({ longitudeDeg: pivot![0], latitudeDeg: pivot![1] });
  const turn = Math.atan2(east - x, north - y) - Math.atan2(-x, -y);
  return movedPlace(place, { turnDeg: (turn * 180) / Math.PI }, middle);
}
