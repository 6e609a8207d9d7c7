import type { CapMessage, CapOutlet, CapRecord, CapResult } from "./cap-message.ts";
import type { LocalText, Provenance } from "./provenance.ts";
import type { WarningLevel } from "./risk.ts";

/** Phases of an incident's life in their usual order; 会商 is `consult`. */
export const INCIDENT_PHASES = [
  "monitor",
  "verify",
  "consult",
  "assess",
  "warn",
  "respond",
  "close",
] as const;
export type IncidentPhase = (typeof INCIDENT_PHASES)[number];

/** Grade of an event by the harm that it does: 1 特别重大 (highest), 2 重大, 3 较大, 4 一般. A third scale; 一般 is no warning level. */
export type EventGrade = 1 | 2 | 3 | 4;

/** Response level I (1, highest) to IV (4): another scale than the warning level; an incident may have one, both or neither. */
export type ResponseLevel = 1 | 2 | 3 | 4;

/**
 * Where each phase may lead. Forward by one or more steps, back to where doubt arose, and from everywhere to the close; what is
 * closed may be opened again for verification.
 */
export const NEXT_PHASES: Readonly<Record<IncidentPhase, readonly IncidentPhase[]>> = {
  monitor: ["verify", "close"],
  verify: ["monitor", "consult", "assess", "warn", "close"],
  consult: ["verify", "assess", "warn", "respond", "close"],
  assess: ["verify", "consult", "warn", "respond", "close"],
  warn: ["consult", "assess", "respond", "close"],
  respond: ["consult", "assess", "warn", "close"],
  close: ["verify"],
};

/** Where an incident is. Rings of lon, lat pairs in degrees, open or closed; radii in metres. */
export interface IncidentArea {
  readonly polygons: readonly (readonly (readonly [number, number])[])[];
  readonly circles: readonly {
    readonly longitudeDeg: number;
    readonly latitudeDeg: number;
    readonly radius: number;
  }[];
}

/** What an incident was opened from: a CAP identifier, a rule's id, or somebody's own word. */
export type IncidentOrigin =
  | { readonly kind: "warning"; readonly id: string }
  | { readonly kind: "rule"; readonly id: string }
  | { readonly kind: "person" };

/** Why alerts joined: of the same rule, of a rule in a chain with it, or an update of a warning that the incident names. */
export type JoinReason = "rule" | "chain" | "update";

/** Alerts that joined an incident by themselves. */
export interface IncidentJoining {
  readonly entryId: string;
  readonly alertIds: readonly string[];
  /** What they add to the incident's area. */
  readonly area: IncidentArea | null;
}

/** A view that somebody kept: what the address said then, without the leading `?`. */
export interface IncidentView {
  readonly entryId: string;
  readonly atMs: number;
  readonly by: string;
  readonly query: string;
  /** The picture of that moment, a JPEG data URL some 480 pixels wide; absent where none could be taken. */
  readonly image?: string;
}

/** An incident as its log says it stands. Plain data. */
export interface Incident {
  readonly id: string;
  readonly title: LocalText;
  readonly phase: IncidentPhase;
  readonly openedMs: number;
  readonly closedMs: number | null;
  /** Ids of the alerts and warnings that it is about, in the order in which they were attached. */
  readonly alertIds: readonly string[];
  /** Who has seen it, and when; null while nobody has. */
  readonly acknowledged: { readonly by: string; readonly atMs: number } | null;
  readonly assignee: string | null;
  readonly warningLevel: WarningLevel | null;
  readonly responseLevel: ResponseLevel | null;
  readonly eventGrade: EventGrade | null;
  readonly origin: IncidentOrigin;
  /** Of what it was opened from; null for somebody's own word. */
  readonly provenance: Provenance | null;
  /** As it was when it was opened; null when nothing said where. Zones that belong to it widen it. */
  readonly area: IncidentArea | null;
  /** What joined by itself since; absent while nothing has. */
  readonly joined?: readonly IncidentJoining[];
  /** Alerts that somebody took out again; absent while there are none. */
  readonly left?: readonly string[];
  readonly views: readonly IncidentView[];
  readonly notes: readonly IncidentNote[];
  /** How often it was passed on because nobody had acknowledged; 0 at first. */
  readonly escalation: number;
  /** From when on the next escalation is counted: its opening, or the last escalation. */
  readonly waitingSinceMs: number;
  /** CAP messages that went out for it, `sender,identifier`, oldest first. */
  readonly issued: readonly string[];
  /** The same messages whole, with where they went; absent while none was issued. */
  readonly caps?: readonly CapRecord[];
}

