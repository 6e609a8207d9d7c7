import { XMLParser } from "fast-xml-parser";
import { TwinError } from "../base/errors.ts";
import { type CapAlert, type CapArea, type CapInfo, capKey } from "./cap-alert.ts";
import { parseCapCircle, parseCapPolygon } from "./cap-geometry.ts";
import { decodeText, parseXml } from "./xml-document.ts";
import { decodeXml } from "./xml-text.ts";

const NAMESPACES = ["urn:oasis:names:tc:emergency:cap:1.2", "urn:oasis:names:tc:emergency:cap:1.1"];
const STATUS = ["Actual", "Exercise", "System", "Test", "Draft"];
const MSG_TYPE = ["Alert", "Update", "Cancel", "Ack", "Error"];
const SCOPE = ["Public", "Restricted", "Private"];
const URGENCY = ["Immediate", "Expected", "Future", "Past", "Unknown"];
const SEVERITY = ["Extreme", "Severe", "Moderate", "Minor", "Unknown"];
const CERTAINTY = ["Observed", "Likely", "Possible", "Unlikely", "Unknown"];

/**
 * Entities stay as written (`processEntities: false`) and are decoded by `decodeText` alone, which knows the five of XML and
 * character numbers: nothing in the file can define, expand or fetch. Values are kept as text; every element is a list.
 */
