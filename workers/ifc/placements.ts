import type { FlatMesh } from "web-ifc";

/**
 * One geometry's place in a streamed mesh: `numbers` holds a column-major matrix (16) at `matrixAt` and sRGB and alpha
 * (0..1) at `colorAt`. It may be the kernel's memory, which moves when the kernel is asked for something: read it first.
 */
export type PlacementVisitor = (
  geometryId: number,
  numbers: ArrayLike<number>,
  matrixAt: number,
  colorAt: number,
) => void;

/** Layout of web-ifc 0.0.78's placed geometry in memory, bytes. */
const SIZE = 296;
const COLOR = 0;
const FLAT = 160;
const GEOMETRY_ID = 288;

interface KernelMemory {
  readonly HEAPU32: Uint32Array;
}

interface VectorHandle {
  readonly $$?: { readonly ptr?: number };
}

/**
 * Walks over the placements of streamed meshes in the kernel's own memory: through its bindings each one takes some forty
 * calls into wasm and back (a quarter of the time of a model of seven thousand mapped parts). The layout is checked
 * against the bindings on the first mesh of a file; where it does not hold, the bindings are used.
 */
export class PlacementReader {
  readonly #memory: KernelMemory;
  #doubles: Float64Array = new Float64Array();
  /** null until the first mesh was compared. */
  #isLayoutKnown: boolean | null = null;

  constructor(memory: KernelMemory) {
    this.#memory = memory;
  }

  forEach({ geometries }: FlatMesh, visit: PlacementVisitor): void {
    const count = geometries.size();
    const start = this.#isLayoutKnown === false ? -1 : this.#startOf(geometries as VectorHandle, count);
    if (this.#isLayoutKnown === null && count > 0)
      this.#isLayoutKnown = start >= 0 && this.#agrees(geometries, count, start);
    for (let i = 0; i < count; i++) {
      if (this.#isLayoutKnown && start >= 0) this.#visitAt(start + i * SIZE, visit);
      else {
        const { geometryExpressID, flatTransformation, color } = geometries.get(i);
        visit(geometryExpressID, [...flatTransformation, color.x, color.y, color.z, color.w], 0, 16);
      }
    }
  }

  /** Byte address of the first placement; -1 when the vector does not look as expected. */
  #startOf(handle: VectorHandle, count: number): number {
    const at = handle.$$?.ptr;
    if (at === undefined) return -1;
    const words = this.#memory.HEAPU32;
    const [start, end] = [words[at / 4]!, words[at / 4 + 1]!];
    return start % 8 === 0 && end - start === count * SIZE ? start : -1;
  }

  #doublesAt(): Float64Array {
    const { buffer } = this.#memory.HEAPU32;
    if (this.#doubles.buffer !== buffer) this.#doubles = new Float64Array(buffer);
    return this.#doubles;
  }

  #visitAt(at: number, visit: PlacementVisitor): void {
    const geometryId = this.#memory.HEAPU32[(at + GEOMETRY_ID) / 4]!;
    visit(geometryId, this.#doublesAt(), (at + FLAT) / 8, (at + COLOR) / 8);
  }

  #agrees(geometries: FlatMesh["geometries"], count: number, start: number): boolean {
    for (let i = 0; i < count; i++) {
      const told = geometries.get(i);
      const { x, y, z, w } = told.color;
      let isSame = false;
      this.#visitAt(start + i * SIZE, (id, numbers, matrixAt, colorAt) => {
        isSame =
          id === told.geometryExpressID &&
          told.flatTransformation.every((value, k) => Object.is(value, numbers[matrixAt + k])) &&
          [x, y, z, w].every((value, k) => Object.is(value, numbers[colorAt + k]));
      });
      if (!isSame) return false;
    }
    return true;
  }
}
