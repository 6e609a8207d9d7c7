import { EPSG_DEFINITIONS, HORIZONTAL_OF_COMPOUND } from "./epsg-definitions.ts";

/** A resolved coordinate reference system: what proj4 needs and what a reader is told. */
export interface CrsDefinition {
  readonly epsg: number;
  readonly name: string;
  /** proj4 definition, axes east (or longitude), north (or latitude). */
  readonly proj4: string;
  readonly kind: "projected" | "geographic";
}

/** CGCS2000 to WGS 84 is the identity at this product's accuracy (DOMAIN facts); the ellipsoid is CGCS2000's own, = GRS 80. */
const CGCS2000 = "+ellps=GRS80 +towgs84=0,0,0 +units=m";

function transverse(lonDeg: number, falseEasting: number, ellipsoid: string): string {
  return `+proj=tmerc +lat_0=0 +lon_0=${lonDeg} +k=1 +x_0=${falseEasting} +y_0=0 ${ellipsoid}`;
}

/**
 * The four CGCS2000 Gauss-Kruger families of EPSG, by formula: 4491-4501 6-degree zones 13-23, 4502-4512 the same by
 * central meridian, 4513-4533 3-degree zones 25-45, 4534-4554 the same by central meridian.
 */
function cgcs2000(epsg: number): CrsDefinition | null {
  const degrees = epsg >= 4513 ? 3 : 6;
  const [firstZoned, firstPlain, lastPlain] = degrees === 3 ? [4513, 4534, 4554] : [4491, 4502, 4512];
  if (epsg < firstZoned || epsg > lastPlain) return null;
  const isZoned = epsg < firstPlain;
  const step = epsg - (isZoned ? firstZoned : firstPlain);
  const meridian = 75 + step * degrees;
  const zone = (degrees === 3 ? 25 : 13) + step;
  const family = degrees === 3 ? "CGCS2000 / 3-degree Gauss-Kruger" : "CGCS2000 / Gauss-Kruger";
  return {
    epsg,
    name: isZoned ? `${family} zone ${zone}` : `${family} CM ${meridian}E`,
    proj4: transverse(meridian, (isZoned ? zone * 1_000_000 : 0) + 500_000, CGCS2000),
    kind: "projected",
  };
}

interface UtmFamily {
  readonly datum: string;
  /** EPSG code minus zone. */
  readonly base: number;
  readonly zones: readonly [number, number];
  readonly ellipsoid: string;
  readonly south?: boolean;
}

/** Modern datums that agree with WGS 84 to about a metre (their own realisations differ by plate motion). */
const UTM_FAMILIES: readonly UtmFamily[] = [
  { datum: "WGS 84", base: 32600, zones: [1, 60], ellipsoid: "+ellps=WGS84" },
  { datum: "WGS 84", base: 32700, zones: [1, 60], ellipsoid: "+ellps=WGS84", south: true },
  { datum: "ETRS89", base: 25800, zones: [28, 38], ellipsoid: "+ellps=GRS80" },
  { datum: "NAD83", base: 26900, zones: [1, 23], ellipsoid: "+ellps=GRS80" },
  { datum: "GDA94 / MGA", base: 28300, zones: [48, 58], ellipsoid: "+ellps=GRS80", south: true },
  { datum: "GDA2020 / MGA", base: 7800, zones: [46, 59], ellipsoid: "+ellps=GRS80", south: true },
];

function utmOf(family: UtmFamily, zone: number): CrsDefinition {
  const south = family.south ? " +south" : "";
  const suffix = family.datum.includes("MGA")
    ? ` zone ${zone}`
    : ` / UTM zone ${zone}${family.south ? "S" : "N"}`;
  return {
    epsg: family.base + zone,
    name: `${family.datum}${suffix}`,
    proj4: `+proj=utm +zone=${zone}${south} ${family.ellipsoid} +towgs84=0,0,0 +units=m`,
    kind: "projected",
  };
}

