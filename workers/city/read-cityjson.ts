import { TwinError } from "../../src/base/errors.ts";
import { type CityGeometry, fillGeometry, type GeometryFrame, lodOf } from "./cityjson-geometry.ts";
import type { ByteSource } from "./contract.ts";
import { RawFeature, type RawValue, type ReaderSink } from "./raw-feature.ts";

interface CityObject {
  readonly type?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly geometry?: readonly CityGeometry[];
  readonly parents?: readonly string[];
  readonly children?: readonly string[];
}

interface CityJsonDocument {
  readonly type?: string;
  readonly version?: string;
  readonly transform?: { readonly scale: readonly number[]; readonly translate: readonly number[] };
  readonly metadata?: { readonly referenceSystem?: string };
  readonly vertices?: readonly (readonly number[])[];
  readonly CityObjects?: Readonly<Record<string, CityObject>>;
  readonly "geometry-templates"?: {
    readonly templates?: readonly CityGeometry[];
    readonly "vertices-templates"?: readonly (readonly number[])[];
  };
}

/** A JavaScript text holds little more. */
const LONGEST_TEXT = 500_000_000;

/**
 * CityJSON 1.0 to 2.0, and CityJSONSeq: a first line with the frame, then a CityJSONFeature a line, read one by one.
 * Each city object with a geometry is a feature: its finest level of detail, its attributes, those of its parents where it
 * has none of the name. Objects that only group others are told through these.
 * @throws TwinError `cityjson.invalid`, `cityjson.too_large`
 */
export async function readCityJson(
  source: ByteSource,
  sink: ReaderSink,
  onBytes: (count: number) => void = () => {},
): Promise<void> {
  const reader = new CityJsonReader(sink);
  const decoder = new TextDecoder();
  let pending: string[] = [];
  /** Null until the first line has ended. */
  let isSequence: boolean | null = null;
  let waiting = 0;
  for await (const chunk of source.chunks()) {
    onBytes(chunk.length);
    waiting += chunk.length;
    if (waiting > LONGEST_TEXT) throw tooLarge(source.name);
    const text = decoder.decode(chunk, { stream: true });
    const lastBreak = text.lastIndexOf("\n");
    if (isSequence === null && lastBreak >= 0) isSequence = isFirstLineWhole([...pending, text]);
    if (lastBreak < 0 || !isSequence) {
      pending.push(text);
      continue;
    }
    const lines = (pending.join("") + text.slice(0, lastBreak)).split("\n");
    pending = [text.slice(lastBreak + 1)];
    waiting = pending[0]!.length;
    for (const line of lines) reader.document(line, source.name);
  }
  pending.push(decoder.decode());
  reader.document(pending.join(""), source.name);
}

/** A sequence has a whole object in its first line and goes on after it; null when nothing but space has followed yet. */
function isFirstLineWhole(parts: readonly string[]): boolean | null {
  const text = parts.join("");
  const lineBreak = text.indexOf("\n");
  const line = text.slice(0, lineBreak).trim();
  if (!line.endsWith("}")) return false;
  if (text.slice(lineBreak).trim() === "") return null;
  try {
    return (JSON.parse(line) as CityJsonDocument).type === "CityJSON";
  } catch {
    return false;
  }
}

class CityJsonReader {
  readonly #raw = new RawFeature();
  #first: CityJsonDocument | null = null;
  #count = 0;

  constructor(private readonly sink: ReaderSink) {}

  document(text: string, file: string): void {
    if (text.trim() === "") return;
    const document = this.#parse(text, file);
    const isFeature = document.type === "CityJSONFeature";
    if (!isFeature && document.type !== "CityJSON")
      throw invalid(file, `an object of type ${document.type ?? "none"} stands where CityJSON is expected`);
    if (!isFeature) {
      this.#first = document;
      const system = document.metadata?.referenceSystem;
      if (system) this.sink.crs(system);
    }
    if (!this.#first)
      throw invalid(file, "its first line is not the CityJSON object that frames the features");
    const frame = frameOf(document, this.#first);
    const objects = document.CityObjects ?? {};
    for (const [id, object] of Object.entries(objects)) this.#object(id, object, objects, frame);
  }

  #parse(text: string, file: string): CityJsonDocument {
    try {
      return JSON.parse(text) as CityJsonDocument;
    } catch (cause) {
      throw invalid(file, cause instanceof Error ? cause.message : "it is not JSON");
    }
  }

  #object(
    id: string,
    object: CityObject,
    objects: Readonly<Record<string, CityObject>>,
    frame: GeometryFrame,
  ): void {
    const geometries = object.geometry ?? [];
    if (geometries.length === 0 && object.children?.length) return;
    const raw = this.#raw;
    raw.clear(this.#count++);
    raw.id = id;
    const finest = [...geometries].sort((a, b) => lodOf(b) - lodOf(a))[0];
    if (!finest) raw.problem = "it has no geometry";
    else {
      fillGeometry(raw, finest, frame, isBuilt(object.type));
      raw.attribute("lod", String(finest.lod ?? ""));
    }
    raw.attribute("cityObject", object.type ?? "");
    const parent = object.parents?.[0];
    if (parent) raw.attribute("parent", parent);
    const known = new Set<string>(raw.keys);
    for (let one: CityObject | undefined = object, depth = 0; one && depth < 8; depth++) {
      addAttributes(raw, one.attributes ?? {}, known);
      one = one.parents?.[0] === undefined ? undefined : objects[one.parents[0]];
    }
    this.sink.feature(raw);
  }
}

function tooLarge(file: string): TwinError {
  return new TwinError(
    "cityjson.too_large",
    `${file} is CityJSON of more than 500 MB in one piece. Convert it to CityJSONSeq, which is read line by line.`,
    { file },
  );
}

function invalid(file: string, reason: string): TwinError {
  return new TwinError("cityjson.invalid", `${file} is not readable CityJSON: ${reason}.`, { file, reason });
}

/** Buildings and bridges have walls with windows; roads and water do not. */
function isBuilt(type: string | undefined): boolean {
  return /^\+?Building/.test(type ?? "");
}

function frameOf(document: CityJsonDocument, first: CityJsonDocument): GeometryFrame {
  const { scale = [1, 1, 1], translate = [0, 0, 0] } = first.transform ?? {};
  const templates = first["geometry-templates"];
  return {
    vertices: document.vertices ?? [],
    scale,
    translate,
    templates: templates?.templates ?? [],
    templateVertices: templates?.["vertices-templates"] ?? [],
  };
}

function addAttributes(
  raw: RawFeature,
  attributes: Readonly<Record<string, unknown>>,
  known: Set<string>,
): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (known.has(key)) continue;
    known.add(key);
    raw.attribute(key, plainValue(value));
  }
}

function plainValue(value: unknown): RawValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return JSON.stringify(value);
}
