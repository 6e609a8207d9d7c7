import { BufferAttribute, BufferGeometry, Group, LineSegments, Mesh, Sphere, Vector3 } from "three";
import { litPanes } from "./lit-panes.ts";
import type { ModelMaterials } from "./materials.ts";
import type { TileLayer } from "./tile-layer.ts";
import { writeVisibleIndex } from "./visible-index.ts";

/** One layer of a tile on screen. Owns its geometry; materials are shared. */
export class ShownLayer {
  readonly layer: TileLayer;
  /** All that is drawn of it. */
  readonly root = new Group();
  readonly mesh: Mesh;
  readonly geometry: BufferGeometry;
  readonly #materials: ModelMaterials;
  #edges: ShownEdges | null = null;
  #ghost: Mesh | null = null;
  #isRepainted = false;

  constructor(layer: TileLayer, kind: "opaque" | "glass" | "void", materials: ModelMaterials) {
    this.layer = layer;
    this.#materials = materials;
    this.geometry = new BufferGeometry();
    this.geometry.setAttribute("position", new BufferAttribute(layer.positions, 3));
    this.geometry.setAttribute("normal", new BufferAttribute(layer.normals, 4, true));
    this.geometry.setAttribute("color", new BufferAttribute(layer.colors, 4, true));
    this.geometry.setIndex(new BufferAttribute(layer.index.slice(), 1));
    this.geometry.boundingSphere = sphereOf(layer.boxes);
    this.mesh = new Mesh(this.geometry, materials[kind]);
    this.mesh.castShadow = kind === "opaque";
    this.mesh.receiveShadow = kind !== "void";
    this.mesh.matrixAutoUpdate = false;
    if (kind === "glass") {
      this.mesh.renderOrder = 4;
      this.geometry.setAttribute("lit", new BufferAttribute(litPanes(layer), 1, true));
    }
    if (kind === "void") this.mesh.renderOrder = 5;
    this.root.add(this.mesh);
    this.root.matrixAutoUpdate = false;
  }

  get edges(): LineSegments | null {
    return this.#edges?.lines ?? null;
  }

  /** What it holds on the graphics card, about: edges, which come later, as half of the surfaces. */
  get bytes(): number {
    const { positions, normals, colors, index } = this.layer;
    return (positions.byteLength + normals.byteLength + colors.byteLength + index.byteLength) * 1.5;
  }

  get triangles(): number {
    return this.geometry.drawRange.count === Number.POSITIVE_INFINITY
      ? this.layer.index.length / 3
      : this.geometry.drawRange.count / 3;
  }

