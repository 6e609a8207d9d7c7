import type { LocalText } from "../domain/provenance.ts";
import { WARNING_COLOR_NAMES, type WarningLevel } from "../domain/risk.ts";

/** What an alert says; whoever issues it adds who, when and what it refers to. */
export interface CapDraft {
  readonly category: CapCategory;
  readonly event: LocalText;
  readonly level: WarningLevel;
  readonly urgency: "Immediate" | "Expected" | "Future" | "Past" | "Unknown";
  readonly certainty: "Observed" | "Likely" | "Possible" | "Unlikely" | "Unknown";
  readonly responseType: CapResponseType;
  readonly senderName: LocalText;
  readonly headline: LocalText;
  readonly description: LocalText;
  readonly instruction: LocalText;
  readonly areaDesc: LocalText;
  /** Rings of lon, lat pairs in degrees; an open one is closed. */
  readonly polygons: readonly (readonly (readonly [number, number])[])[];
  /** Radius in metres. */
  readonly circles: readonly {
    readonly longitudeDeg: number;
    readonly latitudeDeg: number;
    readonly radius: number;
  }[];
  /** Epoch ms; when it begins, the sending time when absent. */
  readonly effectiveMs?: number;
  readonly expiresMs: number;
}

export const CAP_CATEGORIES = [
  "Geo",
  "Met",
  "Safety",
  "Security",
  "Rescue",
  "Fire",
  "Health",
  "Env",
  "Transport",
  "Infra",
  "CBRNE",
  "Other",
] as const;
export type CapCategory = (typeof CAP_CATEGORIES)[number];
export type CapResponseType =
  | "Shelter"
  | "Evacuate"
  | "Prepare"
  | "Execute"
  | "Avoid"
  | "Monitor"
  | "Assess"
  | "AllClear"
  | "None";

/** A message of an alert's life as it goes out. Plain data: what a log keeps, and what the next message refers to. */
export interface CapMessage {
  readonly identifier: string;
  readonly sender: string;
  readonly sentMs: number;
  readonly status: "Actual" | "Exercise" | "Test" | "Draft";
  readonly msgType: "Alert" | "Update" | "Cancel";
  readonly source?: string;
  readonly note?: string;
  /** `sender,identifier,sent` of every earlier message of this alert, oldest first: who missed one still understands. */
  readonly references: readonly string[];
  readonly draft: CapDraft;
}

/** Who issues, and when. Exercise unless something else is said. */
export interface CapIssue {
  readonly identifier: string;
  readonly sender: string;
  readonly sentMs: number;
  readonly status?: CapMessage["status"];
  readonly source?: string;
  readonly note?: string;
}

/** Red to Extreme and so on is this product's choice: CAP names no colours. The colour itself goes into `parameter`. */
const SEVERITY: Readonly<Record<WarningLevel, string>> = {
  1: "Extreme",
  2: "Severe",
  3: "Moderate",
  4: "Minor",
};
const COLOR_ZH: Readonly<Record<WarningLevel, string>> = { 1: "红色", 2: "橙色", 3: "黄色", 4: "蓝色" };
/** What identifier and sender may not hold (CAP 1.2, section 3.2.1). */
const NOT_IN_NAMES = /[\s,&<]/;

/** What keeps a draft from being issued, one English sentence each with the field first; none when it can go out. */
export function checkCapDraft(draft: CapDraft, nowMs: number): readonly string[] {
  const problems: string[] = [];
  const texts = ["event", "senderName", "headline", "description", "instruction", "areaDesc"] as const;
  for (const field of texts)
    for (const language of ["zh", "en"] as const)
      if (draft[field][language].trim() === "") problems.push(`${field}.${language} is empty`);
  if (draft.polygons.length + draft.circles.length === 0) problems.push("area has no polygon and no circle");
  for (const [i, ring] of draft.polygons.entries()) {
    const corners = new Set(ring.map(([lon, lat]) => `${lon},${lat}`)).size;
    if (corners < 3) problems.push(`polygons.${i} has fewer than three corners`);
    if (!ring.every(([lon, lat]) => isPlace(lon, lat))) problems.push(`polygons.${i} lies outside the Earth`);
  }
  for (const [i, { longitudeDeg, latitudeDeg, radius }] of draft.circles.entries())
    if (!isPlace(longitudeDeg, latitudeDeg) || !(radius >= 0 && radius < 2e7))
      problems.push(`circles.${i} is no circle on the Earth`);
  if (draft.expiresMs <= nowMs) problems.push("expires lies in the past");
  if (draft.effectiveMs !== undefined && draft.effectiveMs >= draft.expiresMs)
    problems.push("effective lies after expires");
  return problems;
}

