import { ringOfCircle } from "../geo/circle-ring.ts";
import { BUILDING_USES } from "./city.ts";
import { buildingUseName } from "./city-theme.ts";
import type { Incident, IncidentArea } from "./incident.ts";
import type { LocalText, Words } from "./provenance.ts";
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
  const lines = [...about, [], head, ...rows].map((fields) => fields.map(csvField).join(","));
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

/**
 * GeoJSON (RFC 7946): the area, then a point for each building. Every feature says what it is and where from; totals and
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
