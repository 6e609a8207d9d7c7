import type { RuleAlert } from "./alert-rule.ts";
import type { IncidentCommand } from "./incident.ts";
import type { CameraPose } from "./pose.ts";
import type { LocalText } from "./provenance.ts";
import type { Unit } from "./response.ts";
import type { FeedState, FeedStatus, Sensor, SensorMoves, Warning } from "./risk.ts";
import type { StormTrack } from "./storm-track.ts";
import type { PlainCommand } from "./story.ts";

/** One line of the event log: what came in, what was decided, what was done. Never changed, never taken away but by policy. */
export type TwinEvent = {
  /** The same event twice has the same id and counts once. */
  readonly id: string;
  /** Epoch ms of this computer's clock; never before the entry above it. */
  readonly timeMs: number;
  /** Who did it; `system` for what came in or happened by itself. */
  readonly actor: string;
} & TwinEventBody;

export type TwinEventBody =
  | { readonly kind: "incident"; readonly command: IncidentCommand }
  /** Raised, or over when `clearedMs` is set; the newest entry of an alert's id counts. */
  | {
      readonly kind: "alert";
      readonly feedId: string;
      readonly alert: RuleAlert;
      /** What the rule was called. */
      readonly title?: LocalText;
    }
  /** Warnings that came or changed, and ids of those no longer in force. */
  | {
      readonly kind: "warnings";
      readonly feedId: string;
      readonly put: readonly Warning[];
      readonly gone: readonly string[];
    }
  /** A feed's state when it changes, and once a minute; `off` when it is no longer followed. */
  | {
      readonly kind: "feed";
      readonly feedId: string;
      readonly title: LocalText;
      readonly state: FeedState;
      readonly status?: FeedStatus;
      /** It was connected anew: what was known of it before no longer counts. */
      readonly isFresh?: true;
    }
  /** All sensors of a feed; rows of later readings count over this list. */
  | { readonly kind: "sensors"; readonly feedId: string; readonly sensors: readonly Sensor[] }
  | ({ readonly kind: "readings" } & TwinReadings)
  /** Where sensors that move are now; rows count over the feed's list. */
  | ({ readonly kind: "moves"; readonly feedId: string } & SensorMoves)
  /** All storm tracks of a feed, whenever one changed. */
  | { readonly kind: "tracks"; readonly feedId: string; readonly tracks: readonly StormTrack[] }
  /** Units that came or changed, and ids of those that went; `isAll`: there are no others. */
  | {
      readonly kind: "units";
      readonly put: readonly Unit[];
      readonly gone: readonly string[];
      readonly isAll?: true;
    }
  /** A command that a user, a story or an embedder ran; secrets are left out. Zones and orders to units are such commands. */
  | { readonly kind: "command"; readonly command: PlainCommand }
  /** Where the camera came to rest, every few seconds at most. */
  | { readonly kind: "view"; readonly pose: CameraPose }
  | { readonly kind: "scenario"; readonly scenario: string | null; readonly city: string };

/** An entry and its place in the log: places only grow. */
export interface LoggedEvent {
  readonly place: number;
  readonly event: TwinEvent;
}

/** Values of a feed's sensors at once; arrays of equal length. */
export interface TwinReadings {
  readonly feedId: string;
  readonly rows: Uint32Array;
  readonly values: Float32Array;
  /** phenomenonTime, epoch ms. */
  readonly timesMs: Float64Array;
  readonly levels: Uint8Array;
}

/** Something on the timeline's scale. */
export interface TimelineMark {
  readonly timeMs: number;
  readonly kind: "alert" | "warning" | "incident" | "feed" | "view";
  /** Warning level 1-4, 0 where it has none. */
  readonly level: number;
  readonly text: LocalText;
  readonly incidentId?: string;
}
