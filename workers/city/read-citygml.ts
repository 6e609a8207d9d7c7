import { TwinError } from "../../src/base/errors.ts";
import { createProjection } from "../../src/geo/projection.ts";
import { CityGmlFeature } from "./citygml-feature.ts";
import type { ByteSource } from "./contract.ts";
import { RawFeature, type ReaderSink, SURFACE_KINDS } from "./raw-feature.ts";
import { attributeOf, readXml, type XmlListener } from "./xml-tokens.ts";

const MEMBER = /^(cityObjectMember|featureMember)$/;
const PART = /^(Building|Bridge|Tunnel)Part$/;
const POLYGON = /^(Polygon|PolygonPatch|Triangle|Rectangle)$/;
/** Below LoD 0, so that the outline of the roof counts only where there is no footprint either. */
const ROOF_EDGE = -1;
const GENERIC = /^(string|int|double|date|uri|measure|code)Attribute$/i;

/**
 * CityGML 2.0 and 3.0, streamed: memory holds one city object at a time. Every member with a geometry, and every building
 * part, is a feature: its finest level of detail up to 3, its simple attributes, generic and nested ones included. Surfaces
 * that are only references are taken where they are written out.
 * @throws TwinError `citygml.invalid`
 */
export async function readCityGml(
  source: ByteSource,
  sink: ReaderSink,
  onBytes: (count: number) => void = () => {},
): Promise<void> {
  const reader = new CityGmlReader(sink);
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source.chunks()) {
      onBytes(chunk.length);
      yield chunk;
    }
  }
  try {
    await readXml(counted(), reader);
  } catch (cause) {
    if (!(cause instanceof TwinError) || cause.code !== "xml.invalid") throw cause;
    const { name: file } = source;
    throw new TwinError("citygml.invalid", `${file} is not whole CityGML. ${cause.message}`, { file }, cause);
  }
}

/** One open element: what it changed is undone when it closes. */
interface Level {
  readonly name: string;
  hasChildren: boolean;
  text: string;
  readonly isNumber: boolean;
  readonly lodBefore: number | null;
  readonly kindBefore: number | null;
  readonly feature: CityGmlFeature | null;
}

class CityGmlReader implements XmlListener {
  readonly #raw = new RawFeature();
  readonly #levels: Level[] = [];
  readonly #features: CityGmlFeature[] = [];
  #lod: number | null = null;
  #kind: number | null = null;
  #generic: { name: string; isNumber: boolean } | null = null;
  #isSwapped: ((x: number) => boolean) | null = null;
  #count = 0;
  #dimension = 3;

  constructor(private readonly sink: ReaderSink) {}

  open(name: string, tag: string): void {
    const parent = this.#levels.at(-1);
    if (parent) parent.hasChildren = true;
    const isFeature = parent !== undefined && (MEMBER.test(parent.name) || PART.test(name));
    const feature = isFeature ? new CityGmlFeature(name, attributeOf(tag, "id")) : null;
    const level: Level = {
      name,
      hasChildren: false,
      text: "",
      isNumber: / uom\s*=/.test(tag),
      lodBefore: this.#lod,
      kindBefore: this.#kind,
      feature,
    };
    this.#levels.push(level);
    if (tag.includes("srsName")) this.#takeSystem(attributeOf(tag, "srsName") ?? "");
    if (feature) {
      feature.parent = this.#features.at(-1) ?? null;
      this.#features.push(feature);
      this.#lod = null;
      this.#kind = null;
      return;
    }
    const current = this.#features.at(-1);
    if (current) this.#openInside(current, name, tag, parent);
  }

  #openInside(feature: CityGmlFeature, name: string, tag: string, parent: Level | undefined): void {
    const lod = /^lod([0-4])/.exec(name)?.[1];
    if (lod !== undefined) this.#lod = name === "lod0RoofEdge" ? ROOF_EDGE : Number(lod);
    else if (name.endsWith("Surface") && /^(boundedBy|boundary)$/.test(parent?.name ?? ""))
      this.#kind = kindOf(name);
    else if (POLYGON.test(name)) feature.openPolygon(this.#lod ?? 1, this.#kind ?? 0);
    else if (name === "posList" || name === "pos")
      this.#dimension = Number(attributeOf(tag, "srsDimension") ?? this.#dimension);
    else if (GENERIC.test(name))
      this.#generic = { name: attributeOf(tag, "name") ?? "", isNumber: /^(int|double|measure)/i.test(name) };
    else if (name === "surfaceMember" && tag.includes("href")) feature.references++;
    else if (name === "ImplicitGeometry") feature.hasImplicit = true;
  }

  text(text: string): void {
    const level = this.#levels.at(-1);
    if (level && this.#features.length > 0 && !level.hasChildren) level.text += text;
  }

  close(name: string): void {
    const level = this.#levels.pop()!;
    const feature = this.#features.at(-1);
    if (level.feature) {
      this.#features.pop();
      this.#tell(level.feature);
    } else if (feature) this.#closeInside(feature, name, level);
    this.#lod = level.lodBefore;
    this.#kind = level.kindBefore;
  }

  #closeInside(feature: CityGmlFeature, name: string, level: Level): void {
    if (name === "posList" || name === "pos")
      feature.addPositions(level.text, this.#dimension, this.#isSwapped);
    else if (name === "LinearRing") feature.closeRing();
    else if (POLYGON.test(name)) feature.closePolygon();
    else if (GENERIC.test(name)) this.#generic = null;
    else if (!level.hasChildren && this.#lod === null && this.#kind === null) {
      const text = level.text.trim();
      if (text !== "") this.#attribute(feature, name, text, level.isNumber);
    }
  }

  #attribute(feature: CityGmlFeature, name: string, text: string, isNumber: boolean): void {
    const generic = this.#generic;
    if (generic && name === "name") generic.name = text;
    else if (generic) feature.attribute(generic.name, text, generic.isNumber);
    else feature.attribute(name, text, isNumber || /^storeys/.test(name));
  }

  #tell(feature: CityGmlFeature): void {
    if (feature.isOnlyGroup()) return;
    const raw = this.#raw;
    raw.clear(this.#count++);
    feature.fill(raw);
    this.sink.feature(raw);
  }

  /** Degrees in OGC names come as latitude, longitude; the Chinese grids as north, east from some and east, north from others. */
  #takeSystem(name: string): void {
    if (name === "" || this.#isSwapped) return;
    this.sink.crs(name);
    this.#isSwapped = () => false;
    const isOgcName = /urn:|opengis\.net/i.test(name) && !/CRS84/i.test(name);
    if (!isOgcName) return;
    try {
      const { kind, name: title } = createProjection(name);
      if (kind === "geographic") this.#isSwapped = () => true;
      else if (title.startsWith("CGCS2000")) this.#isSwapped = (first) => first > 1.9e6 && first < 6e6;
    } catch {
      // An unknown system is the collector's to tell, unless the user names another.
    }
  }
}

function kindOf(name: string): number {
  if (name.startsWith("Roof")) return SURFACE_KINDS.indexOf("roof");
  if (name.startsWith("Wall")) return SURFACE_KINDS.indexOf("wall");
  return SURFACE_KINDS.indexOf("ground");
}
