import { type IfcLine, numberOf, numbersOf, refOf, refsOf, textOf } from "../../src/domain/ifc/ifc-values.ts";
import { readUnit } from "../../src/domain/ifc/units.ts";
import type { GeoreferenceMethod } from "../../src/domain/model.ts";
import type { IfcFile } from "./ifc-file.ts";

/** The target of a map conversion, as authored. */
export interface AuthoredCrs {
  readonly name: string;
  readonly description: string;
  readonly geodeticDatum: string;
  readonly verticalDatum: string;
  readonly mapProjection: string;
  readonly mapZone: string;
  readonly wellKnownText: string;
  /** Metres in one map unit; null when the file does not say. */
  readonly mapUnitM: number | null;
  /** Radians in the angle unit of a geographic system; null when the file does not say. */
  readonly angleUnitRad: number | null;
}

/** Map coordinates of the engineering origin in map units, and the turn; all as authored. */
export interface MapOperation {
  readonly method: Extract<
    GeoreferenceMethod,
    "IfcMapConversion" | "IfcRigidOperation" | "ePSet_MapConversion"
  >;
  readonly place: string;
  readonly eastings: number;
  readonly northings: number;
  readonly height: number;
  /** Direction of the model's +X axis on the map. */
  readonly abscissa: number;
  readonly ordinate: number;
  /** Map units for one file unit; null when not given. */
  readonly scale: number | null;
  readonly factors: readonly [number, number, number];
  readonly crs: AuthoredCrs;
}

export interface SiteReference {
  readonly place: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** Degrees, minutes, seconds, millionths as authored. */
  readonly latitudeParts: readonly number[];
  readonly longitudeParts: readonly number[];
  /** Metres. */
  readonly elevation: number;
  /** Where the site's placement lies in the engineering frame, metres. */
  readonly position: readonly [number, number, number];
}

export interface AuthoredGeoreference {
  readonly operation: MapOperation | null;
  /** All of them, in file order. */
  readonly operations: readonly MapOperation[];
  /** Map operations that disagree with the first. */
  readonly conflicting: readonly string[];
  readonly site: SiteReference | null;
  /** Direction of true north in the model's XY plane; null when not given. */
  readonly trueNorth: readonly [number, number] | null;
  readonly hasBadTrueNorth: boolean;
  /** Location of the world coordinate system, file units, when it is not the origin. */
  readonly worldOrigin: readonly number[] | null;
}

const NO_CRS: AuthoredCrs = {
  name: "",
  description: "",
  geodeticDatum: "",
  verticalDatum: "",
  mapProjection: "",
  mapZone: "",
  wellKnownText: "",
  mapUnitM: null,
  angleUnitRad: null,
};

function readCrs(file: IfcFile, id: number | null): AuthoredCrs {
  const line = file.line(id);
  if (!line) return NO_CRS;
  const wellKnownText = refsOf(line.WellKnownText).concat(refOf(line.WellKnownText) ?? []);
  return {
    name: textOf(line.Name),
    description: textOf(line.Description),
    geodeticDatum: textOf(line.GeodeticDatum),
    verticalDatum: textOf(line.VerticalDatum),
    mapProjection: textOf(line.MapProjection),
    mapZone: textOf(line.MapZone),
    wellKnownText: textOf(file.line(wellKnownText[0])?.WellKnownText),
    mapUnitM: readUnit(file, refOf(line.MapUnit))?.factor ?? null,
    angleUnitRad: readUnit(file, refOf(line.AngleUnit))?.factor ?? null,
  };
}

function readOperation(file: IfcFile, line: IfcLine): MapOperation {
  const isRigid = line.entity === "IFCRIGIDOPERATION";
  return {
    method: isRigid ? "IfcRigidOperation" : "IfcMapConversion",
    place: `#${line.expressID}`,
    eastings: numberOf(isRigid ? line.FirstCoordinate : line.Eastings) ?? 0,
    northings: numberOf(isRigid ? line.SecondCoordinate : line.Northings) ?? 0,
    height: numberOf(isRigid ? line.Height : line.OrthogonalHeight) ?? 0,
    abscissa: numberOf(line.XAxisAbscissa) ?? 0,
    ordinate: numberOf(line.XAxisOrdinate) ?? 0,
    scale: numberOf(line.Scale),
    factors: [numberOf(line.FactorX) ?? 1, numberOf(line.FactorY) ?? 1, numberOf(line.FactorZ) ?? 1],
    crs: readCrs(file, refOf(line.TargetCRS)),
  };
}