const parser = new XMLParser({
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  ignoreAttributes: (name) => !/^xmlns(?::|$)/.test(name),
  attributeNamePrefix: "@",
  parseTagValue: false,
  parseAttributeValue: false,
  removeNSPrefix: false,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

type Element = Readonly<Record<string, unknown>>;

/**
 * Reads one CAP alert, version 1.2 (and 1.1, which has the same fields). Throws TwinError `cap.*` when it cannot be
 * used; what can be read around becomes a note.
 */
export function parseCap(bytes: Uint8Array): CapAlert {
  const root = readRoot(decodeXml(bytes));
  const notes: string[] = [];
  const msgType = oneOf(root, "msgType", MSG_TYPE);
  const sender = required(root, "sender");
  const alert = {
    identifier: required(root, "identifier"),
    sender,
    sentMs: requiredTime(root, "sent"),
    status: oneOf(root, "status", STATUS),
    msgType,
    scope: oneOf(root, "scope", SCOPE),
    references: parseReferences(text(root, "references"), notes),
    infos: children(root, "info").map((info) => readInfo(info, notes)),
    notes,
  };
  if ((msgType === "Alert" || msgType === "Update") && alert.infos.length === 0)
    throw invalid("info", "an info block", "absent");
  return alert;
}

function readRoot(xml: string): Element {
  const document = parseXml(xml, parser) as Element;
  const name = Object.keys(document).find((key) => localName(key) === "alert");
  const root = name === undefined ? undefined : (document[name] as Element[])[0];
  if (name === undefined || root === undefined || typeof root !== "object")
    throw new TwinError("cap.root", "This XML is no CAP alert: its root element is not <alert>.");
  const prefix = name.includes(":") ? name.slice(0, name.indexOf(":")) : "";
  const namespace = String(root[prefix === "" ? "@xmlns" : `@xmlns:${prefix}`] ?? "");
  if (!NAMESPACES.includes(namespace))
    throw new TwinError("cap.version", `The alert is in namespace "${namespace}"; CAP 1.2 is read.`, {
      namespace,
    });
  return withoutPrefix(root, prefix);
}

/** Elements of the alert's own namespace under their plain names; those of others (signatures) are left out. */
function withoutPrefix(element: Element, prefix: string): Element {
  const plain: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(element)) {
    const own = prefix === "" ? !key.includes(":") : key.startsWith(`${prefix}:`);
    if (!own || key.startsWith("@")) continue;
    plain[localName(key)] = (Array.isArray(value) ? value : [value]).map((one: unknown) =>
      typeof one === "object" && one !== null ? withoutPrefix(one as Element, prefix) : one,
    );
  }
  return plain;
}

function readInfo(info: Element, notes: string[]): CapInfo {
  const lenient = (name: string, known: readonly string[]): string => {
    const value = text(info, name);
    if (known.includes(value)) return value;
    notes.push(`info.${name} "${value}" is not one of ${known.join(", ")}: taken as Unknown`);
    return "Unknown";
  };
  return {
    language: text(info, "language") || "en-US",
    event: required(info, "event", "info.event"),
    urgency: lenient("urgency", URGENCY),
    severity: lenient("severity", SEVERITY),
    certainty: lenient("certainty", CERTAINTY),
    effectiveMs: optionalTime(info, "effective", notes),
    expiresMs: optionalTime(info, "expires", notes),
    senderName: text(info, "senderName"),
    headline: text(info, "headline"),
    description: text(info, "description"),
    instruction: text(info, "instruction"),
    parameters: children(info, "parameter").map((one) => ({
      name: text(one, "valueName"),
      value: text(one, "value"),
    })),
    areas: children(info, "area").map((area) => readArea(area, notes)),
  };
}

function readArea(area: Element, notes: string[]): CapArea {
  const keep = <T extends object>(results: readonly (T | string)[]): T[] =>
    results.filter((one): one is T => {
      if (typeof one === "string") notes.push(`info.area: ${one}`);
      return typeof one !== "string";
    });
  return {
    areaDesc: text(area, "areaDesc"),
    polygons: keep(texts(area, "polygon").map(parseCapPolygon)),
    circles: keep(texts(area, "circle").map(parseCapCircle)),
  };
}

/** `sender,identifier,sent` triples, separated by whitespace. */
function parseReferences(list: string, notes: string[]): string[] {
  const keys: string[] = [];
  for (const word of list.split(/\s+/).filter((one) => one !== "")) {
    const parts = word.split(",");
    if (parts.length >= 3) keys.push(capKey(parts[0]!, parts.slice(1, -1).join(",")));
    else notes.push(`references: "${word.slice(0, 80)}" is no "sender,identifier,sent"`);
  }
  return keys;
}

function children(element: Element, name: string): Element[] {
  const list = (element[name] as unknown[] | undefined) ?? [];
  return list.map((one) => (typeof one === "object" && one !== null ? (one as Element) : {}));
}

function texts(element: Element, name: string): string[] {
  const list = (element[name] as unknown[] | undefined) ?? [];
  return list.map((one) => (typeof one === "string" ? decodeText(one).trim() : ""));
}

function text(element: Element, name: string): string {
  return texts(element, name)[0] ?? "";
}

function required(element: Element, name: string, place = name): string {
  const value = text(element, name);
  if (value === "") throw invalid(place, "text", element[name] === undefined ? "absent" : "empty");
  return value;
}

function oneOf(element: Element, name: string, known: readonly string[]): string {
  const value = text(element, name);
  if (!known.includes(value)) throw invalid(name, known.join(", "), value === "" ? "absent" : value);
  return value;
}

/** CAP asks for `±hh:mm`; `Z` and fractions of a second are seen and clear. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d|Z)$/;

function requiredTime(element: Element, name: string): number {
  const value = text(element, name);
  const timeMs = TIME.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(timeMs))
    throw invalid(name, "a time such as 2026-07-22T10:30:00+08:00", value || "absent");
  return timeMs;
}

function optionalTime(element: Element, name: string, notes: string[]): number | null {
  const value = text(element, name);
  if (value === "") return null;
  const timeMs = TIME.test(value) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(timeMs)) return timeMs;
  notes.push(`info.${name} "${value.slice(0, 40)}" is no time: left out`);
  return null;
}

const localName = (key: string): string => key.slice(key.indexOf(":") + 1);

function invalid(field: string, expected: string, received: string): TwinError {
  return new TwinError(
    "cap.invalid",
    `The alert cannot be used: ${field} should be ${expected}, but is ${received.slice(0, 80)}.`,
    { field, expected, received: received.slice(0, 80) },
  );
}
