import {
  BlendOption,
  BufferPoint,
  BufferPointCollection,
  BufferPointMaterial,
  BufferPolygon,
  BufferPolygonCollection,
  BufferPolygonMaterial,
  BufferPolyline,
  BufferPolylineCollection,
  BufferPolylineMaterial,
  Cartesian3,
  Color,
} from "cesium";
import type { DataPoints, DataSpace } from "./contract.ts";

const POINTS_A_CHUNK = 6000;
const VERTICES_A_CHUNK = 24_000;
const POINT_PIXELS = 7;
const CHOSEN_PIXELS = 12;

/** What a chunk is painted with. */
export interface DataInk {
  readonly color: string;
  readonly accent: string;
  readonly rim: string;
  readonly opacity: number;
  readonly chosen: number | null;
}

export type DataCollection = BufferPointCollection | BufferPolylineCollection | BufferPolygonCollection;

/** A part of a layer that is small enough to go to the GPU in one frame. */
export interface DataChunk {
  /** Lies on the ground and keeps above it. */
  readonly isFlat: boolean;
  create(ink: DataInk): DataCollection;
  paint(collection: DataCollection, ink: DataInk): void;
  /** Feature of the primitive with this number. */
  featureAt(index: number): number;
  has(feature: number): boolean;
}

function colorAt(colors: Uint32Array | undefined, index: number, ink: DataInk): Color {
  const own = colors?.[index] ?? 0;
  const color =
    own === 0
      ? Color.fromCssColorString(ink.color)
      : Color.fromBytes(own >>> 24, (own >>> 16) & 255, (own >>> 8) & 255, own & 255);
  color.alpha *= ink.opacity;
  return color;
}

/** Materials by colour: a layer has few. */
function materials<M>(create: (color: Color, isChosen: boolean) => M) {
  const known = new Map<number, M>();
  return (color: Color, isChosen: boolean): M => {
    const key = color.toRgba() * 2 + (isChosen ? 1 : 0);
    let material = known.get(key);
    if (!material) {
      material = create(color, isChosen);
      known.set(key, material);
    }
    return material;
  };
}

function pointMaterials(ink: DataInk) {
  const rim = Color.fromCssColorString(ink.rim).withAlpha(ink.opacity);
  return materials(
    (color, isChosen) =>
      new BufferPointMaterial({
        color: isChosen ? Color.fromCssColorString(ink.accent) : color,
        outlineColor: rim,
        outlineWidth: isChosen ? 2 : 1,
        size: isChosen ? CHOSEN_PIXELS : POINT_PIXELS,
      }),
  );
}

export function pointChunks(points: DataPoints): DataChunk[] {
  const chunks: DataChunk[] = [];
  for (let from = 0; from < points.features.length; from += POINTS_A_CHUNK)
    chunks.push(pointChunk(points, from, Math.min(from + POINTS_A_CHUNK, points.features.length)));
  return chunks;
}

function pointChunk(
  { positions, features, colors, isFlat }: DataPoints,
  from: number,
  to: number,
): DataChunk {
  const materialAt = (ink: DataInk) => {
    const of = pointMaterials(ink);
    return (index: number) => of(colorAt(colors, index, ink), features[index] === ink.chosen);
  };
  return {
    isFlat,
    featureAt: (index) => features[from + index]!,
    has: (feature) => features.subarray(from, to).includes(feature),
    create(ink) {
      const collection = new BufferPointCollection({
        primitiveCountMax: to - from,
        allowPicking: true,
        blendOption: BlendOption.TRANSLUCENT,
      });
      const material = materialAt(ink);
      const position = new Cartesian3();
      for (let index = from; index < to; index++) {
        Cartesian3.unpack(positions as unknown as number[], index * 3, position);
        collection.add({ position, material: material(index) }, POINT);
      }
      return collection;
    },
    paint(collection, ink) {
      const material = materialAt(ink);
      for (let index = from; index < to; index++)
        (collection as BufferPointCollection).get(index - from, POINT).setMaterial(material(index));
    },
  };
}

/** Pieces from one vertex to another that go into one chunk. */
interface Span {
  readonly from: number;
  readonly to: number;
}

