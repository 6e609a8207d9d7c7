import { csvField } from "./affected-export.ts";
import type { LocalText } from "./provenance.ts";
import type { RedLineReport, RedLineRule } from "./red-line.ts";

type Language = keyof LocalText;

export const RULE_WORDS: Readonly<Record<RedLineRule, LocalText>> = {
  height: { zh: "超出限高", en: "above the height limit" },
  urban: { zh: "城镇开发边界外", en: "outside the urban growth boundary" },
  farmland: { zh: "占压永久基本农田", en: "on permanent basic farmland" },
  ecology: { zh: "占压生态保护红线", en: "inside the ecological protection line" },
};

const seven = (deg: number): number => Math.round(deg * 1e7) / 1e7;

/** UTF-8 with a byte order mark, CRLF; provenance and method first, then buildings and models, then blocks. */
export function redLineCsv(report: RedLineReport, language: Language, atMs: number): string {
  const word = (zh: string, en: string) => (language === "zh" ? zh : en);
  const { source } = report.provenance;
  const lines: (readonly (string | number | null)[])[] = [
    [word("制表时间", "made at"), new Date(atMs).toISOString()],
    [
      word("数据性质", "provenance"),
      report.provenance.kind,
      typeof source === "string" ? source : source[language],
    ],
    [word("方法", "method"), report.method[language]],
    [],
    [
      word("规则", "rule"),
      word("对象", "subject"),
      word("编号", "id"),
      word("名称", "name"),
      word("高度（m）", "height (m)"),
      word("限高（m）", "limit (m)"),
      word("超出（m）", "over (m)"),
      word("地块或图斑", "block or piece"),
      word("经度（°，WGS 84）", "longitude (deg, WGS 84)"),
      word("纬度（°，WGS 84）", "latitude (deg, WGS 84)"),
    ],
    ...report.findings.map((one) => [
      RULE_WORDS[one.rule][language],
      one.subject === "model" ? word("模型", "model") : word("建筑", "building"),
      one.id,
      one.name,
      one.height,
      one.limit,
      one.limit === null ? null : Math.round((one.height - one.limit) * 10) / 10,
      one.planId,
      seven(one.longitudeDeg),
      seven(one.latitudeDeg),
    ]),
    [],
    [word("地块", "block"), word("指标", "measure"), word("现状", "built"), word("规划", "allowed")],
    ...report.blocks.map(({ planId, measure, built, allowed }) => [
      planId,
      measure === "far" ? word("容积率", "floor area ratio") : word("建筑密度（%）", "density (%)"),
      built,
      allowed,
    ]),
  ];
  return `\uFEFF${lines.map((fields) => fields.map(csvField).join(",")).join("\r\n")}\r\n`;
}

/** A point for each finding, RFC 7946. */
export function redLineGeoJson(report: RedLineReport, atMs: number): string {
  return JSON.stringify({
    type: "FeatureCollection",
    madeAt: new Date(atMs).toISOString(),
    provenance: report.provenance,
    method: report.method,
    features: report.findings.map(({ longitudeDeg, latitudeDeg, ...properties }) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [seven(longitudeDeg), seven(latitudeDeg)] },
      properties: { ...properties, provenance: report.provenance.kind },
    })),
  });
}
