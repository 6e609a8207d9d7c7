import { BufferAttribute, BufferGeometry, LineSegments, Mesh, Sphere, Vector3 } from "three";
import { litPanes } from "./lit-panes.ts";
import type { ModelMaterials } from "./materials.ts";
import type { TileLayer } from "./tile-layer.ts";
import { writeVisibleIndex } from "./visible-index.ts";

/** One layer of a tile on screen. Owns its geometry; materials are shared. */
export class ShownLayer {
  readonly layer: TileLayer;
  readonly mesh: Mesh;
  readonly geometry: BufferGeometry;
  #edges: ShownEdges | null = null;

  constructor(layer: TileLayer, kind: "opaque" | "glass", materials: ModelMaterials) {
    this.layer = layer;
    this.geometry = new BufferGeometry();
    this.geometry.setAttribute("position", new BufferAttribute(layer.positions, 3));
    this.geometry.setAttribute("normal", new BufferAttribute(layer.normals, 4, true));
    this.geometry.setAttribute("color", new BufferAttribute(layer.colors, 4, true));
    this.geometry.setIndex(new BufferAttribute(layer.index.slice(), 1));
    this.geometry.boundingSphere = sphereOf(layer.boxes);
    this.mesh = new Mesh(this.geometry, kind === "glass" ? materials.glass : materials.opaque);
    this.mesh.castShadow = kind === "opaque";
    this.mesh.receiveShadow = true;
    this.mesh.matrixAutoUpdate = false;
    if (kind === "glass") {
      this.mesh.renderOrder = 4;
      this.geometry.setAttribute("lit", new BufferAttribute(litPanes(layer), 1, true));
    }
  }

  get edges(): LineSegments | null {
    return this.#edges?.lines ?? null;
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

  dispose(): void {
    this.mesh.removeFromParent();
    this.geometry.dispose();
    this.#edges?.lines.removeFromParent();
    this.#edges?.lines.geometry.dispose();
  }
}

interface ShownEdges {
  readonly lines: LineSegments;
  filter(isVisible: (feature: number) => boolean): void;
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
