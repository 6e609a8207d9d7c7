import type { AlertRule, RuleAlert } from "./alert-rule.ts";
import type { CapCategory, CapDraft, CapMessage } from "./cap-message.ts";
import type { Incident } from "./incident.ts";
import { ownAreaOf } from "./incident-opening.ts";
import type { LocalText } from "./provenance.ts";
import type { Zone } from "./response.ts";
import { WARNING_COLOR_NAMES, type Warning, type WarningLevel } from "./risk.ts";

/** What is known of an incident when its warning is drafted. */
export interface CapDraftInput {
  readonly incident: Incident;
  /** Alerts that it is about and that are known still. */
  readonly alerts: readonly { readonly rule: AlertRule; readonly alert: RuleAlert }[];
  /** Warnings that it is about and that are in force. */
  readonly warnings: readonly Warning[];
  /** All zones; those of the incident count. */
  readonly zones: readonly Zone[];
  /** What a sensor is called. */
  readonly sensorName: (sensorId: string) => LocalText | undefined;
  readonly city: LocalText;
  readonly senderName: LocalText;
  readonly category: CapCategory;
  /** The message that this one would replace. */
  readonly before: CapMessage | null;
  readonly nowMs: number;
}

const COLOR_ZH: Readonly<Record<WarningLevel, string>> = { 1: "红色", 2: "橙色", 3: "黄色", 4: "蓝色" };
const VALID_MS = 6 * 3600_000;
/** Metres around a sensor that raised an alert, where nobody has drawn anything. */
const ALERT_RADIUS = 500;
const MOST_PLACES = 10;
const MOST_NAMES = 4;
const INSTRUCTION: LocalText = {
  zh: "请避开受影响区域，不要涉险通行，留意后续通知。",
  en: "Keep away from the affected area, do not pass through it, and follow further notices.",
};

/** A first wording that somebody reads and corrects: what, where, how sure, until when, in both languages. */
export function draftCap(input: CapDraftInput): CapDraft {
  const { incident, before, nowMs } = input;
  const level = incident.warningLevel ?? before?.draft.level ?? worstLevel(input);
  const effectiveMs = Math.floor(nowMs / 60_000) * 60_000;
  const times = { effectiveMs, expiresMs: effectiveMs + VALID_MS };
  if (before) {
    const { draft } = before;
    const headline = draft.level === level ? draft.headline : headlineOf(draft.event, level, input);
    return { ...draft, level, headline, ...times };
  }
  const event = eventOf(input);
  const isObserved = input.alerts.some(({ alert }) => alert.evidence.length > 0);
  return {
    category: input.category,
    event,
    level,
    urgency: level <= 2 ? "Immediate" : "Expected",
    certainty: isObserved ? "Observed" : "Likely",
    responseType: "Avoid",
    senderName: input.senderName,
    headline: headlineOf(event, level, input),
    description: descriptionOf(input),
    instruction: input.warnings[0]?.instruction.zh ? input.warnings[0].instruction : INSTRUCTION,
    areaDesc: areaDescOf(input),
    ...areasOf(input),
    ...times,
  };
}

function worstLevel({ alerts, warnings }: CapDraftInput): WarningLevel {
  const levels = [...alerts.map(({ alert }) => alert.level), ...warnings.map(({ level }) => level)];
  return levels.length === 0 ? 3 : (Math.min(...levels) as WarningLevel);
}

function eventOf({ incident, alerts, warnings }: CapDraftInput): LocalText {
  const worst = [...alerts].sort((a, b) => a.alert.level - b.alert.level)[0];
  return warnings[0]?.event ?? worst?.rule.title ?? incident.title;
}

function headlineOf(event: LocalText, level: WarningLevel, { city }: CapDraftInput): LocalText {
  const color = WARNING_COLOR_NAMES[level];
  return {
    zh: `${city.zh}市发布${event.zh}${COLOR_ZH[level]}预警`,
    en: `${color[0]!.toUpperCase()}${color.slice(1)} warning for ${city.en}: ${event.en}`,
  };
}

