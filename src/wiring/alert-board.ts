import type { AlertRule, RuleAlert } from "../domain/alert-rule.ts";
import type { AlertGroup } from "../state/stores.ts";

const SHOWN = 50;

/** Alerts that hold, of all feeds, told as one line a rule. */
export class AlertBoard {
  #rules: ReadonlyMap<string, AlertRule> = new Map();
  readonly #holding = new Map<string, readonly RuleAlert[]>();
  #isChanged = false;

  /** The rules of the open scenario; alerts of others are not told. */
  setRules(rules: readonly AlertRule[]): void {
    this.#rules = new Map(rules.map((rule) => [rule.id, rule]));
    this.#isChanged = true;
  }

  /** Takes all that a feed's rules say now; what is over leaves. */
  put(feedId: string, alerts: readonly RuleAlert[]): void {
    this.#holding.set(
      feedId,
      alerts.filter(({ clearedMs }) => clearedMs === null),
    );
    this.#isChanged = true;
  }

  drop(feedId: string): void {
    this.#isChanged = this.#holding.delete(feedId) || this.#isChanged;
  }

  /** The groups when they may have changed since the last call, else null. */
  takeGroups(): readonly AlertGroup[] | null {
    if (!this.#isChanged) return null;
    this.#isChanged = false;
    return this.groups();
  }

  /** Worst level first, then newest. */
  groups(): readonly AlertGroup[] {
    const byRule = new Map<string, { feedId: string; alert: RuleAlert }[]>();
    for (const [feedId, alerts] of this.#holding)
      for (const alert of alerts) {
        const found = byRule.get(alert.ruleId);
        if (found) found.push({ feedId, alert });
        else byRule.set(alert.ruleId, [{ feedId, alert }]);
      }
    return [...byRule]
      .flatMap(([ruleId, held]) => {
        const rule = this.#rules.get(ruleId);
        return rule ? [groupOf(rule, held)] : [];
      })
      .sort((a, b) => a.rule.level - b.rule.level || b.lastMs - a.lastMs);
  }

  /** Every alert of a rule that holds, newest first; null when none does. */
  alertsOf(ruleId: string): { readonly rule: AlertRule; readonly alerts: readonly RuleAlert[] } | null {
    const rule = this.#rules.get(ruleId);
    const alerts = [...this.#holding.values()].flat().filter((alert) => alert.ruleId === ruleId);
    return rule && alerts.length > 0 ? { rule, alerts: alerts.sort(newestFirst) } : null;
  }
}

function groupOf(
  rule: AlertRule,
  held: readonly { readonly feedId: string; readonly alert: RuleAlert }[],
): AlertGroup {
  const sorted = [...held].sort((a, b) => newestFirst(a.alert, b.alert));
  return {
    rule,
    feedId: sorted[0]!.feedId,
    alerts: sorted.slice(0, SHOWN).map(({ alert }) => alert),
    count: sorted.length,
    firstMs: sorted.at(-1)!.alert.raisedMs,
    lastMs: sorted[0]!.alert.raisedMs,
  };
}

function newestFirst(a: RuleAlert, b: RuleAlert): number {
  return b.raisedMs - a.raisedMs || (a.id < b.id ? -1 : 1);
}
