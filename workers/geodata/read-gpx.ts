import { TwinError } from "../../src/base/errors.ts";
import type { ByteSource } from "../city/contract.ts";
import { RawFeature, SHAPE } from "../city/raw-feature.ts";
import { attributeOf, readXml } from "../city/xml-tokens.ts";
import { counted } from "./blob-source.ts";
import type { FeatureCollector } from "./collect-features.ts";

const FEATURES = ["wpt", "rte", "trk"];
const FIELDS = ["name", "desc", "cmt", "type", "sym", "time", "ele", "src", "number"];

/**
 * GPX 1.0 and 1.1: way points, routes, tracks. All lies on the ground: GPS heights are above the sea and some 10 m off;
 * a track's are told as its lowest and highest.
 * @throws TwinError `xml.invalid`, `gpx.empty`
 */
export async function readGpx(
  source: ByteSource,
  sink: FeatureCollector,
  onBytes: (count: number) => void,
): Promise<void> {
  sink.crs("EPSG:4326");
  await readXml(counted(source.chunks(), onBytes), new GpxListener(sink));
  if (sink.read === 0)
    throw new TwinError("gpx.empty", `${source.name} holds no way points, routes or tracks.`, {
      file: source.name,
    });
}

class GpxListener {
  readonly #raw = new RawFeature();
  readonly #path: string[] = [];
  #count = 0;
  #feature = "";
  #text = "";
  #low = Number.POSITIVE_INFINITY;
  #high = Number.NEGATIVE_INFINITY;
  #first = "";
  #last = "";

  constructor(private readonly sink: FeatureCollector) {}

  open(name: string, tag: string): void {
    this.#text = "";
    this.#path.push(name);
    if (FEATURES.includes(name) && this.#path.length === 2) this.#begin(name);
    if (name === "wpt" || name === "trkpt" || name === "rtept") {
      const [longitude, latitude] = [attributeOf(tag, "lon"), attributeOf(tag, "lat")];
      this.#raw.vertex(Number(longitude ?? Number.NaN), Number(latitude ?? Number.NaN), 0);
    }
  }

  text(text: string): void {
    this.#text += text;
  }

  close(name: string): void {
    this.#path.pop();
    const parent = this.#path.at(-1) ?? "";
    const text = this.#text.trim();
    this.#text = "";
    if (this.#feature === "") return;
    if (name === this.#feature) this.#end();
    else if (name === "trkseg") this.#endLine();
    else if (parent === this.#feature && FIELDS.includes(name) && text !== "")
      this.#raw.attribute(name, name === "ele" ? Number(text) : text);
    else if (parent.endsWith("pt")) this.#measure(name, text);
  }

  #begin(name: string): void {
    this.#feature = name;
    this.#raw.clear(this.#count++);
    this.#raw.kind = "shapes";
    [this.#low, this.#high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    [this.#first, this.#last] = ["", ""];
  }

  #measure(name: string, text: string): void {
    if (name === "ele" && Number.isFinite(Number(text))) {
      this.#low = Math.min(this.#low, Number(text));
      this.#high = Math.max(this.#high, Number(text));
    } else if (name === "time") {
      this.#first ||= text;
      this.#last = text;
    }
  }

  #endLine(): void {
    if (this.#raw.vertices > (this.#raw.ringEnds.at(-1) ?? 0)) this.#raw.endRing();
  }

  #end(): void {
    const raw = this.#raw;
    this.#endLine();
    if (raw.ringEnds.length > 0) raw.endPolygon(this.#feature === "wpt" ? SHAPE.points : SHAPE.line);
    if (this.#feature !== "wpt") {
      raw.attribute("points", raw.vertices);
      if (this.#low <= this.#high) {
        raw.attribute("lowest", this.#low);
        raw.attribute("highest", this.#high);
      }
      if (this.#first !== "") {
        raw.attribute("start", this.#first);
        raw.attribute("end", this.#last);
      }
    }
    this.#feature = "";
    this.sink.feature(raw);
  }
}