function descriptionOf({ incident, alerts, warnings, nowMs, sensorName }: CapDraftInput): LocalText {
  const byRule = new Map<string, { readonly rule: AlertRule; readonly sensors: Set<string> }>();
  for (const { rule, alert } of alerts) {
    const of = byRule.get(rule.id) ?? { rule, sensors: new Set() };
    for (const id of alert.sensorIds) of.sensors.add(id);
    byRule.set(rule.id, of);
  }
  const time = beijingTime(nowMs);
  const zh = [`截至${time}，${incident.title.zh}。`];
  const en = [`As of ${time} (Beijing time): ${incident.title.en}.`];
  for (const { rule, sensors } of byRule.values()) {
    const names = [...sensors].flatMap((id) => sensorName(id) ?? []).slice(0, MOST_NAMES);
    zh.push(
      `${sensors.size} 个监测点触发“${rule.title.zh}”${inBrackets(
        names.map(({ zh }) => zh),
        "（",
        "、",
        "）",
      )}。`,
    );
    en.push(
      `${sensors.size} ${sensors.size === 1 ? "sensor" : "sensors"}: ${rule.title.en}${inBrackets(
        names.map(({ en }) => en),
        " (",
        ", ",
        ")",
      )}.`,
    );
  }
  for (const { headline } of warnings.slice(0, 3)) {
    zh.push(`另有生效预警：${headline.zh}。`);
    en.push(`Also in force: ${headline.en}.`);
  }
  return { zh: zh.join(""), en: en.join(" ") };
}

function inBrackets(names: readonly string[], open: string, comma: string, close: string): string {
  return names.length === 0 ? "" : `${open}${names.join(comma)}${close}`;
}

function zonesOf({ incident, zones }: CapDraftInput): readonly Zone[] {
  return zones.filter(({ incidentId, kind }) => incidentId === incident.id && kind !== "inspection");
}

function areaDescOf(input: CapDraftInput): LocalText {
  const { warnings, alerts, sensorName, city } = input;
  const zones = zonesOf(input);
  const names =
    zones.length > 0
      ? zones.map(({ title }) => title)
      : warnings.length > 0
        ? warnings.map(({ areaDesc }) => areaDesc)
        : alerts.flatMap(({ alert }) => sensorName(alert.sensorIds[0] ?? "") ?? []);
  const unique = [...new Map(names.map((name) => [name.zh, name])).values()].slice(0, MOST_PLACES);
  if (unique.length === 0) return city;
  const isNear = zones.length + warnings.length === 0;
  return {
    zh: `${unique.map(({ zh }) => zh).join("、")}${isNear ? "周边" : ""}`,
    en: `${isNear ? "Around " : ""}${unique.map(({ en }) => en).join(", ")}`,
  };
}

/** What somebody drew, else where the incident was opened, else the areas of the warnings, else circles around what raised the alerts. */
function areasOf(input: CapDraftInput): Pick<CapDraft, "polygons" | "circles"> {
  const zones = zonesOf(input);
  if (zones.length > 0) return { polygons: zones.map(({ ring }) => closed(ring)), circles: [] };
  const { incident, warnings, alerts } = input;
  const area = ownAreaOf(incident);
  if (area) return { polygons: area.polygons.map(closed), circles: area.circles };
  const polygons = warnings.flatMap((warning) => warning.polygons).slice(0, MOST_PLACES);
  const circles = warnings.flatMap((warning) => warning.circles).slice(0, MOST_PLACES);
  if (polygons.length + circles.length > 0) return { polygons, circles };
  const around = new Map<string, CapDraft["circles"][number]>();
  for (const { alert } of alerts) {
    const { longitudeDeg, latitudeDeg, subject } = alert;
    if (longitudeDeg !== null && latitudeDeg !== null)
      around.set(subject, { longitudeDeg, latitudeDeg, radius: ALERT_RADIUS });
  }
  return { polygons: [], circles: [...around.values()].slice(0, MOST_PLACES) };
}

function closed(ring: Zone["ring"]): Zone["ring"] {
  const [first, last] = [ring[0], ring.at(-1)];
  return !first || (last && first[0] === last[0] && first[1] === last[1]) ? ring : [...ring, first];
}

function beijingTime(timeMs: number): string {
  return new Date(timeMs + 8 * 3600_000).toISOString().slice(11, 16);
}
