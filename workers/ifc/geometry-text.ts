import type { StepIndex } from "./step-index.ts";

/**
 * Entities that no shape depends on. They are kept from web-ifc, which opens a file at a seventh of the speed at which
 * this scanner reads it: 4/5 of some files are property values.
 */
const WITHOUT_SHAPE =
  /^IFC(PROPERTY(SET|SINGLEVALUE|ENUMERATEDVALUE|LISTVALUE|BOUNDEDVALUE|TABLEVALUE|REFERENCEVALUE|ENUMERATION)|COMPLEXPROPERTY|QUANTITY(LENGTH|AREA|VOLUME|WEIGHT|COUNT|TIME|NUMBER)|PHYSICALCOMPLEXQUANTITY|ELEMENTQUANTITY|RELDEFINESBYPROPERTIES|RELSPACEBOUNDARY(1STLEVEL|2NDLEVEL)?|RELASSOCIATESCLASSIFICATION|CLASSIFICATIONREFERENCE|OWNERHISTORY)$/;
/** A longer statement is more likely a lost quotation mark that swallowed others. */
const MAX_LEFT_OUT = 1 << 16;

/** The file as web-ifc gets to see it: without what no shape depends on. Nothing is copied before it is asked for. */
export class GeometryText {
  /** Start and end of each run in the file, and where it begins in this text. */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #places: number[] = [];
  #at = 0;
  readonly size: number;

  /** @param isHidden 1 for statements that are to be left out besides */
  constructor(
    private readonly index: StepIndex,
    isHidden: Uint8Array | null = null,
  ) {
    const { count, kinds, starts, entities, bytes } = index;
    const isLeftOut = Uint8Array.from(entities, (entity) => Number(WITHOUT_SHAPE.test(entity)));
    let [runStart, size] = [0, 0];
    const close = (end: number) => {
      if (end <= runStart) return;
      this.#starts.push(runStart);
      this.#ends.push(end);
      this.#places.push(size);
      size += end - runStart;
    };
    for (let i = 0; i < count; i++) {
      if (!(isLeftOut[kinds[i]!] || isHidden?.[i]) || starts[i + 1]! - starts[i]! > MAX_LEFT_OUT) continue;
      close(starts[i]!);
      runStart = starts[i + 1]!;
    }
    close(bytes.length);
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
      target.set(this.index.bytes.subarray(start, start + length), filled);
      filled += length;
    }
    return filled;
  }
}
