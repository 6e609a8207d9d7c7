import {
  AlwaysStencilFunc,
  BackSide,
  BufferAttribute,
  BufferGeometry,
  Color,
  DecrementWrapStencilOp,
  DoubleSide,
  FrontSide,
  Group,
  IncrementWrapStencilOp,
  LineBasicMaterial,
  LineSegments,
  type Material,
  Mesh,
  MeshBasicMaterial,
  NotEqualStencilFunc,
  Plane,
  PlaneGeometry,
  ReplaceStencilOp,
  ShaderMaterial,
  Vector3,
} from "three";
import type { SceneBox } from "./camera-fit.ts";
import { addCutLines } from "./cut-outline.ts";
import { EdgeBuffer } from "./feature-edges.ts";
import type { Palette } from "./palette.ts";
import type { ShownLayer } from "./shown-tile.ts";

/** Outlines are drawn when a plane has rested for so long. */
const REST_MS = 140;
/** Work in one go; a frame at 60 Hz has 16 ms. */
const SLICE_MS = 6;

/**
 * One cut surface. Back faces that are left count up in the stencil and front faces down: where the sum is not nought,
 * the plane lies inside a solid and is filled. Costs two more draws a layer while it is open and faces the eye.
 */
export class CutFace {
  readonly group = new Group();
  readonly #counters = new Group();
  readonly #cap: Mesh<PlaneGeometry, ShaderMaterial>;
  readonly #backFaces = createCounter(BackSide);
  readonly #frontFaces = createCounter(FrontSide);
  readonly #outline: LineSegments<BufferGeometry, LineBasicMaterial>;
  readonly #onChange: () => void;
  readonly #order: number;
  #plane = new Plane();
  #isOpen = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param at place among the faces: they are drawn one after another, each with a clean stencil */
  constructor(at: number, onChange: () => void) {
    this.#onChange = onChange;
    this.#order = 1 + at * 0.05;
    this.#cap = new Mesh(new PlaneGeometry(1, 1), createCapMaterial());
    this.#cap.renderOrder = this.#order + 0.02;
    this.#cap.onAfterRender = (renderer) => renderer.clearStencil();
    this.#outline = new LineSegments(new BufferGeometry(), new LineBasicMaterial({ toneMapped: false }));
    this.#outline.renderOrder = this.#order + 0.03;
    this.#outline.frustumCulled = false;
    this.group.add(this.#counters, this.#cap, this.#outline);
    this.group.visible = false;
  }

  get materials(): readonly Material[] {
    return [this.#backFaces, this.#frontFaces];
  }

  applyPalette(palette: Palette): void {
    const { uniforms } = this.#cap.material;
    (uniforms.fill!.value as Color).set(palette.cap);
    (uniforms.hatch!.value as Color).set(palette.capHatch);
    this.#outline.material.color.set(palette.cutEdge);
  }

  /** @param others what the other planes keep, or null */
  place(plane: Plane, others: Plane[] | null): void {
    this.#isOpen = true;
    this.#plane = plane;
    this.#backFaces.clippingPlanes = [plane];
    this.#frontFaces.clippingPlanes = [plane];
    this.#cap.material.clippingPlanes = others;
    this.#outline.material.clippingPlanes = others;
  }

  close(): void {
    this.#isOpen = false;
    this.group.visible = false;
    this.#counters.clear();
    this.#stopOutline();
  }

  fit(
    box: SceneBox,
    layers: readonly ShownLayer[],
    isShown: (layer: ShownLayer) => (feature: number) => boolean,
  ): void {
    const min = new Vector3(...box.min);
    const max = new Vector3(...box.max);
    const centre = min.clone().add(max).multiplyScalar(0.5);
    const size = min.distanceTo(max) * 1.05;
    const plane = this.#plane;
    plane.projectPoint(centre, this.#cap.position);
    this.#cap.lookAt(this.#cap.position.clone().sub(plane.normal));
    this.#cap.scale.setScalar(size);
    this.#cap.material.uniforms.size!.value = size;
    this.#syncCounters(layers);
    this.#startOutline(layers, isShown);
  }

  look(eye: Vector3): void {
    this.group.visible = this.#isOpen && this.#plane.distanceToPoint(eye) < 0;
  }

  dispose(): void {
    this.#stopOutline();
    this.#cap.geometry.dispose();
    this.#outline.geometry.dispose();
    for (const material of [this.#cap.material, this.#backFaces, this.#frontFaces, this.#outline.material])
      material.dispose();
  }

  #syncCounters(layers: readonly ShownLayer[]): void {
    this.#counters.clear();
    for (const { geometry, mesh } of layers) {
      if (!mesh.visible) continue;
      for (const material of [this.#backFaces, this.#frontFaces]) {
        const counter = new Mesh(geometry, material);
        counter.matrixAutoUpdate = false;
        counter.renderOrder = this.#order;
        this.#counters.add(counter);
      }
    }
  }

  #startOutline(
    layers: readonly ShownLayer[],
    isShown: (layer: ShownLayer) => (feature: number) => boolean,
  ): void {
    this.#stopOutline();
    const plane = this.#plane.clone();
    const waiting = [...layers];
    const lines = new EdgeBuffer();
    const work = () => {
      const endMs = performance.now() + SLICE_MS;
      for (let layer = waiting.pop(); layer; layer = waiting.pop()) {
        addCutLines(layer.layer, plane, isShown(layer), lines);
        if (performance.now() > endMs) break;
      }
      this.#timer = waiting.length > 0 ? setTimeout(work, 0) : null;
      if (this.#timer === null) this.#showOutline(lines.toArray());
    };
    this.#timer = setTimeout(work, REST_MS);
  }

  #stopOutline(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#outline.visible = false;
  }

  #showOutline(lines: Float32Array): void {
    this.#outline.geometry.dispose();
    this.#outline.geometry = new BufferGeometry();
    this.#outline.geometry.setAttribute("position", new BufferAttribute(lines, 3));
    this.#outline.visible = lines.length > 0;
    this.#onChange();
  }
}

function createCounter(side: typeof BackSide | typeof FrontSide): MeshBasicMaterial {
  const operation = side === BackSide ? IncrementWrapStencilOp : DecrementWrapStencilOp;
  return new MeshBasicMaterial({
    side,
    depthWrite: false,
    depthTest: false,
    colorWrite: false,
    stencilWrite: true,
    stencilFunc: AlwaysStencilFunc,
    stencilFail: operation,
    stencilZFail: operation,
    stencilZPass: operation,
  });
}

/** Flat fill with a fine hatch at 45 degrees that fades where it would only flicker. */
function createCapMaterial(): ShaderMaterial {
  return new ShaderMaterial({
    side: DoubleSide,
    clipping: true,
    stencilWrite: true,
    stencilRef: 0,
    stencilFunc: NotEqualStencilFunc,
    stencilFail: ReplaceStencilOp,
    stencilZFail: ReplaceStencilOp,
    stencilZPass: ReplaceStencilOp,
    polygonOffset: true,
    polygonOffsetFactor: -1,
    polygonOffsetUnits: -1,
    uniforms: { fill: { value: new Color() }, hatch: { value: new Color() }, size: { value: 1 } },
    vertexShader: `
      #include <common>
      #include <clipping_planes_pars_vertex>
      varying vec2 vPlace;
      uniform float size;
      void main() {
        vPlace = position.xy * size;
        #include <begin_vertex>
        #include <project_vertex>
        #include <clipping_planes_vertex>
      }`,
    fragmentShader: `
      #include <common>
      #include <clipping_planes_pars_fragment>
      uniform vec3 fill;
      uniform vec3 hatch;
      varying vec2 vPlace;
      void main() {
        #include <clipping_planes_fragment>
        float across = ( vPlace.x + vPlace.y ) / 0.22;
        float width = fwidth( across );
        float line = 1.0 - smoothstep( 0.10, 0.10 + width * 1.5, abs( fract( across ) - 0.5 ) );
        float share = mix( line, 0.2, smoothstep( 0.08, 0.2, width ) );
        gl_FragColor = vec4( mix( fill, hatch, share ), 1.0 );
        #include <colorspace_fragment>
      }`,
  });
}
