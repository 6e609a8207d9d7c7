import { createProjection } from "../geo/projection.ts";
import type { ModelPlace } from "./model-place.ts";
import type { PlaceEvidence } from "./place-candidate.ts";

/** What an IfcMapConversion and its IfcProjectedCRS say. Lengths in map units. */
export interface MapConversion {
  /** `EPSG:4550` */
  readonly crs: string;
  readonly crsName: string;
  readonly eastings: number;
  readonly northings: number;
  readonly orthogonalHeight: number;
  /** Direction of the model's X axis on the map. */
  readonly abscissa: number;
  readonly ordinate: number;
  /** Map units for a length unit of the file. */
  readonly scale: number;
}

const RAD = Math.PI / 180;
/** CGCS2000 3-degree grids by central meridian: EPSG:4534 is 75 E, EPSG:4554 135 E. */
const [FIRST_GRID, FIRST_MERIDIAN, LAST_MERIDIAN] = [4534, 75, 135];

/** The grid that surveys there use: CGCS2000 3-degree in China's longitudes and latitudes, else the UTM zone. */
export function gridAt(longitudeDeg: number, latitudeDeg: number): string {
  const meridian = Math.round(longitudeDeg / 3) * 3;
  const isChina = latitudeDeg > 17 && latitudeDeg < 54 && longitudeDeg >= 73.5 && longitudeDeg <= 135.1;
  if (isChina && meridian >= FIRST_MERIDIAN && meridian <= LAST_MERIDIAN)
    return `EPSG:${FIRST_GRID + (meridian - FIRST_MERIDIAN) / 3}`;
  const zone = Math.min(60, Math.max(1, Math.floor((longitudeDeg + 180) / 6) + 1));
  return `EPSG:${(latitudeDeg < 0 ? 32_700 : 32_600) + zone}`;
}

/**
 * The map conversion under which a reader puts the model where it stands.
 * @param height of the file's level 0 above the vertical datum, metres
 * @throws TwinError `crs.unknown`, `crs.outside`
 */
export function mapConversionOf(
  { turnDeg, offset, lengthM }: Pick<PlaceEvidence, "turnDeg" | "offset" | "lengthM">,
  place: ModelPlace,
  crs: string,
  height: number,
): MapConversion {
  const projection = createProjection(crs);
  const { longitudeDeg, latitudeDeg } = place;
  const { eastings, northings } = projection.fromGeodetic(longitudeDeg, latitudeDeg);
  const turn = (turnDeg - place.headingDeg + projection.gridConvergenceDeg(longitudeDeg, latitudeDeg)) * RAD;
  const [abscissa, ordinate] = [Math.cos(turn), Math.sin(turn)];
  const { unitM } = projection;
  return {
    crs: projection.epsg,
    crsName: projection.name,
    eastings: eastings - (abscissa * offset[0] - ordinate * offset[1]) / unitM,
    northings: northings - (ordinate * offset[0] + abscissa * offset[1]) / unitM,
    orthogonalHeight: height / unitM,
    abscissa,
    ordinate,
    scale: lengthM / unitM,
  };
}
