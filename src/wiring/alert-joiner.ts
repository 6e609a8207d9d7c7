import type { Place } from "../domain/alert-area.ts";
import { type Joining, joiningsOf } from "../domain/alert-joining.ts";
import type { AlertRule, RuleAlert } from "../domain/alert-rule.ts";
import type { IncidentCommand, Incidents } from "../domain/incident.ts";
import type { LocalText } from "../domain/provenance.ts";
import { putNotice } from "../state/put-notice.ts";
import type { WireParts } from "./parts.ts";

/** Alerts that come one after another join together: one entry, not twenty. */
const GATHER_MS = 5000;
/** An incident that much joins is told of now and then, not each time. */
const TELL_MS = 60_000;

interface Tools {
  readonly incidents: () => Incidents;
  readonly alertsOf: (ruleId: string) => { readonly alerts: readonly RuleAlert[] } | null;
  readonly placeOf: (sensorId: string) => Place | null;
  /** Logs it; `id` makes two pages that do so log it once. */
  readonly join: (command: IncidentCommand, nowMs: number, id: string) => Promise<void>;
}

/** Lets later alerts join open incidents by the scenario's policy, while the present is shown. */
export class AlertJoiner {
  readonly #parts: Pick<WireParts, "stores" | "scope" | "onError">;
  readonly #tools: Tools;
  readonly #toldMs = new Map<string, number>();
  #isDue = true;
  #lastMs = 0;
  #isBusy = false;

  constructor(parts: Pick<WireParts, "stores" | "scope" | "onError">, tools: Tools) {
    this.#parts = parts;
    this.#tools = tools;
    const { stores, scope } = parts;
    const mark = () => {
      this.#isDue = true;
    };
    scope.add(stores.alerts.watch(({ groups }) => groups, mark));
    scope.add(stores.risk.watch(({ warnings }) => warnings, mark));
    scope.add(stores.incidents.watch(({ incidents }) => incidents, mark));
  }

  /** Call it once a second. */
  look(nowMs: number): void {
    const { active } = this.#parts.stores.scenario.get();
    const policy = active?.join;
    if (!policy || !this.#isDue || this.#isBusy || nowMs - this.#lastMs < GATHER_MS) return;
    this.#isDue = false;
    this.#lastMs = nowMs;
    const rules = active.rules ?? [];
    const alerts = rules.flatMap(({ id }) => this.#tools.alertsOf(id)?.alerts ?? []);
    const { warnings } = this.#parts.stores.risk.get();
    const holding = { alerts, warnings, placeOf: this.#tools.placeOf };
    const joinings = joiningsOf(this.#tools.incidents().values(), holding, policy);
    if (joinings.length === 0) return;
    this.#isBusy = true;
    void this.#joinAll(joinings, rules, nowMs)
      .catch(this.#parts.onError)
      .finally(() => {
        this.#isBusy = false;
      });
  }

  async #joinAll(joinings: readonly Joining[], rules: readonly AlertRule[], nowMs: number): Promise<void> {
    for (const joining of joinings) {
      const { incidentId, alertIds, reason, area } = joining;
      const title = this.#titleOf(joining, rules);
      const command = {
        type: "incident.joinAlerts",
        incidentId,
        alertIds,
        reason,
        title,
        ...(area && { area }),
      } as const;
      await this.#tools.join(command, nowMs, `${incidentId}/join/${alertIds[0]}`);
      this.#tell(joining, title, nowMs);
    }
  }

  #titleOf({ ruleId, alertIds }: Joining, rules: readonly AlertRule[]): LocalText {
    const { warnings } = this.#parts.stores.risk.get();
    const rule = rules.find(({ id }) => id === ruleId);
    const warning = warnings.find(({ id }) => id === alertIds[0]);
    return rule?.title ?? warning?.headline ?? { zh: alertIds[0] ?? "", en: alertIds[0] ?? "" };
  }

  #tell({ incidentId, alertIds }: Joining, title: LocalText, nowMs: number): void {
    const { stores } = this.#parts;
    if (nowMs - (this.#toldMs.get(incidentId) ?? 0) < TELL_MS) return;
    this.#toldMs.set(incidentId, nowMs);
    const incident = this.#tools.incidents().get(incidentId);
    const isEnglish = stores.ui.get().locale === "en";
    putNotice(stores, {
      tone: "info",
      key: "incident.joined",
      params: {
        count: alertIds.length,
        rule: isEnglish ? title.en : title.zh,
        name: (isEnglish ? incident?.title.en : incident?.title.zh) ?? incidentId,
      },
      action: { key: "action.undo", commands: [{ type: "leave-alerts", id: incidentId, alertIds }] },
    });
  }
}
