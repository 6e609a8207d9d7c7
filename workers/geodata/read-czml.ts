import { TwinError } from "../../src/base/errors.ts";
import { geodeticFromEcef } from "../../src/geo/ellipsoid.ts";
import type { ByteSource } from "../city/contract.ts";
import { RawFeature, SHAPE } from "../city/raw-feature.ts";
import { counted } from "./blob-source.ts";
import type { FeatureCollector } from "./collect-features.ts";
import { type FeatureStyle, NO_STYLE } from "./feature-set.ts";
import { rgba } from "./kml-style.ts";

type Json = Readonly<Record<string, unknown>>;

const NOT_SHOWN = [
  "model",
  "polylineVolume",
  "wall",
  "corridor",
  "box",
  "cylinder",
  "ellipse",
  "ellipsoid",
  "rectangle",
  "tileset",
];
const MOST_BYTES = 256 << 20;

/**
 * CZML: packets with a place, a polyline or a polygon. What moves is shown as the whole of its way. Constant colours and
 * widths are taken; shapes that need time or other packets are listed.
 * @throws TwinError `czml.invalid`, `czml.empty`
 */
export async function readCzml(
  source: ByteSource,
  sink: FeatureCollector,
  onBytes: (count: number) => void,
): Promise<void> {
  const packets = await parsePackets(source, onBytes);
  sink.crs("EPSG:4326");
  const raw = new RawFeature();
  let index = 0;
  for (const packet of packets) {
    if (!isObject(packet) || packet.id === "document") continue;
    raw.clear(index++);
    raw.kind = "shapes";
    if (typeof packet.id === "string") raw.id = packet.id;
    const style = addGeometry(packet, raw, sink);
    addAttributes(packet, raw);
    if (raw.polygonEnds.length === 0) raw.problem = "it has no place, line or area that could be shown";
    sink.feature(raw, style);
  }
  if (index === 0)
    throw new TwinError("czml.empty", `${source.name} holds no packets besides the document.`, {
      file: source.name,
    });
}

