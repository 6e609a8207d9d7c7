import { TwinError } from "../../src/base/errors.ts";
import type { ByteSource } from "../city/contract.ts";
import { RawFeature, SHAPE } from "../city/raw-feature.ts";
import { attributeOf, readXml } from "../city/xml-tokens.ts";
import { counted } from "./blob-source.ts";
import type { FeatureCollector } from "./collect-features.ts";
import { createKmlStyle, featureStyle, type KmlStyle, kmlColor } from "./kml-style.ts";

/** What KML has and is not shown. */
const NOT_SHOWN = ["NetworkLink", "GroundOverlay", "ScreenOverlay", "PhotoOverlay", "Tour", "Model"];
const GEOMETRIES = ["Point", "LineString", "LinearRing", "Polygon", "Track"];
const PLAIN_FIELDS = ["name", "description", "address", "when", "begin", "end"];

/**
 * KML 2.x: placemarks with points, lines, areas, tracks; names, descriptions, extended data; plain styles, shared ones
 * included wherever they stand. Links to elsewhere and pictures are listed, never fetched.
 * @throws TwinError `xml.invalid`, `kml.empty`
 */
export async function readKml(
  source: ByteSource,
  sink: FeatureCollector,
  onBytes: (count: number) => void,
): Promise<void> {
  sink.crs("EPSG:4326");
  const styles = new StyleListener();
  await readXml(source.chunks(), styles);
  const listener = new PlacemarkListener(sink, styles);
  await readXml(counted(source.chunks(), onBytes), listener);
  if (sink.read === 0)
    throw new TwinError("kml.empty", `${source.name} holds no placemarks that could be shown.`, {
      file: source.name,
    });
}

/** Fills a style from the elements inside it. */
class StyleFiller {
  #part = "";
  #style: KmlStyle = createKmlStyle();

  begin(): KmlStyle {
    this.#style = createKmlStyle();
    return this.#style;
  }

  open(name: string): void {
    if (name.endsWith("Style")) this.#part = name;
  }

