import type { LocalText } from "../../src/domain/provenance.ts";
import { WARNING_COLOR_NAMES, type WarningLevel } from "../../src/domain/risk.ts";
import type { AlertScript, AlertStep } from "./storm-recording.ts";

const SENDER = "exercise@liaotwin.example";
const COLOR_ZH: Readonly<Record<WarningLevel, string>> = { 1: "红色", 2: "橙色", 3: "黄色", 4: "蓝色" };
/** Red to Extreme and so on is this product's choice: CAP names no colours. The colour itself goes into `parameter`. */
const SEVERITY: Readonly<Record<WarningLevel, string>> = {
  1: "Extreme",
  2: "Severe",
  3: "Moderate",
  4: "Minor",
};

/** `YYYY-MM-DDThh:mm:ss+08:00`: what CAP 1.2 asks for, never `Z`. */
export function capTime(timeMs: number): string {
  return `${new Date(timeMs + 8 * 3600_000).toISOString().slice(0, 19)}+08:00`;
}

/** What `references` of a later alert says of an earlier one. */
export function capReference(identifier: string, sentMs: number): string {
  return `${SENDER},${identifier},${capTime(sentMs)}`;
}

export interface CapAlertInput {
  readonly identifier: string;
  readonly sentMs: number;
  readonly expiresMs: number;
  readonly references: readonly string[];
  readonly script: AlertScript;
  readonly step: AlertStep;
}

/** A CAP 1.2 alert in Chinese and English, status Exercise. */
export function writeCapAlert(input: CapAlertInput): string {
  const { step } = input;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">',
    tag("identifier", input.identifier),
    tag("sender", SENDER),
    tag("sent", capTime(input.sentMs)),
    tag("status", "Exercise"),
    tag("msgType", step.msgType),
    tag("source", "SIMULATED 模拟"),
    tag("scope", "Public"),
    tag("note", "模拟演练, 并非真实预警. Simulated exercise, not a real warning."),
    input.references.length > 0 ? tag("references", input.references.join(" ")) : "",
    info(input, "zh-CN", (text) => text.zh),
    info(input, "en", (text) => text.en),
    "</alert>",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function info(input: CapAlertInput, language: string, pick: (text: LocalText) => string): string {
  const { script, step } = input;
  const over = step.msgType === "Cancel";
  const ring = [...script.area.polygon, script.area.polygon[0]!];
  return [
    "<info>",
    tag("language", language),
    tag("category", script.category),
    tag("event", pick(script.event)),
    tag("responseType", over ? "AllClear" : step.level <= 2 ? "Avoid" : "Monitor"),
    tag("urgency", over ? "Past" : step.level <= 2 ? "Immediate" : "Expected"),
    tag("severity", SEVERITY[step.level]),
    tag("certainty", step.level <= 2 ? "Observed" : "Likely"),
    tag("effective", capTime(input.sentMs)),
    tag("expires", capTime(input.expiresMs)),
    tag("senderName", pick(script.senderName)),
    tag("headline", pick(step.headline)),
    tag("description", pick(step.description)),
    tag("instruction", pick(step.instruction)),
    parameter("warningColor", WARNING_COLOR_NAMES[step.level]),
    parameter("预警颜色", COLOR_ZH[step.level]),
    "<area>",
    tag("areaDesc", pick(script.area.desc)),
    tag("polygon", ring.map(([lon, lat]) => `${lat},${lon}`).join(" ")),
    "</area>",
    "</info>",
  ].join("\n");
}

function parameter(name: string, value: string): string {
  return `<parameter>${tag("valueName", name)}${tag("value", value)}</parameter>`;
}

function tag(name: string, text: string): string {
  return `<${name}>${text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")}</${name}>`;
}