/** First property set of that name, upper or lower case; read letter by letter, for there may be tens of thousands. */
function findPropertySet({ index }: IfcFile, name: string): number | null {
  const letters = Uint8Array.from(`'${name.toLowerCase()}'`, (letter) => letter.charCodeAt(0));
  for (const statement of index.statementsOf("IFCPROPERTYSET")) {
    const { bytes, at } = index.attribute(statement, 2);
    let same = 0;
    // small letters differ from capitals in one bit, which quotation marks have set
    while (same < letters.length && (bytes[at + same]! | 0x20) === (letters[same]! | 0x20)) same++;
    if (same === letters.length) return index.ids[statement]!;
  }
  return null;
}

/** IFC2X3 has no map conversion: the buildingSMART guide keeps it in property sets of the site or project. */
function readPropertySets(file: IfcFile): MapOperation | null {
  const find = (name: string) => {
    const set = file.line(findPropertySet(file, name));
    const values = new Map<string, unknown>();
    for (const id of refsOf(set?.HasProperties)) {
      const property = file.line(id);
      if (property) values.set(textOf(property.Name).toLowerCase(), property.NominalValue);
    }
    return set ? { id: set.expressID, values } : null;
  };
  const conversion = find("ePSet_MapConversion");
  if (!conversion) return null;
  const crs = find("ePSet_ProjectedCRS")?.values ?? new Map<string, unknown>();
  const number = (name: string) => numberOf(conversion.values.get(name));
  const mapUnit = textOf(crs.get("mapunit")).toUpperCase();
  return {
    method: "ePSet_MapConversion",
    place: `#${conversion.id}`,
    eastings: number("eastings") ?? 0,
    northings: number("northings") ?? 0,
    height: number("orthogonalheight") ?? 0,
    abscissa: number("xaxisabscissa") ?? 0,
    ordinate: number("xaxisordinate") ?? 0,
    scale: number("scale"),
    factors: [1, 1, 1],
    crs: {
      ...NO_CRS,
      name: textOf(crs.get("name")),
      description: textOf(crs.get("description")),
      geodeticDatum: textOf(crs.get("geodeticdatum")),
      verticalDatum: textOf(crs.get("verticaldatum")),
      mapProjection: textOf(crs.get("mapprojection")),
      mapZone: textOf(crs.get("mapzone")),
      mapUnitM: mapUnit.includes("MILLI") ? 0.001 : mapUnit.includes("METRE") ? 1 : null,
    },
  };
}

/** Degrees, minutes, seconds, millionths of seconds, all with the sign of the angle. */
export function degreesOf(parts: readonly number[]): number | null {
  const [degrees, minutes = 0, seconds = 0, millionths = 0] = parts;
  if (degrees === undefined) return null;
  const sign = parts.some((part) => part < 0) ? -1 : 1;
  const [d, m, s, u] = [degrees, minutes, seconds, millionths].map(Math.abs);
  return sign * (d! + m! / 60 + (s! + u! / 1e6) / 3600);
}

/** Location of a placement chain in file units; turns of the parents are respected, cycles end it. */
function locationOf(file: IfcFile, placementId: number | null): readonly [number, number, number] {
  let point: [number, number, number] = [0, 0, 0];
  const visited = new Set<number>();
  for (let id = placementId; id !== null && !visited.has(id); ) {
    visited.add(id);
    const placement = file.line(id);
    const axes = file.line(refOf(placement?.RelativePlacement));
    const location = numbersOf(file.line(refOf(axes?.Location))?.Coordinates);
    const z = numbersOf(file.line(refOf(axes?.Axis))?.DirectionRatios);
    const x = numbersOf(file.line(refOf(axes?.RefDirection))?.DirectionRatios);
    point = place(point, location, z.length === 3 ? z : [0, 0, 1], x.length >= 2 ? x : [1, 0, 0]);
    id = refOf(placement?.PlacementRelTo);
  }
  return point;
}

