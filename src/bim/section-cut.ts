import { type Camera, Group, type Material, Plane, Vector3 } from "three";
import type { SectionPlane } from "../domain/reading/section-plane.ts";
import type { SceneBox } from "./camera-fit.ts";
import { CutFace } from "./cut-face.ts";
import { keptHalfSpace } from "./frames.ts";
import type { Palette } from "./palette.ts";
import type { ShownLayer } from "./shown-tile.ts";

/** Metres below which everything lies. */
const EVERYTHING = 1e7;
/** Shaders are compiled for so many planes: a second plane must not wait for a new one each time. */
const STEPS = [1, 6, 12, 18] as const;

function keepsEverything(): Plane {
  return new Plane(new Vector3(0, -1, 0), EVERYTHING);
}

/** As many planes as shaders are compiled for: the last ones keep everything. */
function padded(planes: readonly Plane[]): Plane[] {
  const size = STEPS.find((step) => step >= planes.length) ?? STEPS[STEPS.length - 1]!;
  return Array.from({ length: size }, (_, i) => planes[i] ?? keepsEverything());
}

/** Planes that cut the model, each with its cut surface and the outline of it. */
export class SectionCut {
  readonly group = new Group();
  readonly #faces: CutFace[] = [];
  readonly #onChange: () => void;
  #planes: readonly Plane[] = [];
  #palette: Palette | null = null;

  /** @param onChange outlines are there and want a frame */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get isOpen(): boolean {
    return this.#planes.length > 0;
  }

  /** For materials; null while nothing is cut. */
  get clippingPlanes(): Plane[] | null {
    return this.isOpen ? padded(this.#planes) : null;
  }

  /** What a first section will draw with, for compiling ahead. */
  get sampleMaterials(): readonly Material[] {
    return this.#face(0).materials;
  }

  /** What to compile a first section's shaders for. */
  get samplePlanes(): Plane[] {
    return [keepsEverything()];
  }

  applyPalette(palette: Palette): void {
    this.#palette = palette;
    for (const face of this.#faces) face.applyPalette(palette);
  }

  set(planes: readonly SectionPlane[]): void {
    this.#planes = planes.map((plane) => {
      const { normal, constant } = keptHalfSpace(plane);
      return new Plane(new Vector3(...normal), constant);
    });
    this.#planes.forEach((plane, i) => {
      const others = this.#planes.filter((other) => other !== plane);
      this.#face(i).place(plane, others.length > 0 ? padded(others) : null);
    });
    for (const face of this.#faces.slice(planes.length)) face.close();
  }

  /** Whether a point of the scene is left by all planes, to a millimetre. */
  keeps(point: Vector3): boolean {
    return this.#planes.every((plane) => plane.distanceToPoint(point) >= -1e-3);
  }

  /** Lays the cut surfaces across the model; `layers` are all that is drawn now. */
  fit(
    box: SceneBox | null,
    layers: readonly ShownLayer[],
    isShown: (layer: ShownLayer) => (feature: number) => boolean,
  ): void {
    if (!box) return;
    for (const face of this.#faces.slice(0, this.#planes.length)) face.fit(box, layers, isShown);
  }

  /** Before each frame: surfaces that the eye is behind are inside what is left and cannot be seen. */
  look(camera: Camera): void {
    for (const face of this.#faces) face.look(camera.position);
  }

  dispose(): void {
    for (const face of this.#faces) face.dispose();
  }

  #face(at: number): CutFace {
    while (this.#faces.length <= at) {
      const face = new CutFace(this.#faces.length, this.#onChange);
      if (this.#palette) face.applyPalette(this.#palette);
      this.#faces.push(face);
      this.group.add(face.group);
    }
    return this.#faces[at]!;
  }
}
