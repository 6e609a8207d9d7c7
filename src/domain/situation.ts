import type { AlertRule, RuleAlert } from "./alert-rule.ts";
import type { Incident } from "./incident.ts";
import type { LocalText } from "./provenance.ts";
import type { FeedStatus, Warning } from "./risk.ts";

/** What a commander looks at, at one moment. */
export interface Situation {
  readonly warnings: readonly Warning[];
  readonly groups: readonly AlertHolding[];
  readonly incidents: readonly Incident[];
  readonly feeds: readonly FeedStatus[];
}

/** Alerts of one rule that hold: newest first, `count` of them in all. */
export interface AlertHolding {
  readonly rule: AlertRule;
  readonly alerts: readonly RuleAlert[];
  readonly count: number;
  readonly lastMs: number;
}

export const CHANGE_KINDS = [
  "warningIn",
  "warningOver",
  "alertRaised",
  "alertMore",
  "alertCleared",
  "incidentOpened",
  "incidentEscalated",
  "incidentAcknowledged",
  "incidentPhase",
  "incidentLevel",
  "incidentClosed",
  "capIssued",
  "feedLost",
  "feedBack",
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One line of what changed. */
export interface SituationChange {
  readonly id: string;
  readonly kind: ChangeKind;
  /** Epoch ms. */
  readonly atMs: number;
  /** Warning level 1-4; 0 where it has none. */
  readonly level: number;
  readonly text: LocalText;
  /** More of the same kind: how many alerts, which phase, which level. */
  readonly detail: string;
  readonly target: SituationTarget;
}

export type SituationTarget =
  | { readonly kind: "warning"; readonly id: string }
  | { readonly kind: "alert"; readonly ruleId: string }
  | { readonly kind: "incident"; readonly id: string }
  | { readonly kind: "feed"; readonly id: string };

/** How far back "lately" goes. */
export const LATELY_MS = 10 * 60_000;
const MOST = 200;
/** States in which a feed tells nothing that can be relied on. */
const BLIND: ReadonlySet<FeedStatus["state"]> = new Set(["lost", "refused", "stale"]);

type Line = Omit<SituationChange, "id">;

/** What is different between two moments, in no particular order. `nowMs` is the time of what has no time of its own. */
export function changesBetween(
  before: Situation,
  after: Situation,
  nowMs: number,
): readonly SituationChange[] {
  return [
    ...warningChanges(before.warnings, after.warnings, nowMs),
    ...alertChanges(before.groups, after.groups, nowMs),
    ...incidentChanges(before.incidents, after.incidents, nowMs),
    ...feedChanges(before.feeds, after.feeds, nowMs),
  ].map(named);
}

/** What a moment says by itself of the minutes before it: for a page that has just come, or a past that is looked at. */
export function changesBefore(situation: Situation, nowMs: number): readonly SituationChange[] {
  const lines: Line[] = [
    ...situation.warnings.map(warningIn),
    ...situation.groups.map((group) => alertLine("alertRaised", group, group.lastMs)),
    ...situation.incidents.flatMap(incidentMoments),
  ];
  return lately(lines.map(named), nowMs);
}

/** Those of the last minutes, newest first, each once; a rule that grows and grows is one line, with its newest figure. */
export function lately(changes: readonly SituationChange[], nowMs: number): readonly SituationChange[] {
  const unique = new Map(changes.map((change) => [change.id, change]));
  const sorted = [...unique.values()]
    .filter(({ atMs }) => atMs <= nowMs && nowMs - atMs < LATELY_MS)
    .sort((a, b) => b.atMs - a.atMs || a.level - b.level);
  return withoutRepeats(sorted).slice(0, MOST);
}

/** Newest first: of a run of `alertMore` of one rule only the first stays. */
function withoutRepeats(changes: readonly SituationChange[]): readonly SituationChange[] {
  const growing = new Set<string>();
  return changes.filter(({ kind, target }) => {
    if (target.kind !== "alert") return true;
    const isRepeat = kind === "alertMore" && growing.has(target.ruleId);
    if (kind === "alertMore") growing.add(target.ruleId);
    else growing.delete(target.ruleId);
    return !isRepeat;
  });
}

function warningChanges(before: Situation["warnings"], after: Situation["warnings"], nowMs: number): Line[] {
  const old = new Set(before.map(({ id }) => id));
  const now = new Set(after.map(({ id }) => id));
  return [
    ...after.filter(({ id }) => !old.has(id)).map(warningIn),
    ...before
      .filter(({ id }) => !now.has(id))
      .map((one): Line => ({ ...warningIn(one), kind: "warningOver", atMs: nowMs })),
  ];
}

function warningIn({ id, level, headline, sentMs }: Warning): Line {
  return {
    kind: "warningIn",
    atMs: sentMs,
    level,
    text: headline,
    detail: "",
    target: { kind: "warning", id },
  };
}

function alertChanges(before: Situation["groups"], after: Situation["groups"], nowMs: number): Line[] {
  const old = new Map(before.map((group) => [group.rule.id, group]));
  const now = new Set(after.map(({ rule }) => rule.id));
  const lines: Line[] = [];
  for (const group of after) {
    const known = old.get(group.rule.id);
    if (!known) lines.push(alertLine("alertRaised", group, nowMs));
    else if (group.count > known.count) lines.push(alertLine("alertMore", group, nowMs));
  }
  for (const group of before)
    if (!now.has(group.rule.id)) lines.push(alertLine("alertCleared", group, nowMs));
  return lines;
}

function alertLine(kind: ChangeKind, { rule, count }: AlertHolding, atMs: number): Line {
  const target = { kind: "alert", ruleId: rule.id } as const;
  return { kind, atMs, level: rule.level, text: rule.title, detail: String(count), target };
}

function incidentChanges(
  before: Situation["incidents"],
  after: Situation["incidents"],
  nowMs: number,
): Line[] {
  const old = new Map(before.map((one) => [one.id, one]));
  return after.flatMap((one) => {
    const was = old.get(one.id);
    if (was === one) return [];
    if (!was) return [incidentLine("incidentOpened", one, nowMs)];
    const lines: Line[] = [];
    const put = (kind: ChangeKind, detail = "") => lines.push(incidentLine(kind, one, nowMs, detail));
    if (one.escalation > was.escalation) put("incidentEscalated", String(one.escalation));
    if (one.acknowledged && !was.acknowledged) put("incidentAcknowledged", one.acknowledged.by);
    if (one.phase !== was.phase) put(one.phase === "close" ? "incidentClosed" : "incidentPhase", one.phase);
    if (one.warningLevel !== was.warningLevel) put("incidentLevel", String(one.warningLevel ?? 0));
    if (one.issued.length > was.issued.length) put("capIssued", one.caps?.at(-1)?.message.msgType ?? "");
    return lines;
  });
}

function incidentLine(kind: ChangeKind, one: Incident, atMs: number, detail = ""): Line {
  const target = { kind: "incident", id: one.id } as const;
  return { kind, atMs, level: one.warningLevel ?? 0, text: one.title, detail, target };
}

function incidentMoments(one: Incident): Line[] {
  const lines = [incidentLine("incidentOpened", one, one.openedMs)];
  const { acknowledged, closedMs, caps = [] } = one;
  if (acknowledged) lines.push(incidentLine("incidentAcknowledged", one, acknowledged.atMs, acknowledged.by));
  if (closedMs !== null) lines.push(incidentLine("incidentClosed", one, closedMs, "close"));
  for (const { issuedMs, message } of caps)
    lines.push(incidentLine("capIssued", one, issuedMs, message.msgType));
  return lines;
}

function feedChanges(before: Situation["feeds"], after: Situation["feeds"], nowMs: number): Line[] {
  const old = new Map(before.map((feed) => [feed.id, BLIND.has(feed.state)]));
  return after.flatMap(({ id, title, state }): Line[] => {
    const was = old.get(id);
    const isBlind = BLIND.has(state);
    const isBack = was === true && (state === "live" || state === "late");
    if (was === undefined || was === isBlind || !(isBlind || isBack)) return [];
    const kind = isBlind ? "feedLost" : "feedBack";
    return [{ kind, atMs: nowMs, level: 0, text: title, detail: state, target: { kind: "feed", id } }];
  });
}

function named(line: Line): SituationChange {
  const { target } = line;
  const subject = target.kind === "alert" ? target.ruleId : target.id;
  return { id: `${line.kind}/${subject}/${line.detail}/${line.atMs}`, ...line };
}
