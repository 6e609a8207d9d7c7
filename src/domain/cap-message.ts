import type { LocalText } from "./provenance.ts";
import type { WarningLevel } from "./risk.ts";

/** What an alert says; whoever issues it adds who, when and what it refers to. */
export interface CapDraft {
  readonly category: CapCategory;
  readonly event: LocalText;
  readonly level: WarningLevel;
  readonly urgency: CapUrgency;
  readonly certainty: CapCertainty;
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
export const CAP_RESPONSE_TYPES = [
  "Shelter",
  "Evacuate",
  "Prepare",
  "Execute",
  "Avoid",
  "Monitor",
  "Assess",
  "AllClear",
  "None",
] as const;
export type CapResponseType = (typeof CAP_RESPONSE_TYPES)[number];
export const CAP_URGENCIES = ["Immediate", "Expected", "Future", "Past", "Unknown"] as const;
export type CapUrgency = (typeof CAP_URGENCIES)[number];
export const CAP_CERTAINTIES = ["Observed", "Likely", "Possible", "Unlikely", "Unknown"] as const;
export type CapCertainty = (typeof CAP_CERTAINTIES)[number];

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

/** Where a message is carried: a feed's broker, or an address that takes CAP by HTTP POST. */
export interface CapOutlet {
  /** `mqtt:<feed id>` or `http:<address without its query>`. */
  readonly id: string;
  readonly title: LocalText;
  /** MQTT topic, or the address. */
  readonly target: string;
}

/** What became of an attempt to carry a message. A refusal stays until somebody changes something. */
export type CapResult = "sent" | "refused" | "unreachable";

export interface CapDelivery {
  readonly outlet: string;
  readonly result: CapResult;
  /** Epoch ms. */
  readonly atMs: number;
  /** What the other side said, for people; empty when it was taken. */
  readonly detail: string;
}

/** A message that was issued: by whom, where it is to go, and what became of it there (the last word of each outlet). */
export interface CapRecord {
  readonly message: CapMessage;
  readonly issuedMs: number;
  readonly by: string;
  readonly outlets: readonly CapOutlet[];
  readonly deliveries: readonly CapDelivery[];
}

/** Names a message among all: an identifier is unique only together with its sender. */
export function capMessageKey({ sender, identifier }: Pick<CapMessage, "sender" | "identifier">): string {
  return `${sender},${identifier}`;
}
