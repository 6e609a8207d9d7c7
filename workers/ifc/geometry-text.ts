import type { StepIndex } from "./step-index.ts";

/**
 * Entities that no shape depends on. They are kept from web-ifc, which opens a file at a seventh of the speed at which
 * this scanner reads it: 4/5 of some files are property values.
 */
const WITHOUT_SHAPE =
  /^IFC(PROPERTY(SET|SINGLEVALUE|ENUMERATEDVALUE|LISTVALUE|BOUNDEDVALUE|TABLEVALUE|REFERENCEVALUE|ENUMERATION)|COMPLEXPROPERTY|QUANTITY(LENGTH|AREA|VOLUME|WEIGHT|COUNT|TIME|NUMBER)|PHYSICALCOMPLEXQUANTITY|ELEMENTQUANTITY|RELDEFINESBYPROPERTIES|RELSPACEBOUNDARY(1STLEVEL|2NDLEVEL)?|RELASSOCIATESCLASSIFICATION|CLASSIFICATIONREFERENCE|OWNERHISTORY)$/;
/** A longer statement is more likely a lost quotation mark that swallowed others. */
const MAX_LEFT_OUT = 1 << 16;

/**
 * The file as web-ifc gets to see it: without what no shape depends on, and with other text in place of some statements.
 * Nothing is copied before it is asked for.
 */
export class GeometryText {
  /** Start and end of each run in its source (the file, or a text of its own), and where it begins in this text. */
  readonly #sources: Uint8Array[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #places: number[] = [];
  #at = 0;
  readonly size: number;

  /**
   * @param rewrites text in place of statements, by their number; empty leaves them out
   * @param isHidden 1 for statements that are to be left out besides
   */
  constructor(
    index: StepIndex,
    rewrites: ReadonlyMap<number, string> = new Map(),
    isHidden: Uint8Array | null = null,
  ) {
    const { count, kinds, starts, entities, bytes } = index;
    const isLeftOut = Uint8Array.from(entities, (entity) => Number(WITHOUT_SHAPE.test(entity)));
    let [runStart, size] = [0, 0];
    const addRun = (source: Uint8Array, start: number, end: number) => {
      if (end <= start) return;
      this.#sources.push(source);
      this.#starts.push(start);
      this.#ends.push(end);
      this.#places.push(size);
      size += end - start;
    };
    const encoder = new TextEncoder();
    const isRewritten = rewrites.size > 0;
    for (let i = 0; i < count; i++) {
      const text = !isRewritten || isHidden?.[i] ? undefined : rewrites.get(i);
      const isShort = starts[i + 1]! - starts[i]! <= MAX_LEFT_OUT;
      if (text === undefined && !(isShort && (isLeftOut[kinds[i]!] || isHidden?.[i]))) continue;
      addRun(bytes, runStart, starts[i]!);
      runStart = starts[i + 1]!;
      if (text) {
        const written = encoder.encode(text);
        addRun(written, 0, written.length);
      }
    }
    addRun(bytes, runStart, bytes.length);
    this.size = size;
  }

  /** Fills `target` from `offset` of this text on; answers how many bytes there were. */
  read(offset: number, target: Uint8Array): number {
    const places = this.#places;
    if (offset < (places[this.#at] ?? 0)) this.#at = 0;
    while (this.#at + 1 < places.length && places[this.#at + 1]! <= offset) this.#at++;
    let filled = 0;
    for (let run = this.#at; run < places.length && filled < target.length; run++) {
      const start = this.#starts[run]! + offset + filled - places[run]!;
      const length = Math.min(this.#ends[run]! - start, target.length - filled);
      if (length <= 0) break;
      target.set(this.#sources[run]!.subarray(start, start + length), filled);
      filled += length;
    }
    return filled;
  }
}
