import type { CapDraft, CapMessage } from "./cap-message.ts";
import type { LocalText } from "./provenance.ts";
import { WARNING_COLOR_NAMES, type WarningLevel } from "./risk.ts";

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
