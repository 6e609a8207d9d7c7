import type { FeedStatus, Sensor, Warning } from "../../domain/risk.ts";
import type { RiskState } from "../../state/stores.ts";
import { worstFirst } from "../scenario/worst-first.ts";

/** One line of what matters now. */
export type NowItem =
  | { readonly kind: "warning"; readonly warning: Warning }
  | { readonly kind: "feed"; readonly feed: FeedStatus }
  | { readonly kind: "sensor"; readonly sensor: Sensor; readonly item: RiskState["worst"][number] };

/** Feeds in these states blind the duty officer, so they come before yellow warnings. */
const BLIND = new Set(["lost", "refused", "stale"]);
const BLIND_RANK = 2.5;
const MAX_SENSORS = 20;

function rank(item: NowItem): number {
  if (item.kind === "warning") return item.warning.level;
  if (item.kind === "feed") return BLIND_RANK;
  return item.item.level + 0.4;
}

/** Everything that waits, worst first: warnings, blind feeds, sensors beyond a threshold. */
export function nowItems(
  warnings: readonly Warning[],
  risk: Pick<RiskState, "worst" | "sensors">,
  feeds: readonly FeedStatus[],
): readonly NowItem[] {
  const sensors = risk.worst
    .filter((item) => item.level >= 1 && item.level <= 4)
    .slice(0, MAX_SENSORS)
    .flatMap((item): NowItem[] => {
      const sensor = risk.sensors[item.row];
      return sensor ? [{ kind: "sensor", sensor, item }] : [];
    });
  const items: NowItem[] = [
    ...worstFirst(warnings).map((warning): NowItem => ({ kind: "warning", warning })),
    ...feeds.filter((feed) => BLIND.has(feed.state)).map((feed): NowItem => ({ kind: "feed", feed })),
    ...sensors,
  ];
  return items.sort((a, b) => rank(a) - rank(b));
}