type Vector = readonly number[];

function normalize(v: Vector): number[] {
  const length = Math.hypot(...v) || 1;
  return v.map((value) => value / length);
}

function cross(a: Vector, b: Vector): number[] {
  return [a[1]! * b[2]! - a[2]! * b[1]!, a[2]! * b[0]! - a[0]! * b[2]!, a[0]! * b[1]! - a[1]! * b[0]!];
}

/** ISO 10303-42: the X axis is made square to Z. */
function place(
  point: Vector,
  location: Vector,
  axis: Vector,
  refDirection: Vector,
): [number, number, number] {
  const z = normalize(axis);
  const ref = [refDirection[0]!, refDirection[1]!, refDirection[2] ?? 0];
  const along = ref[0]! * z[0]! + ref[1]! * z[1]! + ref[2]! * z[2]!;
  const x = normalize(ref.map((value, i) => value - along * z[i]!));
  const y = cross(z, x);
  const at = (i: number) => (location[i] ?? 0) + point[0]! * x[i]! + point[1]! * y[i]! + point[2]! * z[i]!;
  return [at(0), at(1), at(2)];
}

function readSite(file: IfcFile, lengthM: number): SiteReference | null {
  for (const line of file.linesOf("IFCSITE")) {
    const latitudeDeg = degreesOf(numbersOf(line.RefLatitude));
    const longitudeDeg = degreesOf(numbersOf(line.RefLongitude));
    if (latitudeDeg === null || longitudeDeg === null) continue;
    const [x, y, z] = locationOf(file, refOf(line.ObjectPlacement));
    return {
      place: `#${line.expressID}`,
      latitudeDeg,
      longitudeDeg,
      latitudeParts: numbersOf(line.RefLatitude),
      longitudeParts: numbersOf(line.RefLongitude),
      elevation: (numberOf(line.RefElevation) ?? 0) * lengthM,
      position: [x * lengthM, y * lengthM, z * lengthM],
    };
  }
  return null;
}

function differs(a: MapOperation, b: MapOperation): boolean {
  return a.eastings !== b.eastings || a.northings !== b.northings || a.height !== b.height;
}

/** Everything that the file says of its place on the Earth; nothing is judged yet. */
export function readGeoreference(file: IfcFile, lengthM: number): AuthoredGeoreference {
  const operations = ["IFCMAPCONVERSION", "IFCMAPCONVERSIONSCALED", "IFCRIGIDOPERATION"]
    .flatMap((entity) => file.linesOf(entity))
    .map((line) => readOperation(file, line));
  const inSets = readPropertySets(file);
  if (inSets) operations.push(inSets);
  const [operation = null, ...others] = operations;
  const contexts = file.linesOf("IFCGEOMETRICREPRESENTATIONCONTEXT");
  const context = contexts.find((line) => textOf(line.ContextType) === "Model") ?? contexts[0];
  const north = numbersOf(file.line(refOf(context?.TrueNorth))?.DirectionRatios);
  const hasNorth = (north.length === 2 || (north.length === 3 && north[2] === 0)) && Math.hypot(...north) > 0;
  const world = numbersOf(
    file.line(refOf(file.line(refOf(context?.WorldCoordinateSystem))?.Location))?.Coordinates,
  );
  return {
    operation,
    operations,
    conflicting: others.filter((other) => operation && differs(operation, other)).map(({ place }) => place),
    site: readSite(file, lengthM),
    trueNorth: hasNorth ? [north[0]!, north[1]!] : null,
    hasBadTrueNorth: north.length > 0 && !hasNorth,
    worldOrigin: world.some((value) => value !== 0) ? world : null,
  };
}
