import { HASH, QUOTE } from "../../src/domain/ifc/step-cursor.ts";
import type { IfcText } from "./ifc-text.ts";
import { LARGE_CLASSES } from "./large-classes.ts";
import type { StepIndex } from "./step-index.ts";

/** Where relationships have their two ends. */
const FIRST_END = 4;
/** A shape of more statements is left for later. */
const MAX_STATEMENTS_EACH = 4000;
const MAX_STATEMENTS = 60_000;
/** What colours are looked up in. It is little, and nothing refers to it. */
const COLOURING =
  /^IFC(MATERIAL(DEFINITIONREPRESENTATION|LIST|LAYER|LAYERSET|LAYERSETUSAGE)?|STYLEDREPRESENTATION|SURFACESTYLE(RENDERING|SHADING)?|PRESENTATIONSTYLEASSIGNMENT|COLOURRGB)$/;
/** Neighbours in a file are often neighbours in the building: steps of this share of the whole meet all of it evenly. */
const GOLDEN = 0.618033988749895;

/** About `most` of the ids, from all over, in an order of which every beginning is from all over. */
function spread(ids: readonly number[], most: number): number[] {
  const step = Math.max(1, ids.length / most);
  const chosen: number[] = [];
  for (let at = 0; at < ids.length; at += step) chosen.push(ids[Math.floor(at)]!);
  return chosen
    .map((id, i) => ({ id, key: (i * GOLDEN) % 1 }))
    .sort((a, b) => a.key - b.key)
    .map(({ id }) => id);
}

/** Express ids of about `most` elements that a model is known by from afar; of any kind when it has none such. */
export function chooseLarge({ index, schema }: IfcText, most: number): number[] {
  const idsOf = (entity: string) => Array.from(index.statementsOf(entity), (at) => index.ids[at]!);
  const large = LARGE_CLASSES.map((name) => idsOf(name.toUpperCase()));
  const isFlat = (at: number) => /Roof|Slab|Curtain/.test(LARGE_CLASSES[at]!);
  const isWall = (at: number) => LARGE_CLASSES[at]!.startsWith("IfcWall");
  const those = (isOne: (at: number) => boolean) => large.filter((_, at) => isOne(at)).flat();
  const flat = spread(those(isFlat), Math.ceil(most * 0.35));
  const walls = spread(those(isWall), Math.ceil(most * 0.5));
  const room = most - flat.length - walls.length;
  const others = spread(
    those((at) => !isFlat(at) && !isWall(at)),
    Math.max(1, room),
  ).slice(0, room);
  const chosen = [...flat, ...walls, ...others];
  if (chosen.length > 0) return chosen;
  const any = index.entities.filter((entity) => schema.isA(entity, "IfcElement"));
  return spread(any.flatMap(idsOf), most);
}

/** Marks statements and what they refer to. */
class Closure {
  readonly shown: Uint8Array;
  count = 0;

  constructor(private readonly index: StepIndex) {
    this.shown = new Uint8Array(index.count);
  }

  /** False when it takes more than `most` statements: then none of them is marked, for a half of it leads nowhere. */
  add(statement: number, most = MAX_STATEMENTS_EACH): boolean {
    const { index, shown } = this;
    const marked: number[] = [];
    const stack = [statement];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (shown[at]) continue;
      if (marked.length >= most) {
        for (const one of marked) shown[one] = 0;
        return false;
      }
      shown[at] = 1;
      marked.push(at);
      this.#pushRefs(index.starts[at]! + 1, index.starts[at + 1]!, stack);
    }
    this.count += marked.length;
    return true;
  }

  #pushRefs(start: number, end: number, stack: number[]): void {
    const { bytes } = this.index;
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) while (++at < end && bytes[at] !== QUOTE);
      else if (byte === HASH) {
        let id = 0;
        for (let digit = bytes[at + 1]! - 48; digit >= 0 && digit <= 9; digit = bytes[at + 1]! - 48) {
          id = id * 10 + digit;
          at++;
        }
        const found = this.index.find(id);
        if (found >= 0 && !this.shown[found]) stack.push(found);
      }
    }
  }
}

/** What the kernel has to be shown of a file to make the shapes of some elements: 1 for what it need not see. */
export function partWith(
  { index }: IfcText,
  elementIds: readonly number[],
): { readonly isHidden: Uint8Array; readonly own: ReadonlySet<number> } {
  const closure = new Closure(index);
  const own = new Set<number>();
  for (const statement of index.statementsOf("IFCPROJECT")) closure.add(statement);
  for (const id of elementIds) {
    const statement = index.find(id);
    if (statement < 0 || closure.count > MAX_STATEMENTS) continue;
    if (closure.add(statement)) own.add(id);
  }
  addOpenings(index, closure, own);
  addColours(index, closure);
  for (let i = 0; i < index.count; i++) if (!index.ids[i]) closure.shown[i] = 1;
  return { isHidden: closure.shown.map((isShown) => 1 - isShown), own };
}

function refAt(index: StepIndex, statement: number, position: number): number {
  const cursor = index.attribute(statement, position);
  if (index.bytes[cursor.at] !== HASH) return 0;
  cursor.at++;
  return cursor.integer();
}

function addOpenings(index: StepIndex, closure: Closure, own: ReadonlySet<number>): void {
  for (const relation of index.statementsOf("IFCRELVOIDSELEMENT")) {
    if (!own.has(refAt(index, relation, FIRST_END))) continue;
    const opening = index.find(refAt(index, relation, FIRST_END + 1));
    if (opening < 0 || !closure.add(opening)) continue;
    closure.shown[relation] = 1;
  }
}

function addColours(index: StepIndex, closure: Closure): void {
  for (const entity of index.entities)
    if (COLOURING.test(entity)) for (const statement of index.statementsOf(entity)) closure.add(statement);
  // names all that is made of it, which is not to be shown
  for (const relation of index.statementsOf("IFCRELASSOCIATESMATERIAL")) {
    const material = index.find(refAt(index, relation, FIRST_END + 1));
    if (material >= 0 && closure.add(material)) closure.shown[relation] = 1;
  }
  for (const statement of index.statementsOf("IFCSTYLEDITEM")) {
    const styled = refAt(index, statement, 0);
    if (styled === 0 || closure.shown[index.find(styled)]) closure.add(statement);
  }
}