/** The first message of an alert. Throws RangeError for a name that CAP does not allow. */
export function issueCap(draft: CapDraft, issue: CapIssue): CapMessage {
  return messageOf("Alert", draft, issue, []);
}

/** Takes the place of the messages before it. */
export function updateCap(before: CapMessage, draft: CapDraft, issue: CapIssue): CapMessage {
  return messageOf("Update", draft, issue, [...before.references, capReference(before)]);
}

/** Ends the alert: urgency Past, response AllClear, the words as they were unless others are given. */
export function cancelCap(before: CapMessage, issue: CapIssue, words: Partial<CapDraft> = {}): CapMessage {
  const draft: CapDraft = { ...before.draft, ...words, urgency: "Past", responseType: "AllClear" };
  return messageOf("Cancel", draft, issue, [...before.references, capReference(before)]);
}

/** What `references` of a later message says of this one. */
export function capReference({
  sender,
  identifier,
  sentMs,
}: Pick<CapMessage, "sender" | "identifier" | "sentMs">): string {
  return `${sender},${identifier},${capTime(sentMs)}`;
}

/** `YYYY-MM-DDThh:mm:ss+08:00`: what CAP 1.2 asks for, never `Z`. */
export function capTime(timeMs: number): string {
  return `${new Date(timeMs + 8 * 3600_000).toISOString().slice(0, 19)}+08:00`;
}

/** CAP 1.2 XML in Chinese and English. All text is escaped; what XML cannot hold is left out of it. */
export function writeCap(message: CapMessage): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">',
    tag("identifier", message.identifier),
    tag("sender", message.sender),
    tag("sent", capTime(message.sentMs)),
    tag("status", message.status),
    tag("msgType", message.msgType),
    message.source === undefined ? "" : tag("source", message.source),
    tag("scope", "Public"),
    message.note === undefined ? "" : tag("note", message.note),
    message.references.length > 0 ? tag("references", message.references.join(" ")) : "",
    info(message, "zh-CN", (text) => text.zh),
    info(message, "en", (text) => text.en),
    "</alert>",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function messageOf(
  msgType: CapMessage["msgType"],
  draft: CapDraft,
  issue: CapIssue,
  references: readonly string[],
): CapMessage {
  for (const name of ["identifier", "sender"] as const)
    if (issue[name] === "" || NOT_IN_NAMES.test(issue[name]))
      throw new RangeError(`CAP: ${name} "${issue[name]}" is empty or holds a space, a comma, & or <.`);
  // CAP has no fractions of a second, and a reference must say the same time
  const sentMs = Math.floor(issue.sentMs / 1000) * 1000;
  return { ...issue, sentMs, status: issue.status ?? "Exercise", msgType, references, draft };
}

function info({ draft, sentMs }: CapMessage, language: string, pick: (text: LocalText) => string): string {
  return [
    "<info>",
    tag("language", language),
    tag("category", draft.category),
    tag("event", pick(draft.event)),
    tag("responseType", draft.responseType),
    tag("urgency", draft.urgency),
    tag("severity", SEVERITY[draft.level]),
    tag("certainty", draft.certainty),
    tag("effective", capTime(draft.effectiveMs ?? sentMs)),
    tag("expires", capTime(draft.expiresMs)),
    tag("senderName", pick(draft.senderName)),
    tag("headline", pick(draft.headline)),
    tag("description", pick(draft.description)),
    tag("instruction", pick(draft.instruction)),
    parameter("warningColor", WARNING_COLOR_NAMES[draft.level]),
    parameter("预警颜色", COLOR_ZH[draft.level]),
    "<area>",
    tag("areaDesc", pick(draft.areaDesc)),
    ...draft.polygons.map((ring) => tag("polygon", polygonText(ring))),
    ...draft.circles.map((one) =>
      tag("circle", `${one.latitudeDeg},${one.longitudeDeg} ${one.radius / 1000}`),
    ),
    "</area>",
    "</info>",
  ].join("\n");
}

function polygonText(ring: CapDraft["polygons"][number]): string {
  const [first, last] = [ring[0], ring.at(-1)];
  const isClosed = first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1];
  return (isClosed || first === undefined ? ring : [...ring, first])
    .map(([lon, lat]) => `${lat},${lon}`)
    .join(" ");
}

function parameter(name: string, value: string): string {
  return `<parameter>${tag("valueName", name)}${tag("value", value)}</parameter>`;
}

function tag(name: string, text: string): string {
  return `<${name}>${text.replace(NOT_XML, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")}</${name}>`;
}

/** Characters that XML 1.0 cannot hold, even escaped. */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const isPlace = (lon: number, lat: number): boolean => Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
