import { ErrorHeap } from "./error-heap.ts";
import { QUANTA } from "./tile-grid.ts";

/** Below this an in-circle test is a tie: its terms reach 2^62, doubles carry 53 bits. */
const CIRCLE_TIE = 2 ** 15;

/**
 * A Delaunay triangulation of the square 0..QUANTA that is refined where it leaves its candidates most: greedy insertion
 * (Garland and Heckbert 1995). Every triangle keeps a list of the candidates in it; an insertion touches few triangles, and
 * only their candidates are looked at again. Places are whole numbers, so that orientation is exact; the same input gives
 * the same mesh.
 */
export class GreedyMesh {
  readonly u: number[];
  readonly v: number[];
  readonly z: number[];
  /** Three vertices a triangle, counter-clockwise. */
  readonly triangles: number[] = [];
  readonly #twins: number[] = [];
  readonly #first: number[] = [];
  readonly #worst: number[] = [];
  readonly #heap = new ErrorHeap();
  #next = new Int32Array(0);
  #cu: ArrayLike<number> = [];
  #cv: ArrayLike<number> = [];
  #cz: ArrayLike<number> = [];
  #pool: number[] = [];
  #changed: number[] = [];
  #hint = 0;

  /** @param corners heights at south-west, south-east, north-east, north-west */
  constructor(corners: readonly [number, number, number, number]) {
    this.u = [0, QUANTA, QUANTA, 0];
    this.v = [0, 0, QUANTA, QUANTA];
    this.z = [...corners];
    this.#addTriangle(0, 1, 2, -1, -1, -1);
    this.#addTriangle(0, 2, 3, 2, -1, -1);
  }

  /** Adds a vertex, on the border or inside; false when there is one already. */
  insert(u: number, v: number, z: number): boolean {
    const triangle = this.#locate(u, v, this.#hint);
    const isNew = this.#insertIn(triangle, u, v, z);
    this.#spread();
    return isNew;
  }

  /** Inserts candidates, worst first, until none lies further than `tolerance` from the mesh. */
  refine(
    cu: ArrayLike<number>,
    cv: ArrayLike<number>,
    cz: ArrayLike<number>,
    tolerance: number,
    round: (z: number) => number,
  ): void {
    this.#cu = cu;
    this.#cv = cv;
    this.#cz = cz;
    this.#next = new Int32Array(cu.length);
    for (let p = 0; p < cu.length; p++) this.#pool.push(p);
    for (let t = 0; t < this.#first.length; t++) this.#changed.push(t);
    this.#spread();
    while (this.#heap.size > 0 && this.#heap.topError > tolerance) {
      const triangle = this.#heap.top;
      const p = this.#worst[triangle]!;
      this.#drop(triangle, p);
      this.#insertIn(triangle, cu[p]!, cv[p]!, round(cz[p]!));
      if (this.#changed.length === 0) this.#changed.push(triangle);
      this.#spread();
    }
  }

  #addTriangle(a: number, b: number, c: number, ab: number, bc: number, ca: number): number {
    const at = this.triangles.length;
    this.triangles.push(a, b, c);
    this.#twins.push(-1, -1, -1);
    this.#link(at, ab);
    this.#link(at + 1, bc);
    this.#link(at + 2, ca);
    this.#first.push(-1);
    this.#worst.push(-1);
    this.#changed.push(at / 3);
    return at;
  }

  #setTriangle(at: number, a: number, b: number, c: number, ab: number, bc: number, ca: number): void {
    this.triangles[at] = a;
    this.triangles[at + 1] = b;
    this.triangles[at + 2] = c;
    this.#link(at, ab);
    this.#link(at + 1, bc);
    this.#link(at + 2, ca);
  }

