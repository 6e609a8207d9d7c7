import { isAbort } from "../base/abort.ts";
import type { Incident } from "../domain/incident.ts";
import { areaOfIncident } from "../domain/incident-opening.ts";
import type { ReportMaterial, ReportPicture } from "../domain/incident-report.ts";
import type { TwinEvent } from "../domain/twin-event.ts";
import { extentOf } from "./extent.ts";
import type { WireParts } from "./parts.ts";

/** Software rendering may take long; a picture that is not quite settled is better than none. */
const SETTLE_MS = 12_000;

export interface ReportWire {
  /** What a report of an incident needs; flies to its area for the picture, and back. Null when there is no such incident. */
  material(incidentId: string): Promise<ReportMaterial | null>;
}

export function wireReport({
  stores,
  view,
  events,
}: Pick<WireParts, "stores" | "view" | "events">): ReportWire {
  return {
    material: async (incidentId) => {
      const incident = stores.incidents.get().incidents.find(({ id }) => id === incidentId);
      if (!incident) return null;
      const stored = (await events.entriesOfKinds?.(["alert", "warnings"])) ?? [];
      const pictures = await takePictures(incident).catch((error: unknown) => {
        if (isAbort(error)) return [];
        throw error;
      });
      const entries = stores.incidents
        .get()
        .entries.filter(({ command }) => command.incidentId === incidentId);
      return {
        entries,
        alerts: alertsOf(incident, stored),
        warnings: warningsOf(incident, stored),
        pictures,
      };
    },
  };

  async function takePictures(incident: Incident): Promise<readonly ReportPicture[]> {
    const area = areaOfIncident(incident, stores.response.get().zones);
    const extent = area && extentOf(area);
    if (!extent) return [{ url: view.snapshot(), atMs: Date.now(), kind: "city" }];
    const before = view.cameraPose();
    const range = Math.max(1500, extent.radius * 3);
    await view.flyTo({ target: extent.center, range, headingDeg: 0, pitchDeg: -55 }, 0);
    await view.whenIdle(SETTLE_MS).catch(() => {});
    const picture: ReportPicture = { url: view.snapshot(), atMs: Date.now(), kind: "area" };
    await view.flyTo(before, 0);
    return [picture];
  }

  /** The newest word on each alert: what holds now, else what the log kept. */
  function alertsOf(incident: Incident, stored: readonly TwinEvent[]): ReportMaterial["alerts"] {
    const wanted = new Set(incident.alertIds);
    const known = new Map<string, ReportMaterial["alerts"][number]>();
    const rules = new Map((stores.scenario.get().active?.rules ?? []).map((rule) => [rule.id, rule.title]));
    for (const event of stored)
      if (event.kind === "alert" && wanted.has(event.alert.id))
        known.set(event.alert.id, {
          title: event.title ?? rules.get(event.alert.ruleId) ?? null,
          alert: event.alert,
        });
    for (const { rule, alerts } of stores.alerts.get().groups)
      for (const alert of alerts)
        if (wanted.has(alert.id) && !known.has(alert.id)) known.set(alert.id, { title: rule.title, alert });
    return [...known.values()].sort((a, b) => a.alert.raisedMs - b.alert.raisedMs);
  }

  function warningsOf(incident: Incident, stored: readonly TwinEvent[]): ReportMaterial["warnings"] {
    const wanted = new Set(incident.alertIds);
    const put = stored.flatMap((event) => (event.kind === "warnings" ? event.put : []));
    const all = [...put, ...stores.risk.get().warnings].filter(({ id }) => wanted.has(id));
    return [...new Map(all.map((warning) => [warning.id, warning])).values()];
  }
}
