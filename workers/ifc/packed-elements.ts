import type { ElementMesh } from "./element-mesh.ts";
import type { WeldedGeometry } from "./weld.ts";

/** Elements with their shapes in a few long arrays, which go to another thread without being copied. */
export interface PackedElements {
  readonly positions: Float32Array;
  readonly normals: Int8Array;
  readonly indices: Uint32Array;
  /** Six numbers a shape. */
  readonly boxes: Float64Array;
  /** Vertices and indices of each shape: two numbers a shape. */
  readonly sizes: Uint32Array;
  /** Express id and number of parts: two numbers an element. */
  readonly elements: Uint32Array;
  /** Shape and colour: two numbers a part. */
  readonly parts: Uint32Array;
  /** engineeringFromGeometry: sixteen numbers a part. */
  readonly places: Float64Array;
}

function total(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function packShapes(shapes: readonly WeldedGeometry[]) {
  const positions = new Float32Array(total(shapes.map((shape) => shape.positions.length)));
  const normals = new Int8Array((positions.length / 3) * 4);
  const indices = new Uint32Array(total(shapes.map((shape) => shape.indices.length)));
  const boxes = new Float64Array(shapes.length * 6);
  const sizes = new Uint32Array(shapes.length * 2);
  let [vertex, index] = [0, 0];
  for (const [i, shape] of shapes.entries()) {
    positions.set(shape.positions, vertex * 3);
    normals.set(shape.normals, vertex * 4);
    indices.set(shape.indices, index);
    boxes.set(shape.box, i * 6);
    sizes[i * 2] = shape.positions.length / 3;
    sizes[i * 2 + 1] = shape.indices.length;
    vertex += shape.positions.length / 3;
    index += shape.indices.length;
  }
  return { positions, normals, indices, boxes, sizes };
}

export function packElements(elements: readonly ElementMesh[]): PackedElements {
  const shapeAt = new Map<WeldedGeometry, number>();
  const count = total(elements.map(({ parts }) => parts.length));
  const parts = new Uint32Array(count * 2);
  const places = new Float64Array(count * 16);
  const table = new Uint32Array(elements.length * 2);
  let at = 0;
  for (const [i, element] of elements.entries()) {
    table[i * 2] = element.expressId;
    table[i * 2 + 1] = element.parts.length;
    for (const { geometry, color, engineeringFromGeometry } of element.parts) {
      if (!shapeAt.has(geometry)) shapeAt.set(geometry, shapeAt.size);
      parts[at * 2] = shapeAt.get(geometry)!;
      parts[at * 2 + 1] = color;
      places.set(engineeringFromGeometry, at * 16);
      at++;
    }
  }
  return { ...packShapes([...shapeAt.keys()]), elements: table, parts, places };
}

/** What to transfer. */
export function buffersOf(packed: PackedElements): ArrayBuffer[] {
  return Object.values(packed).map(({ buffer }: { buffer: ArrayBuffer }) => buffer);
}

function unpackShapes({ positions, normals, indices, boxes, sizes }: PackedElements): WeldedGeometry[] {
  let [vertex, index] = [0, 0];
  return Array.from({ length: sizes.length / 2 }, (_, i): WeldedGeometry => {
    const [vertices, corners] = [sizes[i * 2]!, sizes[i * 2 + 1]!];
    const shape = {
      positions: positions.subarray(vertex * 3, (vertex + vertices) * 3),
      normals: normals.subarray(vertex * 4, (vertex + vertices) * 4),
      indices: indices.subarray(index, index + corners),
      box: boxes.subarray(i * 6, i * 6 + 6),
    };
    vertex += vertices;
    index += corners;
    return shape;
  });
}

/** The elements again; their arrays are views of the packed ones. */
export function unpackElements(packed: PackedElements): ElementMesh[] {
  const shapes = unpackShapes(packed);
  let at = 0;
  return Array.from({ length: packed.elements.length / 2 }, (_, i): ElementMesh => {
    const element: ElementMesh = { expressId: packed.elements[i * 2]!, parts: [], triangles: 0 };
    for (const end = at + packed.elements[i * 2 + 1]!; at < end; at++) {
      const geometry = shapes[packed.parts[at * 2]!]!;
      const engineeringFromGeometry = Array.from(packed.places.subarray(at * 16, at * 16 + 16));
      element.parts.push({ geometry, color: packed.parts[at * 2 + 1]!, engineeringFromGeometry });
      element.triangles += geometry.indices.length / 3;
    }
    return element;
  });
}
