import { TwinError } from "../base/errors.ts";
import type { MapConversion } from "./map-conversion.ts";
import { type ModelPlace, placeOfOrigin, turnedDeg } from "./model-place.ts";
import type { PlaceEvidence } from "./place-candidate.ts";

const FORMAT = "liaotwin-place";
const VERSION = 1;

/** Where a model stands, to be kept beside its IFC file: `<name>.place.json`. */
export interface PlaceFile {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  /** The IFC file that it is about. */
  readonly file: string;
  /** Hex SHA-256 of its content. */
  readonly contentHash: string;
  /** WGS 84, degrees: where the engineering point `point` (metres) lies. */
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly point: readonly [number, number, number];
  /** Counter-clockwise turn from the model's X axis to true east, degrees. */
  readonly turnDeg: number;
  /** Metres that level 0 stands above the shown ground. */
  readonly lift: number;
  readonly mapConversion: MapConversion;
  /** Statement of the file that was followed; empty when it was placed by hand. */
  readonly statement: string;
  /** ISO 8601. */
  readonly savedAt: string;
}

/** `Rathaus.ifc` and `Rathaus.ifczip` to `Rathaus.ifc.place.json`. */
export function placeFileName(fileName: string): string {
  return `${fileName.replace(/\.ifc(zip)?$/i, "")}.ifc.place.json`;
}

/** Also as browsers write it the second time: `a.ifc.place (1).json`. */
export function isPlaceFileName(name: string): boolean {
  return /\.place ?(\(\d+\))?\.json$/i.test(name);
}

export function writePlaceFile(
  known: Pick<PlaceFile, "file" | "contentHash" | "statement" | "savedAt" | "mapConversion">,
  evidence: PlaceEvidence,
  place: ModelPlace,
): string {
  const content: PlaceFile = {
    format: FORMAT,
    version: VERSION,
    ...known,
    longitudeDeg: place.longitudeDeg,
    latitudeDeg: place.latitudeDeg,
    point: evidence.offset,
    turnDeg: turnedDeg(evidence.turnDeg - place.headingDeg),
    lift: place.height,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** @throws TwinError `place.not_a_place`, `place.version` */
export function readPlaceFile(text: string, fileName: string): PlaceFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw notAPlace(fileName, cause);
  }
  const found = content as Partial<PlaceFile> | null;
  if (typeof found !== "object" || found?.format !== FORMAT) throw notAPlace(fileName);
  if (found.version !== VERSION)
    throw new TwinError(
      "place.version",
      `${fileName} was written by another version (${String(found.version)}). Save the place again.`,
      { file: fileName },
    );
  const { longitudeDeg, latitudeDeg, turnDeg, lift, point } = found;
  const isSound =
    within(longitudeDeg, 180) &&
    within(latitudeDeg, 90) &&
    within(turnDeg, 360) &&
    within(lift, 20_000) &&
    Array.isArray(point) &&
    point.length === 3 &&
    point.every((value) => within(value, 1e9)) &&
    typeof found.contentHash === "string" &&
    typeof found.file === "string";
  if (!isSound) throw notAPlace(fileName);
  return found as PlaceFile;
}

function within(value: unknown, limit: number): boolean {
  return typeof value === "number" && Number.isFinite(value) && Math.abs(value) <= limit;
}

function notAPlace(file: string, cause?: unknown): TwinError {
  return new TwinError(
    "place.not_a_place",
    `${file} does not say where a model stands, or is damaged. Choose a .place.json that was saved here.`,
    { file },
    cause,
  );
}

/** The place that a file says for a model, whose frame may begin at another engineering point than when it was saved. */
export function placeOfFile(file: PlaceFile, { turnDeg, offset }: PlaceEvidence): ModelPlace {
  const shifted = { turnDeg, offset: [offset[0] - file.point[0], offset[1] - file.point[1], 0] as const };
  return placeOfOrigin(shifted, file, file.turnDeg, file.lift);
}
