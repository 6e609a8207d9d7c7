import { ecefFromEnu, ecefFromGeodetic } from "../../src/geo/ellipsoid.ts";
import { invertAffine, mul } from "../../src/geo/matrix.ts";
import type { TileMesh } from "../tiles/contract.ts";
import { writeGlb } from "../tiles/write-glb.ts";
import type { EncodeSetup, TileJob, TileResult } from "./contract.ts";
import { NO_USE } from "./fields.ts";
import { MeshBuffers } from "./mesh-buffers.ts";
import { addPrism, type Prism } from "./prism-mesh.ts";
import { type CityRecord, RecordReader, STEP_DEG } from "./records.ts";
import { hashText } from "./seen-ids.ts";
import { addSurfaces } from "./surface-mesh.ts";
import { tileColumns } from "./tile-columns.ts";

/** Footprints come back within half of these: 1.4 cm in the plane, 5 mm in height, and 2.5 km fit an int16 tile of 1.3 km. */
const FOOTPRINT_STEPS = { horizontal: 0.02, vertical: 0.01 };
const SURFACE_STEPS = { horizontal: 0.004, vertical: 0.004 };
/** A tilt of the tile's vertical against the building's that moves less than this is left out, metres: equal numbers pack. */
const LEVEL = 0.003;
const FLOOR_HEIGHT = 3;
const MOST_WINDOW_FLOORS = 4000;

export interface EncodedTile extends TileResult {
  readonly glb: Uint8Array;
}

/** Memory that one tile after another is made in. */
export interface TileScratch {
  readonly prisms: MeshBuffers;
  readonly surfaces: MeshBuffers;
}

export function createTileScratch(): TileScratch {
  return { prisms: new MeshBuffers(), surfaces: new MeshBuffers() };
}

/**
 * Encodes one tile; the same job gives the same bytes on any thread. Who gives a scratch waits for one tile before the
 * next.
 */
export async function encodeTile(
  job: TileJob,
  setup: EncodeSetup,
  reader: RecordReader = new RecordReader(setup.records),
  { prisms, surfaces }: TileScratch = createTileScratch(),
): Promise<EncodedTile> {
  const records = Array.from(job.addresses, (address) => reader.read(address));
  const enuFromEcef = invertAffine(ecefFromEnu(job));
  prisms.clear();
  surfaces.clear();
  records.forEach((record, feature) => {
    const facade = facadeOf(record);
    const { geometry } = record;
    if (geometry.kind === "footprint") {
      prisms.begin(feature, facade);
      addPrism(prisms, placePrism(record, geometry.polygons, enuFromEcef));
      return;
    }
    surfaces.begin(feature, facade);
    addSurfaces(surfaces, placeSurfaces(record, geometry.polygons, enuFromEcef), geometry.surfaceKinds, true);
  });
  const meshes: TileMesh[] = [];
  if (prisms.indexCount) meshes.push(prisms.mesh(false));
  if (surfaces.indexCount) meshes.push(surfaces.mesh(true));
  const glb = await writeGlb({
    meshes,
    className: "building",
    columns: tileColumns(records, setup.columns, setup.present),
    featureCount: records.length,
    steps: surfaces.indexCount ? SURFACE_STEPS : FOOTPRINT_STEPS,
    ...(setup.copyright ? { copyright: setup.copyright } : {}),
  });
  const triangles = (prisms.indexCount + surfaces.indexCount) / 3;
  return { uri: job.uri, bytes: glb.length, triangles, ...boxOf(meshes), glb };
}

function facadeOf({ head }: CityRecord): [number, number, number, number] {
  const clamp = (value: number): number => Math.max(0, Math.min(255, Math.floor(value)));
  const year = head.year ? clamp(head.year - 1900) : 0;
  return [head.use === NO_USE ? 255 : head.use, hashText(head.id) % 256, year, clamp(head.height / 2)];
}

/** Half the quantization step and a little, so that the box holds what comes back. */
const BOX_MARGIN = 0.012;

function boxOf(meshes: readonly TileMesh[]): Pick<TileResult, "min" | "max"> {
  const min: [number, number, number] = [Infinity, Infinity, Infinity];
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (const { positions } of meshes)
    for (let at = 0; at < positions.length; at += 3)
      for (let axis = 0; axis < 3; axis++) {
        const value = positions[at + axis]!;
        if (value < min[axis]!) min[axis] = value;
        if (value > max[axis]!) max[axis] = value;
      }
  for (let axis = 0; axis < 3; axis++) {
    min[axis]! -= BOX_MARGIN;
    max[axis]! += BOX_MARGIN;
  }
  return { min, max };
}

function transform(m: Float64Array, x: number, y: number, z: number, out: Float64Array, at: number): void {
  out[at] = m[0]! * x + m[4]! * y + m[8]! * z + m[12]!;
  out[at + 1] = m[1]! * x + m[5]! * y + m[9]! * z + m[13]!;
  out[at + 2] = m[2]! * x + m[6]! * y + m[10]! * z + m[14]!;
}

/** Every corner goes through the ellipsoid exactly; heights level out where the tilt does not show. */
function placePrism(
  { head }: CityRecord,
  polygons: readonly (readonly Int32Array[])[],
  enuFromEcef: Float64Array,
): Prism {
  const { longitudeDeg, latitudeDeg, base, height } = head;
  const enuFromLocal = mul(enuFromEcef, ecefFromEnu({ longitudeDeg, latitudeDeg, height: base }));
  const up = [enuFromLocal[8]!, enuFromLocal[9]!, enuFromLocal[10]!] as const;
  const ground = enuFromLocal[14]!;
  let unevenness = 0;
  const placed = polygons.map((rings) =>
    rings.map((steps) => {
      const ring = new Float64Array((steps.length / 2) * 3);
      for (let i = 0, at = 0; i < steps.length; i += 2, at += 3) {
        const [x, y, z] = ecefFromGeodetic({
          longitudeDeg: longitudeDeg + steps[i]! * STEP_DEG,
          latitudeDeg: latitudeDeg + steps[i + 1]! * STEP_DEG,
          height: base,
        });
        transform(enuFromEcef, x, y, z, ring, at);
        unevenness = Math.max(unevenness, Math.abs(ring[at + 2]! - ground));
      }
      return ring;
    }),
  );
  if (unevenness < LEVEL)
    for (const rings of placed)
      for (const ring of rings) for (let at = 2; at < ring.length; at += 3) ring[at] = ground;
  const isUpright = Math.hypot(up[0], up[1]) * height < LEVEL;
  const floors = Math.min(MOST_WINDOW_FLOORS, head.floors || Math.max(1, Math.round(height / FLOOR_HEIGHT)));
  return {
    polygons: placed,
    rise: isUpright ? [0, 0, height] : [up[0] * height, up[1] * height, up[2] * height],
    floors,
  };
}

function placeSurfaces(
  { head }: CityRecord,
  polygons: readonly (readonly Float32Array[])[],
  enuFromEcef: Float64Array,
): Float64Array[][] {
  const { longitudeDeg, latitudeDeg, base } = head;
  const enuFromLocal = mul(enuFromEcef, ecefFromEnu({ longitudeDeg, latitudeDeg, height: base }));
  return polygons.map((rings) =>
    rings.map((local) => {
      const ring = new Float64Array(local.length);
      for (let at = 0; at < local.length; at += 3)
        transform(enuFromLocal, local[at]!, local[at + 1]!, local[at + 2]!, ring, at);
      return ring;
    }),
  );
}
