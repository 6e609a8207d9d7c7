import type { CapAlert } from "./cap-alert.ts";
import { parseCap } from "./cap-parser.ts";

export interface AlertText {
  readonly identifier?: string;
  readonly sender?: string;
  readonly sent?: string;
  readonly status?: string;
  readonly msgType?: string;
  readonly scope?: string;
  readonly references?: string;
  readonly namespace?: string;
  readonly prolog?: string;
  /** Content of `alert` after its own fields. */
  readonly body?: string;
}

/** CAP XML with one info block unless `body` says otherwise. An empty text leaves the element out. */
export function alertXml(text: AlertText = {}): string {
  const field = (
    name: "identifier" | "sender" | "sent" | "status" | "msgType" | "scope",
    standard: string,
  ) => {
    const value = text[name] ?? standard;
    return value === "" ? "" : `<${name}>${value}</${name}>`;
  };
  return `${text.prolog ?? '<?xml version="1.0" encoding="UTF-8"?>'}
<alert xmlns="${text.namespace ?? "urn:oasis:names:tc:emergency:cap:1.2"}">
${field("identifier", "A1")}${field("sender", "met@example.org")}${field("sent", "2026-07-22T10:30:00+08:00")}
${field("status", "Exercise")}${field("msgType", "Alert")}${field("scope", "Public")}
${text.references === undefined ? "" : `<references>${text.references}</references>`}
${text.body ?? infoXml()}
</alert>`;
}

/** One info block; `extra` goes before the area, `area` replaces it. */
export function infoXml(
  part: {
    readonly language?: string;
    readonly event?: string;
    readonly severity?: string;
    readonly extra?: string;
    readonly area?: string;
  } = {},
): string {
  return `<info>${part.language === undefined ? "" : `<language>${part.language}</language>`}<category>Met</category>
<event>${part.event ?? "Rainstorm"}</event><urgency>Expected</urgency><severity>${part.severity ?? "Severe"}</severity><certainty>Likely</certainty>
${part.extra ?? ""}
${part.area ?? "<area><areaDesc>Shenhe</areaDesc><polygon>41.7,123.4 41.8,123.4 41.8,123.5 41.7,123.4</polygon></area>"}</info>`;
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function alertOf(text: AlertText = {}): CapAlert {
  return parseCap(bytesOf(alertXml(text)));
}
