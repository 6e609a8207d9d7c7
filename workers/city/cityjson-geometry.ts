import { type RawFeature, SURFACE_KINDS, type SurfaceKind } from "./raw-feature.ts";

/** Nested arrays of vertex indices or semantic values, as deep as the geometry's type says. */
type Nested = number | null | readonly Nested[];

export interface CityGeometry {
  readonly type: string;
  readonly lod?: string | number;
  readonly boundaries?: readonly Nested[];
  readonly semantics?: {
    readonly surfaces?: readonly { readonly type?: string }[];
    readonly values?: Nested;
  };
  /** Of instances. */
  readonly template?: number;
  readonly transformationMatrix?: readonly number[];
}

export interface GeometryFrame {
  readonly vertices: readonly (readonly number[])[];
  readonly scale: readonly number[];
  readonly translate: readonly number[];
  readonly templates: readonly CityGeometry[];
  readonly templateVertices: readonly (readonly number[])[];
}

/** How many arrays stand around a surface (a list of rings). */
const DEPTH_OF_TYPE: ReadonlyMap<string, number> = new Map([
  ["MultiSurface", 1],
  ["CompositeSurface", 1],
  ["Solid", 2],
  ["MultiSolid", 3],
  ["CompositeSolid", 3],
]);

type Point = readonly [number, number, number];
type Place = (index: number) => Point | null;

export function lodOf({ lod }: CityGeometry): number {
  return Number(lod ?? 0) || 0;
}

/** Fills the feature from one geometry. LoD 0 is a footprint, everything finer keeps its surfaces. */
export function fillGeometry(
  raw: RawFeature,
  geometry: CityGeometry,
  frame: GeometryFrame,
  isBuilt: boolean,
): void {
  const instance = geometry.type === "GeometryInstance" ? geometry : null;
  const shape = instance ? frame.templates[instance.template ?? -1] : geometry;
  const depth = shape ? DEPTH_OF_TYPE.get(shape.type) : undefined;
  if (!shape || depth === undefined) {
    raw.problem = instance
      ? `its template ${instance.template} is missing or no surface`
      : `its geometry is a ${geometry.type}, which has no surfaces`;
    return;
  }
  raw.kind = isBuilt && lodOf(geometry) < 1 && depth === 1 ? "footprint" : "surfaces";
  raw.hasZ = true;
  raw.anyWinding = true;
  const place = instance ? placeInstance(instance, frame) : placeVertex(frame);
  if (!place) {
    raw.problem = "its instance has no place";
    return;
  }
  const kinds = (shape.semantics?.surfaces ?? []).map(({ type }) => kindOf(type ?? ""));
  const other = isBuilt ? "other" : "ground";
  addSurfaces(raw, shape.boundaries ?? [], shape.semantics?.values ?? null, depth, place, (value) =>
    SURFACE_KINDS.indexOf(isBuilt && value !== null ? (kinds[value] ?? other) : other),
  );
  if (raw.polygonEnds.length === 0) raw.problem = "its geometry has no whole surface";
}

function kindOf(type: string): SurfaceKind {
  if (/Roof/.test(type)) return "roof";
  if (/Wall|Facade/.test(type)) return "wall";
  return /Ground|Floor|Closure|Window|Door/.test(type) ? "ground" : "other";
}

function addSurfaces(
  raw: RawFeature,
  boundaries: readonly Nested[],
  values: Nested,
  depth: number,
  place: Place,
  codeOf: (value: number | null) => number,
): void {
  boundaries.forEach((inner, k) => {
    const value = Array.isArray(values) ? (values[k] ?? null) : values;
    if (!Array.isArray(inner)) return;
    if (depth > 1) addSurfaces(raw, inner, value as Nested, depth - 1, place, codeOf);
    else
      addSurface(
        raw,
        inner as readonly (readonly number[])[],
        place,
        codeOf(typeof value === "number" ? value : null),
      );
  });
}

function addSurface(
  raw: RawFeature,
  rings: readonly (readonly number[])[],
  place: Place,
  code: number,
): void {
  const placed = rings.map((ring) => ring.map(place));
  if (placed.length === 0 || placed.some((ring) => ring.length < 3 || ring.includes(null))) {
    raw.skippedParts++;
    return;
  }
  for (const ring of placed as Point[][]) {
    for (const [x, y, z] of ring) raw.vertex(x, y, z);
    raw.endRing();
  }
  raw.endPolygon(code);
}

function placeVertex({ vertices, scale, translate }: GeometryFrame): Place {
  return (index) => {
    const vertex = vertices[index];
    if (!vertex) return null;
    return [
      vertex[0]! * scale[0]! + translate[0]!,
      vertex[1]! * scale[1]! + translate[1]!,
      vertex[2]! * scale[2]! + translate[2]!,
    ];
  };
}

/** A template's vertices through the instance's row-major matrix, then to its anchor. */
function placeInstance(instance: CityGeometry, frame: GeometryFrame): Place | null {
  const anchorIndex = instance.boundaries?.[0];
  const anchor = typeof anchorIndex === "number" ? placeVertex(frame)(anchorIndex) : null;
  const m = instance.transformationMatrix;
  if (!anchor || m?.length !== 16) return null;
  return (index) => {
    const vertex = frame.templateVertices[index];
    if (!vertex) return null;
    const [x, y, z] = vertex as unknown as Point;
    const along = (row: number) =>
      m[row * 4]! * x + m[row * 4 + 1]! * y + m[row * 4 + 2]! * z + m[row * 4 + 3]!;
    return [anchor[0] + along(0), anchor[1] + along(1), anchor[2] + along(2)];
  };
}