function utm(epsg: number): CrsDefinition | null {
  const family = UTM_FAMILIES.find(({ base, zones }) => epsg >= base + zones[0] && epsg <= base + zones[1]);
  return family ? utmOf(family, epsg - family.base) : null;
}

const GEOGRAPHIC: Readonly<Record<number, string>> = {
  4326: "WGS 84",
  4490: "China Geodetic Coordinate System 2000",
  4258: "ETRS89",
  4480: "China Geodetic Coordinate System 2000 (3D)",
  4979: "WGS 84 (3D)",
  6668: "JGD2011",
  6697: "JGD2011 + JGD2011 (vertical) height",
};

/** Latitude and longitude of origin of zones I to XIX of the Japan Plane Rectangular system (EPSG 6669-6687). */
// biome-ignore format: one table
const JAPAN_ZONES: readonly (readonly [number, number])[] = [
  [33, 129 + 30 / 60], [33, 131], [36, 132 + 10 / 60], [33, 133 + 30 / 60], [36, 134 + 20 / 60], [36, 136],
  [36, 137 + 10 / 60], [36, 138 + 30 / 60], [36, 139 + 50 / 60], [40, 140 + 50 / 60], [44, 140 + 15 / 60],
  [44, 142 + 15 / 60], [44, 144 + 15 / 60], [26, 142], [26, 127 + 30 / 60], [26, 124], [26, 131], [20, 136], [26, 154],
];

function japanPlane(epsg: number): CrsDefinition | null {
  const zone = JAPAN_ZONES[epsg - 6669];
  if (!zone) return null;
  return {
    epsg,
    name: `JGD2011 / Japan Plane Rectangular CS zone ${epsg - 6668}`,
    proj4: `+proj=tmerc +lat_0=${zone[0]} +lon_0=${zone[1]} +k=0.9999 +x_0=0 +y_0=0 +ellps=GRS80 +towgs84=0,0,0 +units=m`,
    kind: "projected",
  };
}

function single(epsg: number): CrsDefinition | null {
  const geographic = GEOGRAPHIC[epsg];
  if (geographic) {
    const ellipsoid = epsg === 4326 || epsg === 4979 ? "WGS84" : "GRS80";
    return {
      epsg,
      name: geographic,
      proj4: `+proj=longlat +ellps=${ellipsoid} +towgs84=0,0,0`,
      kind: "geographic",
    };
  }
  if (epsg === 3857) {
    const proj4 =
      "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null";
    return { epsg, name: "WGS 84 / Pseudo-Mercator", proj4, kind: "projected" };
  }
  // ETRS89 / GKnFIN, EPSG 3873-3885: central meridians 19-31, the zone in front of the easting.
  if (epsg >= 3873 && epsg <= 3885) {
    const zone = epsg - 3854;
    const proj4 = transverse(zone, zone * 1_000_000 + 500_000, "+ellps=GRS80 +towgs84=0,0,0 +units=m");
    return { epsg, name: `ETRS89 / GK${zone}FIN`, proj4, kind: "projected" };
  }
  return null;
}

/** The definition of an EPSG code, or null when this product does not know it. */
export function crsByCode(epsg: number): CrsDefinition | null {
  const listed = EPSG_DEFINITIONS[HORIZONTAL_OF_COMPOUND[epsg] ?? epsg];
  if (listed) return { epsg, name: listed.name, proj4: listed.proj4, kind: "projected" };
  return single(epsg) ?? cgcs2000(epsg) ?? utm(epsg) ?? japanPlane(epsg);
}

const CGCS_NAME = /cgcs\s*_?\s*2000|国家\s*2000|2000\s*国家/i;

