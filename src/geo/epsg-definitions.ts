/** A coordinate reference system that no formula of `projection.ts` yields. One edit here corrects or adds a system. */
export interface EpsgDefinition {
  readonly name: string;
  /** proj4 definition; axes east, north. */
  readonly proj4: string;
  readonly source: string;
}

const EPSG_IO = "EPSG registry, proj4 text as published by epsg.io";
const POTSDAM =
  "+towgs84=598.1,73.7,418.2,0.202,0.045,-2.455,6.7"; /* EPSG transformation 1777, accuracy 3 m */
const DB_REF =
  "+towgs84=584.9636,107.7175,413.8067,1.1155,0.2824,-3.1384,7.9922"; /* EPSG transformation 5826 */

function gaussKruger(zone: number, name: string, datum: string): EpsgDefinition {
  return {
    name,
    proj4: `+proj=tmerc +lat_0=0 +lon_0=${3 * zone} +k=1 +x_0=${zone}500000 +y_0=0 +ellps=bessel ${datum} +units=m`,
    source: EPSG_IO,
  };
}

/** Keyed by EPSG code. Chinese grids, UTM zones and similar families are formulas in `projection.ts`. */
export const EPSG_DEFINITIONS: Readonly<Record<number, EpsgDefinition>> = {
  2056: {
    name: "CH1903+ / LV95",
    proj4:
      "+proj=somerc +lat_0=46.95240555555556 +lon_0=7.439583333333333 +k_0=1 +x_0=2600000 +y_0=1200000 +ellps=bessel " +
      "+towgs84=674.374,15.056,405.346 +units=m",
    source: EPSG_IO,
  },
  3068: {
    name: "DHDN / Soldner Berlin",
    proj4:
      "+proj=cass +lat_0=52.41864827777778 +lon_0=13.62720366666667 +x_0=40000 +y_0=10000 +ellps=bessel " +
      `${POTSDAM} +units=m`,
    source: EPSG_IO,
  },
  2154: {
    name: "RGF93 v1 / Lambert-93",
    proj4:
      "+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80 +towgs84=0,0,0 +units=m",
    source: EPSG_IO,
  },
  2169: {
    name: "LUREF / Luxembourg TM",
    proj4:
      "+proj=tmerc +lat_0=49.83333333333334 +lon_0=6.166666666666667 +k=1 +x_0=80000 +y_0=100000 +ellps=intl " +
      "+towgs84=-189.6806,18.3463,-42.7695,-0.33746,-3.09264,2.53861,0.4598 +units=m",
    source: EPSG_IO,
  },
  2193: {
    name: "NZGD2000 / New Zealand Transverse Mercator 2000",
    proj4:
      "+proj=tmerc +lat_0=0 +lon_0=173 +k=0.9996 +x_0=1600000 +y_0=10000000 +ellps=GRS80 +towgs84=0,0,0 +units=m",
    source: EPSG_IO,
  },
  2277: {
    name: "NAD83 / Texas Central (ftUS)",
    proj4:
      "+proj=lcc +lat_1=31.88333333333333 +lat_2=30.11666666666667 +lat_0=29.66666666666667 +lon_0=-100.3333333333333 " +
      "+x_0=699999.9998983998 +y_0=3000000 +ellps=GRS80 +towgs84=0,0,0 +units=us-ft",
    source: EPSG_IO,
  },
  2326: {
    name: "Hong Kong 1980 Grid System",
    proj4:
      "+proj=tmerc +lat_0=22.31213333333334 +lon_0=114.1785555555556 +k=1 +x_0=836694.05 +y_0=819069.8 +ellps=intl " +
      "+towgs84=-162.619,-276.959,-161.764,0.067753,-2.24365,-1.15883,-1.09425 +units=m",
    source: EPSG_IO,
  },
  3067: {
    name: "ETRS89 / TM35FIN(E,N)",
    proj4: "+proj=utm +zone=35 +ellps=GRS80 +towgs84=0,0,0 +units=m",
    source: EPSG_IO,
  },
  27215: {
    name: "NZGD49 / Nelson Circuit",
    proj4:
      "+proj=tmerc +lat_0=-41.27454472222222 +lon_0=173.2993168055555 +k=1 +x_0=300000 +y_0=700000 +ellps=intl " +
      "+towgs84=59.47,-5.04,187.44,0.47,-0.1,1.024,-4.5993 +units=m",
    source: EPSG_IO,
  },
  27700: {
    name: "OSGB36 / British National Grid",
    proj4:
      "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy " +
      "+towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m",
    source: `${EPSG_IO}; accuracy 5 m without the OSTN15 grid`,
  },
  28992: {
    name: "Amersfoort / RD New",
    proj4:
      "+proj=sterea +lat_0=52.15616055555555 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 +ellps=bessel " +
      "+towgs84=565.4171,50.3319,465.5524,-0.398957,0.343988,-1.8774,4.0725 +units=m",
    source: EPSG_IO,
  },
  5682: gaussKruger(2, "DB_REF / 3-degree Gauss-Kruger zone 2 (E-N)", DB_REF),
  5683: gaussKruger(3, "DB_REF / 3-degree Gauss-Kruger zone 3 (E-N)", DB_REF),
  5684: gaussKruger(4, "DB_REF / 3-degree Gauss-Kruger zone 4 (E-N)", DB_REF),
  5685: gaussKruger(5, "DB_REF / 3-degree Gauss-Kruger zone 5 (E-N)", DB_REF),
  31466: gaussKruger(2, "DHDN / 3-degree Gauss-Kruger zone 2", POTSDAM),
  31467: gaussKruger(3, "DHDN / 3-degree Gauss-Kruger zone 3", POTSDAM),
  31468: gaussKruger(4, "DHDN / 3-degree Gauss-Kruger zone 4", POTSDAM),
  31469: gaussKruger(5, "DHDN / 3-degree Gauss-Kruger zone 5", POTSDAM),
};

/** Compound systems (horizontal + height) to their horizontal part: heights are read as given. */
export const HORIZONTAL_OF_COMPOUND: Readonly<Record<number, number>> = {
  5554: 25831,
  5555: 25832,
  5556: 25833,
  5832: 5682,
  5833: 5683,
  5834: 5684,
  5835: 5685,
  7415: 28992,
  9897: 2169,
};
