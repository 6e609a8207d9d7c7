import type { Announcement } from "../domain/announcement.ts";
import type { CapMessage } from "../domain/cap-message.ts";
import type { LocalText } from "../domain/provenance.ts";
import type { SituationChange } from "../domain/situation.ts";
import { createTwinStore } from "./create-store.ts";

/** In whose name CAP messages go out, and as what. */
export interface CapProfile {
  readonly sender: string;
  readonly senderName: LocalText;
  readonly status: CapMessage["status"];
}

/** Somewhere that takes CAP messages. */
export interface CapOutletState {
  readonly id: string;
  readonly kind: "mqtt" | "http";
  readonly title: LocalText;
  /** Name under which `set-secret` takes its token. */
  readonly secret: string;
  readonly hasSecret: boolean;
}

/** A message on its way to one outlet. */
export interface CapOutboxItem {
  readonly incidentId: string;
  readonly capKey: string;
  readonly outlet: string;
  readonly outletTitle: LocalText;
  /** `waiting` for the outlet to be there, for its token (`needsSecret`), or for the next attempt. */
  readonly state: "waiting" | "sending" | "refused" | "unreachable";
  readonly needsSecret: boolean;
  readonly detail: string;
  /** Epoch ms of the next attempt; null when none is planned. */
  readonly retryAtMs: number | null;
  readonly issuedMs: number;
}

export interface CapState {
  readonly profile: CapProfile;
  readonly outlets: readonly CapOutletState[];
  /** What has not reached an outlet yet, oldest first. */
  readonly outbox: readonly CapOutboxItem[];
  /** Incident whose warning is being drafted. */
  readonly draftFor: string | null;
}

export interface ChangeState {
  /** What changed in the last minutes, newest first. */
  readonly items: readonly SituationChange[];
}

export interface ReportState {
  /** Incident whose report is open. */
  readonly incidentId: string | null;
}

export interface AnnouncementState {
  /** Not yet dismissed, worst first. */
  readonly waiting: readonly Announcement[];
  /** What happens in the present while the past is shown, worst first; none while the present is. */
  readonly behind: readonly Announcement[];
  readonly isMuted: boolean;
  readonly notifications: "off" | "on" | "denied";
}

/** Nobody is warned by mistake: without an operator's word everything is an exercise. */
const EXERCISE_PROFILE: CapProfile = {
  sender: "duty@liaotwin.invalid",
  senderName: { zh: "应急值班室（演练）", en: "Emergency duty office (exercise)" },
  status: "Exercise",
};

/** Stores of the duty desk: messages that go out, what changed lately, the report that is open. */
export function createDutyStores() {
  return {
    cap: createTwinStore<CapState>(
      "cap",
      { profile: EXERCISE_PROFILE, outlets: [], outbox: [], draftFor: null },
      { profile: "none", outlets: "none", outbox: "none", draftFor: "none" },
    ),
    changes: createTwinStore<ChangeState>("changes", { items: [] }, { items: "none" }),
    report: createTwinStore<ReportState>("report", { incidentId: null }, { incidentId: "none" }),
    announcements: createTwinStore<AnnouncementState>(
      "announcements",
      { waiting: [], behind: [], isMuted: false, notifications: "off" },
      { waiting: "none", behind: "none", isMuted: "local", notifications: "local" },
    ),
  } as const;
}