function cgcsByName(name: string): CrsDefinition | null {
  if (!CGCS_NAME.test(name)) return null;
  const rest = name.replace(CGCS_NAME, " ");
  const isThree = /(^|[^0-9])3\s*[-_ ]?\s*(deg|度)|三度|3_Degree/i.test(rest);
  const meridian =
    /(?:cm|meridian|中央(?:经线|子午线)|经线)[\s_:：]*(\d{2,3})|(\d{2,3})\s*(?:°\s*)?E\b/i.exec(rest);
  const zone = /(?:zone|带号|第)[\s_:：]*(\d{2})/i.exec(rest);
  const degrees = isThree ? 3 : 6;
  const [firstZoned, firstPlain, firstZone, count] =
    degrees === 3 ? [4513, 4534, 25, 21] : [4491, 4502, 13, 11];
  const step = zone
    ? Number(zone[1]) - firstZone
    : meridian
      ? (Number(meridian[1] ?? meridian[2]) - 75) / degrees
      : Number.NaN;
  if (!Number.isInteger(step) || step < 0 || step >= count)
    return /gauss|gk|高斯|\d\s*(deg|度)/i.test(rest) ? null : crsByCode(4490);
  return crsByCode((zone ? firstZoned : firstPlain) + step);
}

function utmByName(name: string): CrsDefinition | null {
  const found =
    /UTM\D{0,12}?(\d{1,2})\s*([NS])?\b/i.exec(name) ??
    /MGA\D{0,8}(?:94|2020)?\D{0,8}zone\s*(\d{2})/i.exec(name);
  if (!found) return null;
  const zone = Number(found[1]);
  const isSouth = found[2]?.toUpperCase() === "S";
  const compact = name.toUpperCase().replace(/[\s_]/g, "");
  const datum =
    compact.includes("GDA2020") || compact.includes("MGA2020")
      ? "GDA2020 / MGA"
      : compact.includes("GDA94") || compact.includes("MGA94")
        ? "GDA94 / MGA"
        : /ETRS|EUREF/.test(compact)
          ? "ETRS89"
          : /NAD83/.test(compact)
            ? "NAD83"
            : "WGS 84";
  const family = UTM_FAMILIES.find(
    (f) =>
      f.datum === datum &&
      (datum !== "WGS 84" || Boolean(f.south) === isSouth) &&
      zone >= f.zones[0] &&
      zone <= f.zones[1],
  );
  // A named old datum without parameters here must not pass silently as WGS 84.
  const isWgs = /WGS|IGM95|RDN2008|ITRF|^UTM/.test(compact);
  return family && (datum !== "WGS 84" || isWgs) ? utmOf(family, zone) : null;
}

function byExactName(name: string): CrsDefinition | null {
  const wanted = name
    .toLowerCase()
    .replace(/[\s_/-]+/g, " ")
    .trim();
  for (const code of [...Object.keys(EPSG_DEFINITIONS), ...Object.keys(GEOGRAPHIC), "3857"]) {
    const crs = crsByCode(Number(code));
    if (crs?.name.toLowerCase().replace(/[\s_/-]+/g, " ") === wanted) return crs;
  }
  return null;
}

/**
 * Reads `EPSG:4550`, `4550`, an OGC URN or URL, EPSG's and Esri's names (`CGCS2000 / 3-degree Gauss-Kruger CM 123E`,
 * `CGCS2000_3_Degree_GK_CM_123E`) and common Chinese ones (`2000国家大地坐标系 3度带 中央经线123°E`). Null when unknown.
 */
export function resolveCrs(text: string): CrsDefinition | null {
  const name = text.trim();
  const code =
    /^(\d{4,6})$/.exec(name) ??
    /^epsg\s*:{0,2}\s*(\d{4,6})$/i.exec(name) ??
    /^urn:(?:x-)?ogc:def:crs:epsg:[^:]*:(\d{4,6})$/i.exec(name) ??
    /^urn:(?:x-)?ogc:def:crs,crs:epsg:[^:]*:(\d{4,6}),/i.exec(name) ??
    /\/def\/crs\/epsg\/[^/]+\/(\d{4,6})$/i.exec(name);
  if (/(^|[:/])CRS84h?$/i.test(name)) return crsByCode(4326);
  if (code) return crsByCode(Number(code[1]));
  return cgcsByName(name) ?? byExactName(name) ?? utmByName(name);
}
