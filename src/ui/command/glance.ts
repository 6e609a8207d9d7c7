import type { Incident } from "../../domain/incident.ts";
import type { LocalText } from "../../domain/provenance.ts";
import type { FeedStatus, Sensor } from "../../domain/risk.ts";
import type { Situation, SituationTarget } from "../../domain/situation.ts";
import type { CapOutboxItem } from "../../state/duty-stores.ts";

/** One line that is read from across the room. */
export interface GlanceLine {
  readonly id: string;
  readonly kind: "warning" | "alert" | "incident" | "feed";
  /** Warning level 1-4, 0 where it has none. */
  readonly level: number;
  readonly text: LocalText;
  /** Where; null when nothing says. */
  readonly where: LocalText | null;
  readonly atMs: number | null;
  readonly target: SituationTarget;
}

/** Feeds in these states blind the duty officer, so they come after orange and before yellow. */
const BLIND: ReadonlySet<FeedStatus["state"]> = new Set(["lost", "refused", "stale"]);
const BLIND_RANK = 2.5;
const NAMES = 2;

/** Everything that matters now, worst first. Alerts and warnings that an open incident is about stand there under its name only. */
export function worstNow(
  { warnings, groups, incidents, feeds }: Situation,
  sensorOf: (id: string) => Sensor | undefined,
): readonly GlanceLine[] {
  const open = incidents.filter(({ phase }) => phase !== "close");
  const covered = new Set(open.flatMap(({ alertIds }) => alertIds));
  const lines: GlanceLine[] = [
    ...open.map((one) => incidentLine(one, { warnings, groups }, sensorOf)),
    ...groups
      .filter(
        ({ alerts, rule }) =>
          !open.some(({ origin }) => isOf(origin, rule.id)) && alerts.some(({ id }) => !covered.has(id)),
      )
      .map((group): GlanceLine => {
        const { rule, alerts, lastMs, count } = group;
        const target = { kind: "alert", ruleId: rule.id } as const;
        const where = placesOf(
          alerts.map(({ sensorIds }) => sensorIds[0] ?? ""),
          count,
          sensorOf,
        );
        return {
          id: `a/${rule.id}`,
          kind: "alert",
          level: rule.level,
          text: rule.title,
          where,
          atMs: lastMs,
          target,
        };
      }),
    ...warnings
      .filter(({ id }) => !covered.has(id))
      .map(({ id, level, headline, areaDesc, sentMs }): GlanceLine => {
        const target = { kind: "warning", id } as const;
        return {
          id: `w/${id}`,
          kind: "warning",
          level,
          text: headline,
          where: areaDesc,
          atMs: sentMs,
          target,
        };
      }),
    ...feeds
      .filter(({ state }) => BLIND.has(state))
      .map(({ id, title, lastMessageMs }): GlanceLine => {
        const target = { kind: "feed", id } as const;
        return {
          id: `f/${id}`,
          kind: "feed",
          level: 0,
          text: title,
          where: null,
          atMs: lastMessageMs,
          target,
        };
      }),
  ];
  return lines.sort((a, b) => rank(a) - rank(b) || (b.atMs ?? 0) - (a.atMs ?? 0));
}

/** What somebody has to do: incidents that nobody has acknowledged, the most often passed on first, then messages that have not gone out. */
export function waitingForMe(
  incidents: readonly Incident[],
  outbox: readonly CapOutboxItem[],
): { readonly incidents: readonly Incident[]; readonly unsent: readonly CapOutboxItem[] } {
  const unseen = incidents
    .filter(({ acknowledged, phase }) => acknowledged === null && phase !== "close")
    .sort(
      (a, b) =>
        b.escalation - a.escalation ||
        (a.warningLevel ?? 5) - (b.warningLevel ?? 5) ||
        a.openedMs - b.openedMs,
    );
  return { incidents: unseen, unsent: outbox.filter(({ state }) => state !== "sending") };
}

function rank({ kind, level }: GlanceLine): number {
  if (kind === "feed") return BLIND_RANK;
  const worst = level === 0 ? 5 : level;
  return kind === "incident" ? worst - 0.2 : worst;
}

function isOf(origin: Incident["origin"], ruleId: string): boolean {
  return origin.kind === "rule" && origin.id === ruleId;
}

function incidentLine(
  one: Incident,
  { warnings, groups }: Pick<Situation, "warnings" | "groups">,
  sensorOf: (id: string) => Sensor | undefined,
): GlanceLine {
  const ids = new Set(one.alertIds);
  const warning = warnings.find(({ id }) => ids.has(id));
  const alerts = groups.flatMap((group) => group.alerts).filter(({ id }) => ids.has(id));
  const where =
    warning?.areaDesc ??
    placesOf(
      alerts.map((alert) => alert.sensorIds[0] ?? ""),
      alerts.length,
      sensorOf,
    );
  return {
    id: `i/${one.id}`,
    kind: "incident",
    level: one.warningLevel ?? 0,
    text: one.title,
    where,
    atMs: one.openedMs,
    target: { kind: "incident", id: one.id },
  };
}

/** The first names, and how many more there are. */
function placesOf(
  sensorIds: readonly string[],
  count: number,
  sensorOf: (id: string) => Sensor | undefined,
): LocalText | null {
  const names = [...new Set(sensorIds)].flatMap((id) => sensorOf(id)?.name ?? []).slice(0, NAMES);
  if (names.length === 0) return null;
  const more = count - names.length;
  return {
    zh: `${names.map(({ zh }) => zh).join("、")}${more > 0 ? ` 等 ${count} 处` : ""}`,
    en: `${names.map(({ en }) => en).join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
  };
}