  /** @param positions two points an edge; @param first featureCount + 1 positions in it, in points */
  addEdges(
    positions: Float32Array,
    first: Uint32Array,
    materials: ModelMaterials,
    isVisible: (feature: number) => boolean,
  ): LineSegments {
    this.#edges = createShownEdges(positions, first, materials, this.geometry.boundingSphere);
    this.#edges.filter(isVisible);
    this.root.add(this.#edges.lines);
    return this.#edges.lines;
  }

  filter(isVisible: (feature: number) => boolean): void {
    const index = this.geometry.index as BufferAttribute;
    const count = writeVisibleIndex(
      this.layer.index,
      this.layer.first,
      isVisible,
      index.array as Uint32Array,
    );
    index.needsUpdate = true;
    this.geometry.setDrawRange(0, count);
    this.mesh.visible = count > 0;
    this.#edges?.filter(isVisible);
  }

  /** Draws these features faintly, through each other; they must not be among the visible ones. */
  showFaintly(isFaint: ((feature: number) => boolean) | null): void {
    if (!isFaint && !this.#ghost) return;
    const ghost = this.#ghost ?? this.#createGhost();
    const index = ghost.geometry.index as BufferAttribute;
    const { layer } = this;
    const count = isFaint
      ? writeVisibleIndex(layer.index, layer.first, isFaint, index.array as Uint32Array)
      : 0;
    index.needsUpdate = true;
    ghost.geometry.setDrawRange(0, count);
    ghost.visible = count > 0;
  }

  /** @param colorOf red, green, blue of a feature, linear 0-1; null keeps its own. Null for all brings back all. */
  repaint(colorOf: ((feature: number) => readonly [number, number, number] | null) | null): void {
    if (!colorOf && !this.#isRepainted) return;
    this.#isRepainted = colorOf !== null;
    const { layer } = this;
    const colors = layer.colors.slice();
    if (colorOf) paintFeatures(layer, colors, colorOf);
    this.geometry.setAttribute("color", new BufferAttribute(colors, 4, true));
  }

  /** Positions of the layer have changed in place. */
  moved(): void {
    (this.geometry.getAttribute("position") as BufferAttribute).needsUpdate = true;
    this.geometry.boundingSphere = sphereOf(this.layer.boxes);
    if (this.#ghost) this.#ghost.geometry.boundingSphere = this.geometry.boundingSphere;
    this.#edges?.moved(this.geometry.boundingSphere);
  }

  /** The same lifts for edges as for surfaces: metres up, a feature. */
  liftEdges(liftOf: (feature: number) => number): void {
    this.#edges?.lift(liftOf);
  }

  #createGhost(): Mesh {
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", this.geometry.getAttribute("position"));
    geometry.setAttribute("normal", this.geometry.getAttribute("normal"));
    geometry.setIndex(new BufferAttribute(this.layer.index.slice(), 1));
    geometry.boundingSphere = this.geometry.boundingSphere;
    const ghost = new Mesh(geometry, this.#materials.ghost);
    ghost.matrixAutoUpdate = false;
    ghost.renderOrder = 4.5;
    this.#ghost = ghost;
    this.root.add(ghost);
    return ghost;
  }

  dispose(): void {
    this.root.removeFromParent();
    this.geometry.dispose();
    this.#ghost?.geometry.dispose();
    this.#edges?.lines.geometry.dispose();
  }
}

function paintFeatures(
  { first, index }: TileLayer,
  colors: Uint16Array,
  colorOf: (feature: number) => readonly [number, number, number] | null,
): void {
  for (let f = 0; f + 1 < first.length; f++) {
    const [from, to] = [first[f]!, first[f + 1]!];
    const color = from === to ? null : colorOf(f);
    if (!color) continue;
    const [r, g, b] = color.map((part) => Math.round(part * 65535)) as [number, number, number];
    for (let i = from; i < to; i++) {
      const at = index[i]! * 4;
      colors[at] = r;
      colors[at + 1] = g;
      colors[at + 2] = b;
    }
  }
}

interface ShownEdges {
  readonly lines: LineSegments;
  filter(isVisible: (feature: number) => boolean): void;
  moved(bounds: Sphere | null): void;
  lift(liftOf: (feature: number) => number): void;
}

function createShownEdges(
  positions: Float32Array,
  first: Uint32Array,
  materials: ModelMaterials,
  bounds: Sphere | null,
): ShownEdges {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(positions, 3));
  geometry.setAttribute("edgeLength", new BufferAttribute(lengthsOf(positions), 1));
  const whole = Uint32Array.from({ length: positions.length / 3 }, (_, i) => i);
  geometry.setIndex(new BufferAttribute(whole.slice(), 1));
  geometry.boundingSphere = bounds;
  const lines = new LineSegments(geometry, materials.edges);
  lines.matrixAutoUpdate = false;
  lines.renderOrder = 3;
  return {
    lines,
    filter: (isVisible) => {
      const index = geometry.index as BufferAttribute;
      const count = writeVisibleIndex(whole, first, isVisible, index.array as Uint32Array);
      index.needsUpdate = true;
      geometry.setDrawRange(0, count);
      lines.visible = count > 0;
    },
    moved: (sphere) => {
      (geometry.getAttribute("position") as BufferAttribute).needsUpdate = true;
      geometry.boundingSphere = sphere;
    },
    lift: (liftOf) => {
      for (let f = 0; f + 1 < first.length; f++) {
        const up = liftOf(f);
        if (up !== 0) for (let i = first[f]!; i < first[f + 1]!; i++) positions[i * 3 + 1]! += up;
      }
    },
  };
}

/** Both points of an edge carry its length. */
function lengthsOf(positions: Float32Array): Float32Array {
  const lengths = new Float32Array(positions.length / 3);
  for (let i = 0; i < lengths.length; i += 2) {
    const at = (k: number) => positions[i * 3 + k] as number;
    lengths.fill(Math.hypot(at(3) - at(0), at(4) - at(1), at(5) - at(2)), i, i + 2);
  }
  return lengths;
}

function sphereOf(boxes: Float32Array): Sphere {
  const min = new Vector3(Infinity, Infinity, Infinity);
  const max = new Vector3(-Infinity, -Infinity, -Infinity);
  const corner = new Vector3();
  for (let i = 0; i < boxes.length; i += 6) {
    min.min(corner.fromArray(boxes, i));
    max.max(corner.fromArray(boxes, i + 3));
  }
  const centre = min.clone().add(max).multiplyScalar(0.5);
  return new Sphere(centre, centre.distanceTo(max));
}