export interface IncidentNote {
  readonly entryId: string;
  readonly atMs: number;
  readonly by: string;
  readonly text: string;
}

/** What can be done to an incident. `incidentId` names which. */
export type IncidentCommand =
  | {
      readonly type: "incident.open";
      readonly incidentId: string;
      readonly title: LocalText;
      readonly alertIds: readonly string[];
      readonly warningLevel?: WarningLevel;
      readonly origin?: IncidentOrigin;
      readonly area?: IncidentArea;
      readonly provenance?: Provenance;
    }
  | { readonly type: "incident.attachAlert"; readonly incidentId: string; readonly alertId: string }
  /** Alerts that joined by themselves, and what they add to its area. */
  | {
      readonly type: "incident.joinAlerts";
      readonly incidentId: string;
      readonly alertIds: readonly string[];
      readonly reason: JoinReason;
      /** What they are called. */
      readonly title: LocalText;
      readonly area?: IncidentArea;
    }
  /** They do not belong to it, and do not join it again by themselves. */
  | {
      readonly type: "incident.leaveAlerts";
      readonly incidentId: string;
      readonly alertIds: readonly string[];
    }
  | { readonly type: "incident.moveTo"; readonly incidentId: string; readonly phase: IncidentPhase }
  | { readonly type: "incident.acknowledge"; readonly incidentId: string }
  | { readonly type: "incident.assign"; readonly incidentId: string; readonly assignee: string | null }
  | { readonly type: "incident.note"; readonly incidentId: string; readonly text: string }
  | {
      readonly type: "incident.setWarningLevel";
      readonly incidentId: string;
      readonly level: WarningLevel | null;
    }
  | {
      readonly type: "incident.setResponseLevel";
      readonly incidentId: string;
      readonly level: ResponseLevel | null;
    }
  | {
      readonly type: "incident.setEventGrade";
      readonly incidentId: string;
      readonly grade: EventGrade | null;
    }
  | {
      readonly type: "incident.attachView";
      readonly incidentId: string;
      readonly query: string;
      readonly image?: string;
    }
  | {
      readonly type: "incident.recordCap";
      readonly incidentId: string;
      readonly capKey: string;
      /** The message whole, and where it is to go: what is in the log goes out, also after a crash. */
      readonly message?: CapMessage;
      readonly outlets?: readonly CapOutlet[];
    }
  | {
      readonly type: "incident.recordDelivery";
      readonly incidentId: string;
      readonly capKey: string;
      readonly outlet: string;
      readonly result: CapResult;
      readonly detail: string;
    }
  | { readonly type: "incident.escalate"; readonly incidentId: string };

/** One line of the log. Entries are never changed or taken away; `id` makes the same entry twice count once. */
export interface IncidentEntry {
  readonly id: string;
  /** Epoch ms. */
  readonly timeMs: number;
  /** Who did it; `system` for what happens by itself. */
  readonly actor: string;
  readonly command: IncidentCommand;
}

export const SYSTEM_ACTOR = "system";
/** Who did it when nobody has said who sits here. */
export const UNNAMED_ACTOR = "unnamed";

/** All incidents by id, in the order of their opening. */
export type Incidents = ReadonlyMap<string, Incident>;