function spansOf({ ends }: DataSpace): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (let piece = 0; piece < ends.length; piece++) {
    const start = from === 0 ? 0 : ends[from - 1]!;
    const isFull = ends[piece]! - start >= VERTICES_A_CHUNK || piece === ends.length - 1;
    if (!isFull) continue;
    spans.push({ from, to: piece + 1 });
    from = piece + 1;
  }
  return spans;
}

function sizesOf({ ends }: DataSpace, { from, to }: Span) {
  const start = from === 0 ? 0 : ends[from - 1]!;
  return { primitiveCountMax: to - from, vertexCountMax: ends[to - 1]! - start, allowPicking: true };
}

function positionsOf({ positions, ends }: DataSpace, piece: number): Float64Array {
  return positions.subarray((piece === 0 ? 0 : ends[piece - 1]!) * 3, ends[piece]! * 3);
}

function spaceChunk(space: DataSpace, span: Span, verbs: Pick<DataChunk, "create" | "paint">): DataChunk {
  const { features } = space;
  return {
    isFlat: false,
    featureAt: (index) => features[span.from + index]!,
    has: (feature) => features.subarray(span.from, span.to).includes(feature),
    ...verbs,
  };
}

export function lineChunks(lines: DataSpace): DataChunk[] {
  return spansOf(lines).map((span) => {
    const materialAt = (ink: DataInk) => {
      const of = materials(
        (color, isChosen) =>
          new BufferPolylineMaterial({
            color: isChosen ? Color.fromCssColorString(ink.accent) : color,
            width: isChosen ? 4 : 2.2,
          }),
      );
      return (piece: number) => of(colorAt(lines.colors, piece, ink), lines.features[piece] === ink.chosen);
    };
    return spaceChunk(lines, span, {
      create(ink) {
        const collection = new BufferPolylineCollection(sizesOf(lines, span));
        const material = materialAt(ink);
        for (let piece = span.from; piece < span.to; piece++)
          collection.add({ positions: positionsOf(lines, piece), material: material(piece) }, LINE);
        return collection;
      },
      paint(collection, ink) {
        const material = materialAt(ink);
        for (let piece = span.from; piece < span.to; piece++)
          (collection as BufferPolylineCollection).get(piece - span.from, LINE).setMaterial(material(piece));
      },
    });
  });
}

export function areaChunks(areas: DataSpace): DataChunk[] {
  const { triangles = new Uint32Array(0), triangleEnds = new Uint32Array(0) } = areas;
  const trianglesOf = (piece: number) =>
    triangles.subarray(piece === 0 ? 0 : triangleEnds[piece - 1]!, triangleEnds[piece]!);
  return spansOf(areas).map((span) => {
    const materialAt = (ink: DataInk) => {
      const of = materials((color, isChosen) => {
        const shown = isChosen ? Color.fromCssColorString(ink.accent) : color;
        return new BufferPolygonMaterial({ color: shown.withAlpha(shown.alpha * 0.75) });
      });
      return (piece: number) => of(colorAt(areas.colors, piece, ink), areas.features[piece] === ink.chosen);
    };
    return spaceChunk(areas, span, {
      create(ink) {
        const first = span.from === 0 ? 0 : triangleEnds[span.from - 1]!;
        const collection = new BufferPolygonCollection({
          ...sizesOf(areas, span),
          holeCountMax: 1,
          triangleCountMax: Math.max(1, (triangleEnds[span.to - 1]! - first) / 3),
        });
        const material = materialAt(ink);
        for (let piece = span.from; piece < span.to; piece++) {
          const positions = positionsOf(areas, piece);
          collection.add({ positions, triangles: trianglesOf(piece), material: material(piece) }, AREA);
        }
        return collection;
      },
      paint(collection, ink) {
        const material = materialAt(ink);
        for (let piece = span.from; piece < span.to; piece++)
          (collection as BufferPolygonCollection).get(piece - span.from, AREA).setMaterial(material(piece));
      },
    });
  });
}

const POINT = new BufferPoint();
const LINE = new BufferPolyline();
const AREA = new BufferPolygon();
