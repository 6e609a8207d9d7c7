import { ringOfCircle } from "../geo/circle-ring.ts";
import { BUILDING_USES } from "./city.ts";
import { buildingUseName } from "./city-theme.ts";
import type { Incident, IncidentArea } from "./incident.ts";
import type { PipeKind } from "./pipe-network.ts";
import type { LocalText, Words } from "./provenance.ts";
import type { FacilityKind } from "./response.ts";
import type { AffectedSummary } from "./scenario.ts";

/** What a list of the affected says of itself. */
export interface AffectedReport {
  readonly incident: Pick<Incident, "id" | "title">;
  readonly area: IncidentArea;
  readonly affected: AffectedSummary;
  /** Epoch ms when the list was made. */
  readonly atMs: number;
}

type Language = keyof LocalText;

const COLUMNS: readonly (readonly [zh: string, en: string])[] = [
  ["编号", "id"],
  ["名称", "name"],
  ["用途", "use"],
  ["高度（m）", "height (m)"],
  ["层数", "floors"],
  ["日间人口", "people by day"],
  ["夜间人口", "people by night"],
  ["经度（°，WGS 84）", "longitude (deg, WGS 84)"],
  ["纬度（°，WGS 84）", "latitude (deg, WGS 84)"],
];

const FACILITY_WORDS: Readonly<Record<FacilityKind, LocalText>> = {
  school: { zh: "学校", en: "school" },
  hospital: { zh: "医院", en: "hospital" },
  hazard: { zh: "危险源", en: "hazardous site" },
  care: { zh: "养老机构", en: "care home" },
  transit: { zh: "交通枢纽", en: "station" },
  pipe: { zh: "管线设施", en: "pipe works" },
  shelter: { zh: "应急避难场所", en: "shelter" },
};
const PIPE_WORDS: Readonly<Record<PipeKind, LocalText>> = {
  gas: { zh: "燃气", en: "gas" },
  water: { zh: "供水", en: "water" },
  heat: { zh: "供热", en: "heat" },
  drainage: { zh: "排水", en: "drainage" },
};

/**
 * A field of a CSV file (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before it, which
 * spreadsheets show as text; numbers stay numbers.
 */
