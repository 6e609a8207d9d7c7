import type { LocalText, Provenance } from "../domain/provenance.ts";
import type { Warning, WarningLevel } from "../domain/risk.ts";
import type { CapAlert, CapInfo } from "./cap-alert.ts";

/** Parameters that carry the Chinese warning colour, lower case without spaces; `awareness_level` is MeteoAlarm's. */
const COLOR_PARAMETERS = [
  "warningcolor",
  "warningcolour",
  "预警颜色",
  "预警级别",
  "预警等级",
  "awareness_level",
];
const COLORS: readonly (readonly [RegExp, WarningLevel])[] = [
  [/红|\bred\b/i, 1],
  [/橙|\borange\b/i, 2],
  [/黄|\byellow\b/i, 3],
  [/蓝|\bblue\b/i, 4],
];
/** CAP names no colours: this product's choice. Unknown is shown as blue: hidden would be worse. */
const LEVEL_OF_SEVERITY: Readonly<Record<string, WarningLevel>> = {
  Extreme: 1,
  Severe: 2,
  Moderate: 3,
  Minor: 4,
  Unknown: 4,
};

/**
 * The warnings that an alert holds. Its `info` blocks are the same warning in several languages, or several warnings, or
 * both: blocks of the first block's language are the warnings, the n-th block of another language translates the n-th.
 */
export function warningsOfAlert(
  alert: CapAlert,
  feed: { readonly feedId: string; readonly provenance: Provenance },
): readonly Warning[] {
  const byLanguage = new Map<string, CapInfo[]>();
  for (const info of alert.infos)
    byLanguage.set(info.language, [...(byLanguage.get(info.language) ?? []), info]);
  const main = byLanguage.get(alert.infos[0]?.language ?? "") ?? [];
  const zh = pickLanguage(byLanguage, ["zh-cn", "zh-hans", "zh"]);
  const en = pickLanguage(byLanguage, ["en-us", "en-gb", "en"]);
  return main.map((info, n) => {
    const say = (pick: (info: CapInfo) => string): LocalText => localText(pick, zh?.[n], en?.[n], info);
    return {
      id: n === 0 ? alert.identifier : `${alert.identifier}#${n + 1}`,
      level: levelOfInfo(info),
      event: say((one) => one.event),
      headline: say((one) => one.headline || one.event),
      description: say((one) => one.description),
      instruction: say((one) => one.instruction),
      areaDesc: {
        zh: joinAreas(zh?.[n] ?? en?.[n] ?? info, "、"),
        en: joinAreas(en?.[n] ?? zh?.[n] ?? info, ", "),
      },
      sender: info.senderName || alert.sender,
      status: alert.status,
      severity: info.severity,
      urgency: info.urgency,
      certainty: info.certainty,
      sentMs: alert.sentMs,
      effectiveMs: info.effectiveMs ?? alert.sentMs,
      expiresMs: info.expiresMs,
      polygons: info.areas.flatMap((area) => area.polygons),
      circles: info.areas.flatMap((area) => area.circles),
      provenance: { ...feed.provenance, observedAtMs: alert.sentMs },
      feedId: feed.feedId,
      ...(alert.references.length > 0 && { replaces: alert.references.map(identifierOf) }),
    };
  });
}

/** `sender,identifier` as alerts refer to one another. */
function identifierOf(reference: string): string {
  return reference.slice(reference.indexOf(",") + 1);
}

/** The colour that the alert names, else the level of its severity. */
export function levelOfInfo(info: Pick<CapInfo, "parameters" | "severity">): WarningLevel {
  for (const { name, value } of info.parameters) {
    if (!COLOR_PARAMETERS.includes(name.replace(/\s/g, "").toLowerCase())) continue;
    const match = COLORS.find(([pattern]) => pattern.test(value));
    if (match) return match[1];
  }
  return LEVEL_OF_SEVERITY[info.severity] ?? 4;
}

/** The first wanted language that there is; `zh` also takes `zh-TW`. */
function pickLanguage(
  byLanguage: ReadonlyMap<string, readonly CapInfo[]>,
  wanted: readonly string[],
): readonly CapInfo[] | undefined {
  const entries = [...byLanguage].map(
    ([tag, infos]) => [tag.toLowerCase().replace("_", "-"), infos] as const,
  );
  for (const want of wanted) {
    const exact = entries.find(([tag]) => tag === want);
    if (exact) return exact[1];
  }
  const family = wanted.at(-1)!;
  return entries.find(([tag]) => tag.startsWith(`${family}-`))?.[1];
}

/** What a language does not say, the other one says, else the block that is there. */
function localText(
  pick: (info: CapInfo) => string,
  zh: CapInfo | undefined,
  en: CapInfo | undefined,
  main: CapInfo,
): LocalText {
  const [inZh, inEn] = [zh ? pick(zh) : "", en ? pick(en) : ""];
  const otherwise = pick(main);
  return { zh: inZh || inEn || otherwise, en: inEn || inZh || otherwise };
}

function joinAreas(info: CapInfo, separator: string): string {
  return [...new Set(info.areas.map((area) => area.areaDesc).filter((desc) => desc !== ""))].join(separator);
}
