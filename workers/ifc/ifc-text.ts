import { GeometryText } from "./geometry-text.ts";
import { IfcSchema } from "./ifc-schema.ts";
import { type IfcSource, readIfcSource } from "./ifc-source.ts";
import { kernelRewrites } from "./kernel-rewrites.ts";
import { StepIndex } from "./step-index.ts";

/** A file's text, unpacked, with every statement found. */
export interface IfcText {
  readonly source: IfcSource;
  readonly index: StepIndex;
  readonly schema: IfcSchema;
  /** What the kernel is to see in place of some statements, by statement number. */
  readonly rewrites: ReadonlyMap<number, string>;
  /** All that the kernel needs to see. */
  readonly shown: GeometryText;
}

/** @param bytes kept where they are text already, not copied. Throws as `readIfcSource`. */
export function readIfcText(bytes: Uint8Array, fileName: string): IfcText {
  const source = readIfcSource(bytes, fileName);
  const index = new StepIndex(source.step);
  const schema = new IfcSchema(source.schema);
  const line = (id: number | null | undefined) =>
    id === null || id === undefined ? null : index.line(id, (entity) => schema.entity(entity));
  const rewrites = kernelRewrites({ index, line });
  let shown: GeometryText | null = null;
  return {
    source,
    index,
    schema,
    rewrites,
    get shown() {
      shown ??= new GeometryText(index, rewrites);
      return shown;
    },
  };
}
