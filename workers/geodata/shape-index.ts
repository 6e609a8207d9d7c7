/**
 * A packed tree of boxes over the shapes of a set: shapes are ordered along a Morton curve, sixteen to a node. Finds what a
 * map tile or a point touches without looking at the rest.
 */
export class ShapeIndex {
  readonly #boxes: Float64Array;
  readonly #order: Uint32Array;
  /** Boxes of nodes, level by level upwards. */
  readonly #nodes: Float64Array[] = [];

  /** @param boxes west, south, east, north of each shape; @param shapes which of them are in the index */
  constructor(boxes: Float64Array, shapes: Uint32Array) {
    this.#boxes = boxes;
    this.#order = sortAlongCurve(boxes, shapes);
    let level = packLevel(this.#order.length, (k) => this.#order[k]!, boxes);
    this.#nodes.push(level);
    while (level.length > 4 * FAN) {
      level = packLevel(level.length / 4, (k) => k, level);
      this.#nodes.push(level);
    }
  }

  get size(): number {
    return this.#order.length;
  }

  /** Shapes whose boxes touch the window, in the order of the file. */
  search(west: number, south: number, east: number, north: number): number[] {
    const found: number[] = [];
    const touches = (boxes: Float64Array, k: number) =>
      boxes[k * 4]! <= east &&
      boxes[k * 4 + 1]! <= north &&
      boxes[k * 4 + 2]! >= west &&
      boxes[k * 4 + 3]! >= south;
    const visit = (level: number, from: number, to: number): void => {
      const boxes = this.#nodes[level]!;
      for (let node = from; node < Math.min(to, boxes.length / 4); node++) {
        if (!touches(boxes, node)) continue;
        if (level > 0) visit(level - 1, node * FAN, node * FAN + FAN);
        else
          for (let k = node * FAN; k < Math.min(node * FAN + FAN, this.#order.length); k++)
            if (touches(this.#boxes, this.#order[k]!)) found.push(this.#order[k]!);
      }
    };
    visit(this.#nodes.length - 1, 0, Number.MAX_SAFE_INTEGER);
    return found.sort((a, b) => a - b);
  }
}

const FAN = 16;

function packLevel(count: number, indexOf: (k: number) => number, boxes: Float64Array): Float64Array {
  const level = new Float64Array(Math.ceil(count / FAN) * 4);
  for (let node = 0; node * 4 < level.length; node++) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let k = node * FAN; k < Math.min(node * FAN + FAN, count); k++) {
      const at = indexOf(k) * 4;
      box[0] = Math.min(box[0]!, boxes[at]!);
      box[1] = Math.min(box[1]!, boxes[at + 1]!);
      box[2] = Math.max(box[2]!, boxes[at + 2]!);
      box[3] = Math.max(box[3]!, boxes[at + 3]!);
    }
    level.set(box, node * 4);
  }
  return level;
}

function sortAlongCurve(boxes: Float64Array, shapes: Uint32Array): Uint32Array {
  const codes = new Float64Array(boxes.length / 4);
  for (const shape of shapes) {
    const x = Math.floor((((boxes[shape * 4]! + boxes[shape * 4 + 2]!) / 2 + 180) / 360) * 65_535);
    const y = Math.floor((((boxes[shape * 4 + 1]! + boxes[shape * 4 + 3]!) / 2 + 90) / 180) * 65_535);
    codes[shape] = spread(x) + spread(y) * 2;
  }
  return shapes.slice().sort((a, b) => codes[a]! - codes[b]! || a - b);
}

/** Sixteen bits with a zero between each. */
function spread(value: number): number {
  let v = value & 0xffff;
  v = (v | (v << 8)) & 0x00ff00ff;
  v = (v | (v << 4)) & 0x0f0f0f0f;
  v = (v | (v << 2)) & 0x33333333;
  v = (v | (v << 1)) & 0x55555555;
  return v;
}