async function parsePackets(
  source: ByteSource,
  onBytes: (count: number) => void,
): Promise<readonly unknown[]> {
  if ((source.size ?? 0) > MOST_BYTES)
    throw new TwinError("czml.large", `${source.name} is larger than 256 MB. Split it into parts.`, {
      file: source.name,
    });
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of counted(source.chunks(), onBytes))
    text += decoder.decode(chunk, { stream: true });
  try {
    const parsed: unknown = JSON.parse(text + decoder.decode());
    if (Array.isArray(parsed)) return parsed;
    throw new SyntaxError("it is not a list of packets");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "it is damaged";
    throw new TwinError(
      "czml.invalid",
      `${source.name} is not whole CZML: ${reason}. Check the file or export it again.`,
      { file: source.name, reason },
      cause,
    );
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function addGeometry(packet: Json, raw: RawFeature, sink: FeatureCollector): FeatureStyle {
  let style = NO_STYLE;
  const add = (kind: number, positions: Places | null, least: number): boolean => {
    if (!positions || positions.xyz.length < least * 3) return false;
    for (let at = 0; at < positions.xyz.length; at += 3)
      raw.vertex(positions.xyz[at]!, positions.xyz[at + 1]!, positions.xyz[at + 2]!);
    raw.hasZ = true;
    raw.endRing();
    raw.endPolygon(kind);
    return true;
  };
  const { polyline, polygon } = packet;
  if (isObject(polyline) && add(SHAPE.line, placesOf(polyline.positions), 2))
    style = { stroke: colorIn(polyline.material), fill: 0, width: widthOf(polyline.width) };
  if (isObject(polygon) && add(SHAPE.area, placesOf(polygon.positions), 3)) {
    const outline = colorIn(polygon.outlineColor);
    style = { stroke: outline, fill: colorIn(polygon.material), width: 0 };
  }
  if (style === NO_STYLE && raw.polygonEnds.length === 0) {
    const places = placesOf(packet.position);
    if (places && places.xyz.length > 3) {
      add(SHAPE.line, places, 2);
      sink.issues.once("czml.moving", "What moves is shown as the whole of its way.");
    } else add(SHAPE.points, places, 1);
    const marked = isObject(packet.point)
      ? packet.point
      : isObject(packet.billboard)
        ? packet.billboard
        : null;
    const color = colorIn(marked?.color ?? (isObject(packet.path) ? packet.path.material : null));
    if (color !== 0) style = { stroke: color, fill: color, width: 0 };
  }
  for (const name of NOT_SHOWN)
    if (isObject(packet[name]))
      sink.issues.add({
        code: "czml.not_shown",
        severity: "warning",
        message: `Its ${name} is not shown.`,
        place: raw.id ?? `#${raw.index + 1}`,
      });
  return style;
}

function addAttributes(packet: Json, raw: RawFeature): void {
  if (typeof packet.name === "string") raw.attribute("name", packet.name);
  if (typeof packet.description === "string") raw.attribute("description", packet.description);
  if (typeof packet.availability === "string") raw.attribute("availability", packet.availability);
  if (isObject(packet.label) && typeof packet.label.text === "string")
    raw.attribute("label", packet.label.text);
  if (!isObject(packet.properties)) return;
  for (const [key, value] of Object.entries(packet.properties)) {
    const plain = isObject(value) ? (value.string ?? value.number ?? value.boolean ?? null) : value;
    if (typeof plain === "string" || typeof plain === "number" || typeof plain === "boolean")
      raw.attribute(key, plain);
  }
}

interface Places {
  /** Longitude and latitude degrees, height. */
  readonly xyz: readonly number[];
}

/** Places in any of the forms that CZML has; with an epoch every fourth number is a time and is left out. */
function placesOf(value: unknown): Places | null {
  const position = Array.isArray(value) ? value[0] : value;
  if (!isObject(position)) return null;
  for (const [key, toDegrees] of FORMS) {
    const numbers = position[key];
    if (!Array.isArray(numbers)) continue;
    const isTimed = numbers.length % 4 === 0 && (typeof numbers[0] === "string" || "epoch" in position);
    const size = isTimed ? 4 : 3;
    const xyz: number[] = [];
    for (let at = isTimed ? 1 : 0; at + 2 < numbers.length; at += size)
      xyz.push(...toDegrees(Number(numbers[at]), Number(numbers[at + 1]), Number(numbers[at + 2])));
    return { xyz };
  }
  return null;
}

type ToDegrees = (a: number, b: number, c: number) => readonly [number, number, number];

const FORMS: readonly (readonly [string, ToDegrees])[] = [
  ["cartographicDegrees", (longitude, latitude, height) => [longitude, latitude, height]],
  [
    "cartographicRadians",
    (longitude, latitude, height) => [(longitude * 180) / Math.PI, (latitude * 180) / Math.PI, height],
  ],
  [
    "cartesian",
    (x, y, z) => {
      const place = geodeticFromEcef(x, y, z);
      return [place.longitudeDeg, place.latitudeDeg, place.height];
    },
  ],
];

/** The first constant colour inside a colour or material; 0 when there is none. */
function colorIn(value: unknown, depth = 0): number {
  if (!isObject(value) || depth > 4) return 0;
  const { rgba: bytes, rgbaf: fractions } = value;
  if (Array.isArray(bytes) && bytes.length === 4) return colorOf(bytes.map(Number));
  if (Array.isArray(fractions) && fractions.length === 4)
    return colorOf(fractions.map((part) => Math.round(Number(part) * 255)));
  for (const inner of Object.values(value)) {
    const found = colorIn(inner, depth + 1);
    if (found !== 0) return found;
  }
  return 0;
}

function colorOf(parts: readonly number[]): number {
  const [r, g, b, a] = parts.map((part) => Math.min(255, Math.max(0, Math.round(part) || 0)));
  return rgba(r ?? 0, g ?? 0, b ?? 0, a ?? 255);
}

function widthOf(value: unknown): number {
  const width = isObject(value) ? Number(value.number) : Number(value);
  return Number.isFinite(width) ? Math.min(12, Math.max(0, width)) : 0;
}
