/** What a dropped file is, as its first bytes say. `zip`, `json` and `xml` need a closer look at what they hold. */
export type FileKind =
  | "empty"
  | "ifc"
  | "zip"
  | "glb"
  | "gltf"
  | "tileset"
  | "shapefile"
  | "dbf"
  | "flatgeobuf"
  | "geotiff"
  | "geojson"
  | "cityjson"
  | "citygml"
  | "czml"
  | "kml"
  | "gpx"
  | "csv"
  | "json"
  | "xml";

/** Bytes that `recogniseFile` looks at, at most. */
export const HEAD_BYTES = 8192;

const RECORD_SEPARATOR = "\u001e";
const XML_ROOTS: Readonly<Record<string, FileKind>> = { kml: "kml", gpx: "gpx", CityModel: "citygml" };
const GEOJSON_TYPE =
  /"type"\s*:\s*"(?:FeatureCollection|Feature|(?:Multi)?(?:Point|LineString|Polygon)|GeometryCollection)"/;

/** Reads text of an encoding that says so by its marks, of UTF-8, or else of GB 18030 (of which GBK is a part). */
export function textEncoding(head: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | "gb18030" {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return "utf-8";
  } catch {
    return "gb18030";
  }
}

/**
 * Tells the format by content: magic numbers, then the first words of a text. The name decides only between texts that
 * look alike. Null when nothing fits.
 * @param head the first bytes of the file, HEAD_BYTES are enough
 */
export function recogniseFile(head: Uint8Array, name: string): FileKind | null {
  if (head.length === 0) return "empty";
  const binary = binaryKind(head);
  if (binary) return binary;
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  if (extension === "dbf" && isDbf(head)) return "dbf";
  if (isBinary(head)) return null;
  const text = new TextDecoder(textEncoding(head)).decode(head).replace(RECORD_SEPARATOR, "").trimStart();
  if (text.startsWith("ISO-10303-21")) return "ifc";
  if (text.startsWith("<")) return xmlKind(text);
  if (/^[{[]/.test(text)) return jsonKind(text);
  if (extension === "ifc") return "ifc";
  return looksTabular(text, extension) ? "csv" : null;
}

function binaryKind(head: Uint8Array): FileKind | null {
  const starts = (...bytes: readonly number[]) => bytes.every((byte, k) => head[k] === byte);
  if (starts(0x50, 0x4b, 3, 4) || starts(0x50, 0x4b, 5, 6)) return "zip";
  if (starts(0x67, 0x6c, 0x54, 0x46)) return "glb";
  if (starts(0, 0, 0x27, 0x0a)) return "shapefile";
  if (starts(0x66, 0x67, 0x62, 3)) return "flatgeobuf";
  if (starts(0x49, 0x49, 0x2a, 0) || starts(0x4d, 0x4d, 0, 0x2a)) return "geotiff";
  if (starts(0x49, 0x49, 0x2b, 0) || starts(0x4d, 0x4d, 0, 0x2b)) return "geotiff";
  return null;
}

function isDbf(head: Uint8Array): boolean {
  return [0x02, 0x03, 0x30, 0x31, 0x83, 0x8b, 0xf5].includes(head[0] ?? 0);
}

/** Texts hold no zero bytes, but for UTF-16 with its mark. */
function isBinary(head: Uint8Array): boolean {
  const isWide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  return !isWide && head.includes(0);
}

function xmlKind(text: string): FileKind {
  const bare = text.replace(/<\?[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE[^>]*>/g, "");
  const root = /<(?:[\w.-]+:)?([\w.-]+)/.exec(bare)?.[1] ?? "";
  return XML_ROOTS[root] ?? "xml";
}

function jsonKind(text: string): FileKind {
  if (/"type"\s*:\s*"CityJSON/.test(text) || /"CityObjects"\s*:/.test(text)) return "cityjson";
  if (text.startsWith("[")) return /^\[\s*\{[^}]*"id"\s*:\s*"document"/.test(text) ? "czml" : "json";
  if (/"asset"\s*:\s*\{/.test(text)) {
    if (/"(?:geometricError|root)"\s*:/.test(text)) return "tileset";
    if (/"(?:buffers|bufferViews|accessors|meshes|nodes|scenes|scene)"\s*:/.test(text)) return "gltf";
  }
  return GEOJSON_TYPE.test(text) || /"(?:features|coordinates)"\s*:\s*\[/.test(text) ? "geojson" : "json";
}

/** A delimiter in the first line, and in the second one too where the name does not say that it is a table. */
function looksTabular(text: string, extension: string): boolean {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "");
  const [first, second] = lines;
  if (first === undefined || second === undefined) return false;
  const isNamed = extension === "csv" || extension === "tsv";
  return [",", "\t", ";", "|"].some(
    (delimiter) => first.includes(delimiter) && (isNamed || second.includes(delimiter)),
  );
}
