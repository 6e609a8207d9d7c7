/** A CAP 1.2 alert (OASIS, urn:oasis:names:tc:emergency:cap:1.2) as read: enumerations verbatim, times as epoch ms. */
export interface CapAlert {
  readonly identifier: string;
  readonly sender: string;
  readonly sentMs: number;
  readonly status: string;
  readonly msgType: string;
  readonly scope: string;
  /** Earlier alerts that this one updates or cancels, as `sender,identifier`. */
  readonly references: readonly string[];
  readonly infos: readonly CapInfo[];
  /** What was wrong but could be read around, in English sentences. */
  readonly notes: readonly string[];
}

export interface CapInfo {
  /** RFC 3066; CAP's default is en-US. */
  readonly language: string;
  readonly event: string;
  readonly urgency: string;
  readonly severity: string;
  readonly certainty: string;
  readonly effectiveMs: number | null;
  readonly expiresMs: number | null;
  readonly senderName: string;
  readonly headline: string;
  readonly description: string;
  readonly instruction: string;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  readonly areas: readonly CapArea[];
}

export interface CapArea {
  readonly areaDesc: string;
  /** Closed rings of lon, lat pairs in degrees. */
  readonly polygons: readonly (readonly (readonly [number, number])[])[];
  /** Radius in metres. */
  readonly circles: readonly {
    readonly longitudeDeg: number;
    readonly latitudeDeg: number;
    readonly radius: number;
  }[];
}

/** Names an alert among all: an identifier is unique only together with its sender. */
export function capKey(sender: string, identifier: string): string {
  return `${sender},${identifier}`;
}