  #link(a: number, b: number): void {
    this.#twins[a] = b;
    if (b >= 0) this.#twins[b] = a;
  }

  /** Twice the area of a, b and the place; positive when it lies left of a to b. */
  #side(a: number, b: number, u: number, v: number): number {
    const { u: us, v: vs } = this;
    return (us[b]! - us[a]!) * (v - vs[a]!) - (vs[b]! - vs[a]!) * (u - us[a]!);
  }

  /** Walks towards the place; the triangle that holds it. */
  #locate(u: number, v: number, from: number): number {
    const { triangles } = this;
    let triangle = from;
    for (let steps = 0; steps <= triangles.length; steps++) {
      const at = triangle * 3;
      let edge = -1;
      for (let k = 0; k < 3 && edge < 0; k++)
        if (this.#side(triangles[at + k]!, triangles[after(at + k)]!, u, v) < 0) edge = at + k;
      if (edge < 0) return triangle;
      const twin = this.#twins[edge]!;
      if (twin < 0) return triangle;
      triangle = Math.floor(twin / 3);
    }
    throw new RangeError(`no triangle holds ${u}, ${v}`);
  }

  #insertIn(triangle: number, u: number, v: number, z: number): boolean {
    const at = triangle * 3;
    let edge = -1;
    for (let k = at; k < at + 3; k++) {
      if (this.#side(this.triangles[k]!, this.triangles[after(k)]!, u, v) !== 0) continue;
      if (edge >= 0) return false;
      edge = k;
    }
    const vertex = this.u.length;
    this.u.push(u);
    this.v.push(v);
    this.z.push(z);
    if (edge >= 0) this.#splitEdge(edge, vertex);
    else this.#splitTriangle(at, vertex);
    this.#hint = triangle;
    return true;
  }

  #splitTriangle(at: number, p: number): void {
    this.#collect(at);
    const [a, b, c] = [this.triangles[at]!, this.triangles[at + 1]!, this.triangles[at + 2]!];
    const [, bc, ca] = [this.#twins[at]!, this.#twins[at + 1]!, this.#twins[at + 2]!];
    const second = this.#addTriangle(b, c, p, bc, -1, -1);
    const third = this.#addTriangle(c, a, p, ca, -1, second + 1);
    this.#setTriangle(at, a, b, p, this.#twins[at]!, second + 2, third + 1);
    this.#legalise([at, second, third]);
  }

  /** Cuts the edge from a to b, whose triangle's third corner is c; on the other side there may be d. */
  #splitEdge(edge: number, p: number): void {
    const twin = this.#twins[edge]!;
    const [e1, e2] = [after(edge), after(after(edge))];
    const [a, b, c] = [this.triangles[edge]!, this.triangles[e1]!, this.triangles[e2]!];
    const [bc, ca] = [this.#twins[e1]!, this.#twins[e2]!];
    const at = edge - (edge % 3);
    this.#collect(at);
    if (twin < 0) {
      const half = this.#addTriangle(p, b, c, -1, bc, -1);
      this.#setTriangle(at, a, p, c, -1, half + 2, ca);
      this.#legalise([half + 1, at + 2]);
      return;
    }
    const [t1, t2] = [after(twin), after(after(twin))];
    const d = this.triangles[t2]!;
    const [ad, db] = [this.#twins[t1]!, this.#twins[t2]!];
    const other = twin - (twin % 3);
    this.#collect(other);
    const half = this.#addTriangle(p, b, c, -1, bc, -1);
    this.#setTriangle(at, a, p, c, -1, half + 2, ca);
    const otherHalf = this.#addTriangle(p, a, d, at, ad, -1);
    this.#setTriangle(other, b, p, d, half, otherHalf + 2, db);
    this.#legalise([half + 1, at + 2, otherHalf + 1, other + 2]);
  }

  /** Flips edges until the circles are empty; every edge given lies opposite the new vertex. */
  #legalise(edges: number[]): void {
    const { triangles } = this;
    const twins = this.#twins;
    for (let a = edges.pop(); a !== undefined; a = edges.pop()) {
      const b = twins[a]!;
      if (b < 0) continue;
      const [al, ar] = [after(a), after(after(a))];
      const [br, bl] = [after(b), after(after(b))];
      const [p, far] = [triangles[ar]!, triangles[bl]!];
      if (!this.#isInCircle(p, triangles[a]!, triangles[al]!, far)) continue;
      this.#collect(a - (a % 3));
      this.#collect(b - (b % 3));
      triangles[a] = far;
      triangles[b] = p;
      const [outerB, outerA] = [twins[bl]!, twins[ar]!];
      this.#link(a, outerB);
      this.#link(b, outerA);
      this.#link(ar, bl);
      edges.push(a, br);
    }
  }

  #isInCircle(a: number, b: number, c: number, p: number): boolean {
    const { u, v } = this;
    const ax = u[a]! - u[p]!;
    const ay = v[a]! - v[p]!;
    const bx = u[b]! - u[p]!;
    const by = v[b]! - v[p]!;
    const cx = u[c]! - u[p]!;
    const cy = v[c]! - v[p]!;
    const determinant =
      (ax * ax + ay * ay) * (bx * cy - cx * by) -
      (bx * bx + by * by) * (ax * cy - cx * ay) +
      (cx * cx + cy * cy) * (ax * by - bx * ay);
    return determinant > CIRCLE_TIE;
  }

  /** Takes the candidates out of a triangle that is about to change. */
  #collect(at: number): void {
    const triangle = at / 3;
    for (let p = this.#first[triangle]!; p >= 0; p = this.#next[p]!) this.#pool.push(p);
    this.#first[triangle] = -1;
    this.#changed.push(triangle);
  }

  #drop(triangle: number, p: number): void {
    let before = -1;
    for (let q = this.#first[triangle]!; q !== p; q = this.#next[q]!) before = q;
    if (before < 0) this.#first[triangle] = this.#next[p]!;
    else this.#next[before] = this.#next[p]!;
  }

  /** Gives collected candidates to the triangles that hold them now, and measures the triangles that changed. */
  #spread(): void {
    let triangle = this.#changed[0] ?? 0;
    for (const p of this.#pool) {
      triangle = this.#locate(this.#cu[p]!, this.#cv[p]!, triangle);
      this.#next[p] = this.#first[triangle]!;
      this.#first[triangle] = p;
    }
    this.#pool = [];
    for (const t of this.#changed) this.#measure(t);
    this.#changed = [];
  }

  #measure(triangle: number): void {
    let worst = -1;
    let most = 0;
    const at = triangle * 3;
    const a = this.triangles[at]!;
    const b = this.triangles[at + 1]!;
    const c = this.triangles[at + 2]!;
    const area = this.#side(a, b, this.u[c]!, this.v[c]!);
    for (let p = this.#first[triangle]!; p >= 0; p = this.#next[p]!) {
      const u = this.#cu[p]!;
      const v = this.#cv[p]!;
      const atC = this.#side(a, b, u, v) / area;
      const atA = this.#side(b, c, u, v) / area;
      const z = this.z[a]! * atA + this.z[b]! * (1 - atA - atC) + this.z[c]! * atC;
      const error = Math.abs(z - this.#cz[p]!);
      if (error > most) {
        most = error;
        worst = p;
      }
    }
    this.#worst[triangle] = worst;
    this.#heap.set(triangle, worst < 0 ? 0 : most);
  }
}

/** The next edge of the same triangle. */
function after(edge: number): number {
  return edge % 3 === 2 ? edge - 2 : edge + 1;
}