export function csvField(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return safe === value && !/[",\r\n]/.test(value) ? value : `"${safe.replaceAll('"', '""')}"`;
}

/** UTF-8 with a byte order mark, CRLF; lines of provenance first, then an empty line, then the table. */
export function affectedCsv(report: AffectedReport, language: Language): string {
  const { incident, affected, atMs } = report;
  const isChinese = language === "zh";
  const about: (readonly (string | number)[])[] = [
    [isChinese ? "事件" : "incident", incident.id, incident.title[language]],
    [isChinese ? "制表时间" : "made at", new Date(atMs).toISOString()],
    [
      isChinese ? "数据性质" : "provenance",
      affected.provenance.kind,
      wordsIn(affected.provenance.source, language),
    ],
    [isChinese ? "建筑数" : "buildings", affected.buildings],
    [isChinese ? "日间人口" : "people by day", affected.residentsDay],
    [isChinese ? "夜间人口" : "people by night", affected.residentsNight],
  ];
  const rows = affected.rows.map((row) => [
    row.buildingId,
    row.name,
    buildingUseName(row.use)[language],
    row.height,
    row.floors,
    row.residentsDay,
    row.residentsNight,
    round(row.longitudeDeg),
    round(row.latitudeDeg),
  ]);
  const head = COLUMNS.map(([zh, en]) => (isChinese ? zh : en));
  const lines = [...about, [], head, ...rows, ...surroundings(affected, language)].map((fields) =>
    fields.map(csvField).join(","),
  );
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

/** Tables of the facilities, mains and rooms, each after an empty line with a head of its own; none where there are none. */
function surroundings(
  { facilities = [], pipes = [], rooms = [] }: AffectedSummary,
  language: Language,
): (readonly (string | number | null)[])[] {
  const word = (zh: string, en: string) => (language === "zh" ? zh : en);
  const places = facilities.map((one) => [
    one.id,
    one.name[language],
    FACILITY_WORDS[one.kind][language],
    one.capacity,
    one.distance === null ? null : Math.round(one.distance),
    round(one.longitudeDeg),
    round(one.latitudeDeg),
    one.provenance.kind,
  ]);
  const mains = pipes.map((one) => [
    PIPE_WORDS[one.kind][language],
    Math.round(one.length),
    one.count,
    one.largestMm,
  ]);
  const spaces = rooms.map((one) => [one.modelName, one.storey, one.name, one.globalId]);
  return [
    ...table(
      [
        word("设施编号", "facility id"),
        word("名称", "name"),
        word("类别", "kind"),
        word("可容纳（人）", "capacity (people)"),
        word("距中心（m）", "from the middle (m)"),
        word("经度", "longitude"),
        word("纬度", "latitude"),
        word("数据性质", "provenance"),
      ],
      places,
    ),
    ...table(
      [
        word("管线", "main"),
        word("长度（m）", "length (m)"),
        word("段数", "pipes"),
        word("最大管径（mm）", "largest (mm)"),
      ],
      mains,
    ),
    ...table([word("模型", "model"), word("楼层", "storey"), word("房间", "room"), "GlobalId"], spaces),
  ];
}

function table<T>(head: readonly string[], rows: readonly (readonly T[])[]): (readonly (T | string)[])[] {
  return rows.length === 0 ? [] : [[], head, ...rows];
}

/**
 * GeoJSON (RFC 7946): the area, then a point for each building and facility. Every feature says what it is and where from; totals and
 * provenance stand beside the features as well.
 */
export function affectedGeoJson(report: AffectedReport): string {
  const { incident, area, affected, atMs } = report;
  const provenance = affected.provenance.kind;
  const source = affected.provenance.source;
  const coordinates = [...area.polygons, ...area.circles.map(ringOfCircle)]
    .map(closedRing)
    .map((ring) => [ring]);
  const features = [
    {
      type: "Feature",
      id: incident.id,
      geometry: { type: "MultiPolygon", coordinates },
      properties: { kind: "area", title: incident.title.zh, titleEn: incident.title.en },
    },
    ...affected.rows.map((row) => ({
      type: "Feature",
      id: row.buildingId,
      geometry: { type: "Point", coordinates: [round(row.longitudeDeg), round(row.latitudeDeg)] },
      properties: {
        kind: "building",
        name: row.name,
        use: BUILDING_USES[row.use] ?? null,
        height: row.height,
        floors: row.floors,
        residentsDay: row.residentsDay,
        residentsNight: row.residentsNight,
        provenance,
      },
    })),
    ...(affected.facilities ?? []).map((one) => ({
      type: "Feature",
      id: one.id,
      geometry: { type: "Point", coordinates: [round(one.longitudeDeg), round(one.latitudeDeg)] },
      properties: {
        kind: one.kind,
        name: one.name.zh,
        nameEn: one.name.en,
        capacity: one.capacity,
        provenance: one.provenance.kind,
      },
    })),
  ];
  return JSON.stringify({
    type: "FeatureCollection",
    incident: incident.id,
    madeAt: new Date(atMs).toISOString(),
    provenance: { kind: provenance, source },
    totals: {
      buildings: affected.buildings,
      residentsDay: affected.residentsDay,
      residentsNight: affected.residentsNight,
      ...(affected.pipes && { pipes: affected.pipes }),
    },
    features,
  });
}

/** Closed and counter-clockwise, as RFC 7946 asks of outer rings. */
function closedRing(ring: IncidentArea["polygons"][number]): readonly (readonly number[])[] {
  const open = ring.map(([lon, lat]) => [round(lon), round(lat)]);
  const [first, last] = [open[0]!, open.at(-1)!];
  if (open.length > 1 && first[0] === last[0] && first[1] === last[1]) open.pop();
  if (signedArea(open) < 0) open.reverse();
  return [...open, open[0]!];
}

function signedArea(ring: readonly (readonly number[])[]): number {
  return ring.reduce((sum, [x = 0, y = 0], i) => {
    const [nextX = 0, nextY = 0] = ring[(i + 1) % ring.length] ?? [];
    return sum + x * nextY - nextX * y;
  }, 0);
}

function wordsIn(words: Words, language: Language): string {
  return typeof words === "string" ? words : words[language];
}

/** Seven decimals are a centimetre. */
function round(deg: number): number {
  return Math.round(deg * 1e7) / 1e7;
}