  close(name: string, text: string): void {
    const style = this.#style;
    if (name === "color" && this.#part === "LineStyle") style.line = kmlColor(text);
    else if (name === "color" && this.#part === "PolyStyle") style.fill = kmlColor(text);
    else if (name === "color" && this.#part === "IconStyle") style.icon = kmlColor(text);
    else if (name === "width" && this.#part === "LineStyle")
      style.width = Math.min(12, Math.max(0, Number(text) || 0));
    else if (name === "fill") style.hasFill = text.trim() !== "0";
    else if (name === "outline") style.hasOutline = text.trim() !== "0";
  }
}

/** First pass: shared styles by id, style maps by the id of their normal one. */
class StyleListener {
  readonly #styles = new Map<string, KmlStyle>();
  readonly #maps = new Map<string, string>();
  readonly #filler = new StyleFiller();
  #mapId = "";
  #isNormal = false;
  #text = "";

  find(url: string): KmlStyle | null {
    const id = url.trim().replace(/^.*#/, "");
    return this.#styles.get(this.#maps.get(id) ?? id) ?? null;
  }

  open(name: string, tag: string): void {
    this.#text = "";
    if (name === "Style") {
      const id = attributeOf(tag, "id");
      const style = this.#filler.begin();
      if (id !== null) this.#styles.set(id, style);
    } else if (name === "StyleMap") this.#mapId = attributeOf(tag, "id") ?? "";
    else this.#filler.open(name);
  }

  text(text: string): void {
    this.#text += text;
  }

  close(name: string): void {
    if (name === "StyleMap") this.#mapId = "";
    else if (name === "key") this.#isNormal = this.#text.trim() === "normal";
    else if (name === "styleUrl" && this.#mapId !== "" && this.#isNormal)
      this.#maps.set(this.#mapId, this.#text.trim().replace(/^.*#/, ""));
    else this.#filler.close(name, this.#text);
    this.#text = "";
  }
}

/** Second pass: placemarks. */
class PlacemarkListener {
  readonly #raw = new RawFeature();
  readonly #filler = new StyleFiller();
  readonly #path: string[] = [];
  #count = 0;
  #isInside = false;
  #style: KmlStyle | null = null;
  #styleUrl = "";
  #text = "";
  #dataName = "";
  #mode = "clampToGround";
  #isAbsolute = false;
  #hasClamped = false;

  constructor(
    private readonly sink: FeatureCollector,
    private readonly styles: StyleListener,
  ) {}

  open(name: string, tag: string): void {
    this.#text = "";
    this.#path.push(name);
    if (name === "Placemark") this.#begin(attributeOf(tag, "id"));
    if (!this.#isInside) {
      if (NOT_SHOWN.includes(name)) this.#listNotShown(name);
      return;
    }
    if (name === "Style") this.#style = this.#filler.begin();
    else this.#filler.open(name);
    if (name === "Data" || name === "SimpleData") this.#dataName = attributeOf(tag, "name") ?? "";
    if (GEOMETRIES.includes(name)) this.#mode = "clampToGround";
    if (name === "Model") this.#raw.skippedParts++;
  }

  text(text: string): void {
    if (this.#isInside) this.#text += text;
  }

  close(name: string): void {
    this.#path.pop();
    if (this.#isInside) this.#closeInside(name);
    this.#text = "";
  }

  #begin(id: string | null): void {
    const raw = this.#raw;
    raw.clear(this.#count++);
    raw.id = id;
    raw.kind = "shapes";
    raw.hasZ = true;
    this.#isInside = true;
    this.#style = null;
    this.#styleUrl = "";
    this.#isAbsolute = false;
    this.#hasClamped = false;
  }

  #closeInside(name: string): void {
    const raw = this.#raw;
    const parent = this.#path.at(-1) ?? "";
    if (name === "Placemark") this.#end();
    else if (name === "coordinates") this.#coordinates();
    else if (name === "coord") this.#coord();
    else if (name === "altitudeMode") this.#mode = this.#text.trim();
    else if (name === "styleUrl") this.#styleUrl = this.#text;
    else if (name === "value" || name === "SimpleData") this.#addData(name);
    else if (PLAIN_FIELDS.includes(name) && (parent === "Placemark" || parent.startsWith("Time"))) {
      const text = this.#text.trim();
      if (text !== "") raw.attribute(name, text);
    } else if (GEOMETRIES.includes(name)) this.#endGeometry(name);
    else if (
      parent === "Placemark" &&
      this.#text.trim() !== "" &&
      /^[a-z]\w*$/.test(name) &&
      !OWN_FIELDS.has(name)
    )
      raw.attribute(name, numberOr(this.#text.trim()));
    else this.#filler.close(name, this.#text);
  }

  #addData(name: string): void {
    const text = this.#text.trim();
    const isSimple = name === "SimpleData" || this.#path.at(-1) === "Data";
    if (isSimple && this.#dataName !== "" && text !== "") this.#raw.attribute(this.#dataName, numberOr(text));
  }

  #coordinates(): void {
    const raw = this.#raw;
    for (const tuple of this.#text.trim().split(/\s+/)) {
      if (tuple === "") continue;
      const [x, y, z] = tuple.split(",");
      raw.vertex(Number(x || Number.NaN), Number(y || Number.NaN), Number(z) || 0);
    }
  }

  #coord(): void {
    const [x, y, z] = this.#text.trim().split(/\s+/).map(Number);
    this.#raw.vertex(x ?? Number.NaN, y ?? Number.NaN, z || 0);
  }

  #endGeometry(name: string): void {
    const raw = this.#raw;
    const before = raw.ringEnds.at(-1) ?? 0;
    const isInPolygon = this.#path.includes("Polygon");
    if (name !== "Polygon" && raw.vertices > before) raw.endRing();
    else if (name !== "Polygon") {
      raw.skippedParts++;
      return;
    }
    if (isInPolygon) return;
    if (name === "Polygon") {
      if (raw.ringEnds.length > (raw.polygonEnds.at(-1) ?? 0)) raw.endPolygon(SHAPE.area);
      else raw.skippedParts++;
    } else raw.endPolygon(name === "Point" ? SHAPE.points : SHAPE.line);
    if (this.#mode === "absolute" || this.#mode === "relativeToGround") this.#isAbsolute = true;
    else this.#hasClamped = true;
  }

  #end(): void {
    const raw = this.#raw;
    this.#isInside = false;
    raw.hasZ = this.#isAbsolute && !this.#hasClamped;
    if (raw.polygonEnds.length === 0)
      raw.problem = raw.skippedParts > 0 ? "its geometry is empty or a 3D model" : "it has no geometry";
    this.sink.feature(raw, featureStyle(this.#style ?? this.styles.find(this.#styleUrl)));
  }

  #listNotShown(name: string): void {
    this.sink.issues.add({
      code: "kml.not_shown",
      severity: "warning",
      message: `A ${name} is not shown; nothing is fetched from elsewhere.`,
      place: name,
    });
  }
}

/** Elements of a placemark that are not attributes. */
const OWN_FIELDS = new Set([
  "visibility",
  "open",
  "styleUrl",
  "altitudeMode",
  "snippet",
  "extrude",
  "tessellate",
]);

function numberOr(text: string): string | number {
  return /^-?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(text) && text.length < 16 ? Number(text) : text;
}
