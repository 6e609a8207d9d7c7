import {
  AlwaysStencilFunc,
  BackSide,
  Color,
  DecrementWrapStencilOp,
  DoubleSide,
  FrontSide,
  Group,
  IncrementWrapStencilOp,
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
import { keptHalfSpace, type Section } from "./frames.ts";
import type { Palette } from "./palette.ts";
import type { ShownLayer } from "./shown-tile.ts";

/** Metres below which everything lies. */
const EVERYTHING = 1e7;

/**
 * The cut surface. Back faces that are left count up in the stencil and front faces down: where the sum is not nought,
 * the plane lies inside a solid and is filled. Costs two more draws a layer, only while a section is open.
 */
export class SectionCut {
  readonly group = new Group();
  /** The kept half space; changes in place. Without a section it keeps everything. */
  readonly plane = new Plane(new Vector3(0, -1, 0), EVERYTHING);
  readonly #counters = new Group();
  readonly #cap: Mesh<PlaneGeometry, ShaderMaterial>;
  readonly #backFaces: MeshBasicMaterial;
  readonly #frontFaces: MeshBasicMaterial;
  #isOpen = false;

  constructor() {
    this.#backFaces = createCounter(BackSide, [this.plane]);
    this.#frontFaces = createCounter(FrontSide, [this.plane]);
    this.#cap = new Mesh(new PlaneGeometry(1, 1), createCapMaterial());
    this.#cap.renderOrder = 2;
    this.group.add(this.#counters, this.#cap);
    this.group.visible = false;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** What a first section will draw with, for compiling ahead. */
  get counterMaterials(): readonly MeshBasicMaterial[] {
    return [this.#backFaces, this.#frontFaces];
  }

  applyPalette(palette: Palette): void {
    const { uniforms } = this.#cap.material;
    (uniforms.fill!.value as Color).set(palette.cap);
    (uniforms.hatch!.value as Color).set(palette.capHatch);
  }

  set(section: Section | null): void {
    this.#isOpen = section !== null;
    this.group.visible = section !== null;
    if (!section) {
      this.plane.set(new Vector3(0, -1, 0), EVERYTHING);
      return;
    }
    const { normal, constant } = keptHalfSpace(section);
    this.plane.set(new Vector3(...normal), constant);
  }

  /** Lays the cap across the model; `layers` are all that is drawn now. */
  fit(box: SceneBox | null, layers: readonly ShownLayer[]): void {
    if (!this.#isOpen || !box) return;
    const min = new Vector3(...box.min);
    const max = new Vector3(...box.max);
    const centre = min.clone().add(max).multiplyScalar(0.5);
    const size = min.distanceTo(max) * 1.05;
    this.plane.projectPoint(centre, this.#cap.position);
    this.#cap.lookAt(this.#cap.position.clone().sub(this.plane.normal));
    this.#cap.scale.setScalar(size);
    this.#cap.material.uniforms.size!.value = size;
    this.#syncCounters(layers);
  }

  dispose(): void {
    this.#cap.geometry.dispose();
    this.#cap.material.dispose();
    this.#backFaces.dispose();
    this.#frontFaces.dispose();
  }

  #syncCounters(layers: readonly ShownLayer[]): void {
    this.#counters.clear();
    for (const { geometry, mesh } of layers) {
      if (!mesh.visible) continue;
      for (const material of [this.#backFaces, this.#frontFaces]) {
        const counter = new Mesh(geometry, material);
        counter.matrixAutoUpdate = false;
        counter.renderOrder = 1;
        this.#counters.add(counter);
      }
    }
  }
}

function createCounter(side: typeof BackSide | typeof FrontSide, planes: Plane[]): MeshBasicMaterial {
  const operation = side === BackSide ? IncrementWrapStencilOp : DecrementWrapStencilOp;
  return new MeshBasicMaterial({
    side,
    clippingPlanes: planes,
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
      varying vec2 vPlace;
      uniform float size;
      void main() {
        vPlace = position.xy * size;
        gl_Position = projectionMatrix * modelViewMatrix * vec4( position, 1.0 );
      }`,
    fragmentShader: `
      uniform vec3 fill;
      uniform vec3 hatch;
      varying vec2 vPlace;
      void main() {
        float across = ( vPlace.x + vPlace.y ) / 0.22;
        float width = fwidth( across );
        float line = 1.0 - smoothstep( 0.10, 0.10 + width * 1.5, abs( fract( across ) - 0.5 ) );
        float share = mix( line, 0.2, smoothstep( 0.08, 0.2, width ) );
        gl_FragColor = vec4( mix( fill, hatch, share ), 1.0 );
        #include <colorspace_fragment>
      }`,
  });
}
