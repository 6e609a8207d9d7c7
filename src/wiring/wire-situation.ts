import { changesBefore, changesBetween, lately, type Situation } from "../domain/situation.ts";
import type { WireParts } from "./parts.ts";

const LOOK_MS = 1000;

/** What changed in the last minutes, kept in step with what the stores say over time; in the past, what the moment itself tells. */
export function wireSituation(
  { stores, scope }: Pick<WireParts, "stores" | "scope">,
  now: () => number = Date.now,
): void {
  let before: Situation | null = null;
  const situation = (): Situation => ({
    warnings: stores.risk.get().warnings,
    groups: stores.alerts.get().groups,
    incidents: stores.incidents.get().incidents,
    feeds: stores.feeds.get().feeds,
  });
  const look = () => {
    const { mode, atMs } = stores.timeline.get();
    const after = situation();
    const isLive = mode === "live";
    const nowMs = isLive ? now() : (atMs ?? now());
    const items = stores.changes.get().items;
    const kept =
      isLive && before
        ? lately([...changesBetween(before, after, nowMs), ...items], nowMs)
        : changesBefore(after, nowMs);
    before = isLive ? after : null;
    if (kept.length !== items.length || kept.some((one, i) => one.id !== items[i]!.id))
      stores.changes.set({ items: kept });
  };
  const restart = () => {
    before = null;
  };
  scope.add(stores.scenario.watch(({ active }) => active?.id, restart));
  scope.add(stores.city.watch(({ city }) => city, restart));
  const timer = setInterval(look, LOOK_MS);
  scope.add(() => clearInterval(timer));
}
