import { TwinError, toPlainError } from "../base/errors.ts";
import type { CommandPorts } from "../commands/ports.ts";
import type { CommandArguments } from "../commands/schemas.ts";
import { type AffectedReport, affectedCsv, affectedGeoJson } from "../domain/affected-export.ts";
import { type OutlinePlaces, outlineOfPlaces, type Place } from "../domain/alert-area.ts";
import type { AlertRule, RuleAlert } from "../domain/alert-rule.ts";
import type { Announcement } from "../domain/announcement.ts";
import { type Incident, type IncidentArea, type IncidentCommand, UNNAMED_ACTOR } from "../domain/incident.ts";
import {
  areaOfIncident,
  type IncidentOpening,
  openIncidentOf,
  openingByHand,
  openingOfAlerts,
  openingOfWarning,
} from "../domain/incident-opening.ts";
import { checkIncidentEntry } from "../domain/incident-reducer.ts";
import type { AffectedSummary, EscalationPolicy } from "../domain/scenario.ts";
import { putNotice } from "../state/put-notice.ts";
import type { IncidentState, Stores } from "../state/stores.ts";
import { AlertJoiner } from "./alert-joiner.ts";
import { extentOf } from "./extent.ts";
import { IncidentDesk } from "./incident-desk.ts";
import type { EventDesk, WireParts } from "./parts.ts";
import type { OutgoingFile } from "./save-file.ts";

/** How often it is looked whether something waits for too long. */
const ESCALATE_MS = 1000;
/** More buildings than any city here has: an exported list is whole. */
const ALL = 10_000_000;

type Verbs = "openIncident" | "changeIncident" | "chooseIncident" | "exportAffected";

export interface IncidentWire extends Pick<CommandPorts, Verbs> {
  /** Takes in what is stored; call it once before the link is restored. */
  restore(): Promise<void>;
}

/** What incidents need of the other wires and of the browser. */
export interface IncidentTools {
  readonly alertsOf: (
    ruleId: string,
  ) => { readonly rule: AlertRule; readonly alerts: readonly RuleAlert[] } | null;
  readonly placeOf: (sensorId: string) => Place | null;
  readonly inside: (area: IncidentArea, limit?: number) => Promise<AffectedSummary>;
  /** Away from the main thread. */
  readonly outline: (...asked: Parameters<OutlinePlaces>) => Promise<IncidentArea>;
  readonly flyTo: (place: Place & { readonly height: number }, range: number) => Promise<void>;
  readonly save: (file: OutgoingFile) => void;
  readonly newId: () => string;
}

/** Incidents: log to store, chosen one to its people, and the clock that passes on what nobody acknowledges. */
export function wireIncidents(
  parts: Pick<WireParts, "stores" | "scope" | "events" | "onError">,
  tools: IncidentTools,
): IncidentWire {
  const { stores, events, onError } = parts;
  const desk = new IncidentDesk(events, () => publish());
  const isLive = () => stores.timeline.get().mode === "live";
  const told = new EscalationWatch(stores);
  const publish = () => {
    told.look(desk.incidents.values(), isLive());
    if (!isLive()) return;
    const { chosen } = stores.incidents.get();
    stores.incidents.set({
      incidents: [...desk.incidents.values()],
      entries: chosen === null ? [] : desk.entriesOf(chosen),
    });
  };
  const restore = async () => {
    const count = await desk.reload();
    if (count > 0)
      onError(new TwinError("incident.skipped", `${count} log entries could not be applied.`, { count }));
  };
  const change: IncidentWire["changeIncident"] = async (command, actor = stores.incidents.get().actor) => {
    const { mode } = stores.timeline.get();
    if (mode === "past")
      throw new TwinError("incident.past", "The past is shown: go back to live before you change anything.");
    if (mode === "live") return desk.change(command, actor, Date.now());
    await changeWhatIf(events, stores.incidents.get().incidents, command, actor);
  };
  const people = new AffectedCount(parts, tools);
  startClock(parts, tools, desk);
  watchLog(parts, () => {
    // what was shown of the past is gone at once, also while the log is read
    publish();
    void restore().catch(onError);
  });
  const open: IncidentWire["openIncident"] = async (source) => {
    const opening = await openingOf(parts, tools, source);
    const { origin } = opening;
    const { incidents } = stores.incidents.get();
    const known = origin && openIncidentOf(isLive() ? desk.incidents.values() : incidents, origin);
    if (known) return known.id;
    const incidentId = tools.newId();
    await change({ type: "incident.open", incidentId, ...opening });
    return incidentId;
  };
  // one after another: the second of two clicks finds what the first has opened
  let opening: Promise<unknown> = Promise.resolve();
  return {
    restore,
    changeIncident: change,
    openIncident: (source) => {
      const turn = opening.catch(() => {}).then(() => open(source));
      opening = turn;
      return turn;
    },
    chooseIncident: async (id) => {
      const incident = id === null ? null : requireIncident(parts, id);
      stores.incidents.set({
        chosen: id,
        affected: null,
        affectedError: null,
        entries: id !== null && isLive() ? desk.entriesOf(id) : [],
      });
      const area = incident && areaOfIncident(incident, stores.response.get().zones);
      const extent = area && extentOf(area);
      await Promise.all([
        people.count(),
        extent && tools.flyTo(extent.center, Math.max(1800, extent.radius * 3)).catch(onError),
      ]);
    },
    exportAffected: (id, format) => exportAffected(parts, tools, id, format),
  };
}

/** What happens by itself: what nobody acknowledges is passed on, also while the past is shown, and later alerts join. */
function startClock(
  parts: Pick<WireParts, "stores" | "scope" | "onError">,
  tools: IncidentTools,
  desk: IncidentDesk,
): void {
  const { stores, scope, onError } = parts;
  const joiner = new AlertJoiner(parts, {
    incidents: () => desk.incidents,
    alertsOf: tools.alertsOf,
    placeOf: tools.placeOf,
    join: (command, nowMs, id) => desk.byItself(command, nowMs, id),
  });
  // while the past is shown its scenario is, and the present goes on by the policy that it had
  let policy: EscalationPolicy | undefined;
  const timer = setInterval(() => {
    const isLive = stores.timeline.get().mode === "live";
    if (isLive) policy = stores.scenario.get().active?.escalation;
    if (policy) desk.escalate(Date.now(), policy).catch(onError);
    if (isLive) joiner.look(Date.now());
  }, ESCALATE_MS);
  scope.add(() => clearInterval(timer));
}

/** Announces over the past that something in the present was passed on because nobody acknowledged it. */
class EscalationWatch {
  readonly #stores: Stores;
  readonly #known = new Map<string, number>();

  constructor(stores: Stores) {
    this.#stores = stores;
  }

  look(incidents: Iterable<Incident>, isLive: boolean): void {
    for (const { id, title, escalation, warningLevel, waitingSinceMs } of incidents) {
      const before = this.#known.get(id) ?? escalation;
      this.#known.set(id, escalation);
      if (isLive || escalation <= before) continue;
      const key = `incident:${id}`;
      const announcement: Announcement = {
        id: `behind/${key}/${escalation}`,
        key,
        level: warningLevel ?? 3,
        text: {
          zh: `此刻：无人确认，第 ${escalation} 次升级：${title.zh}`,
          en: `Right now: nobody has acknowledged, escalation ${escalation}: ${title.en}`,
        },
        atMs: waitingSinceMs,
        target: { kind: "incident", id },
        repeats: 0,
        endedMs: null,
      };
      const { behind } = this.#stores.announcements.get();
      const others = behind.filter((one) => one.key !== key);
      this.#stores.announcements.set({ behind: [announcement, ...others].sort((x, y) => x.level - y.level) });
    }
  }
}

/** What is done in a what-if goes into its own entries, and what it comes to is shown by the timeline; the log knows nothing of it. */
async function changeWhatIf(
  events: EventDesk,
  shown: readonly Incident[],
  command: IncidentCommand,
  actor: string,
): Promise<void> {
  const incidents = new Map(shown.map((incident) => [incident.id, incident]));
  const by = actor.trim() || UNNAMED_ACTOR;
  const refused = checkIncidentEntry(incidents, { id: "", timeMs: 0, actor: by, command });
  if (refused) throw new TwinError(refused.code, refused.message, refused.params);
  await events.append(by, { kind: "incident", command });
}

/** What other pages decide, and what was decided while the past was shown. */
function watchLog(
  { stores, scope, events }: Pick<WireParts, "stores" | "scope" | "events">,
  again: () => void,
): void {
  const offForeign = events.onForeign?.((event) => {
    if (event.kind === "incident") again();
  });
  if (offForeign) scope.add(offForeign);
  scope.add(
    stores.timeline.watch(
      ({ mode }) => mode,
      (mode) => {
        if (mode === "live") again();
      },
    ),
  );
}

/** A list of all the affected buildings, as a download. */
async function exportAffected(
  parts: Pick<WireParts, "stores">,
  { inside, save }: IncidentTools,
  id: string,
  format: "csv" | "geojson",
): Promise<void> {
  const { stores } = parts;
  const incident = requireIncident(parts, id);
  const area = areaOfIncident(incident, stores.response.get().zones);
  if (!area)
    throw new TwinError("incident.no-area", `Incident ${id} has no area: draw a zone for it first.`, { id });
  const affected = await inside(area, ALL);
  save(fileOf({ incident, area, affected, atMs: Date.now() }, format, stores.ui.get().locale));
  putNotice(stores, { tone: "good", key: "incident.exported", params: { count: affected.buildings } });
}

/** Buildings and people inside the chosen incident's area, counted anew when its zones or the city change; a failure is told beside it. */
class AffectedCount {
  readonly #parts: Pick<WireParts, "stores" | "scope">;
  readonly #tools: IncidentTools;
  #turn = 0;

  constructor(parts: Pick<WireParts, "stores" | "scope">, tools: IncidentTools) {
    this.#parts = parts;
    this.#tools = tools;
    const { stores, scope } = parts;
    const again = () => void this.count();
    scope.add(stores.response.watch(({ zones }) => zones, again));
    scope.add(stores.city.watch(({ city }) => city, again));
  }

  async count(): Promise<void> {
    const { incidents, response } = this.#parts.stores;
    const turn = ++this.#turn;
    const { chosen, incidents: all } = incidents.get();
    const incident = all.find(({ id }) => id === chosen);
    const area = incident && areaOfIncident(incident, response.get().zones);
    let result: Pick<IncidentState, "affected" | "affectedError">;
    try {
      result = { affected: area ? await this.#tools.inside(area) : null, affectedError: null };
    } catch (error) {
      result = { affected: null, affectedError: toPlainError(error) };
    }
    if (turn === this.#turn) incidents.set(result);
  }
}

async function openingOf(
  { stores, onError }: Pick<WireParts, "stores" | "onError">,
  { alertsOf, placeOf, outline }: IncidentTools,
  { title, warningId, ruleId, at }: CommandArguments<"open-incident">,
): Promise<IncidentOpening> {
  const named = title === undefined ? {} : { title: { zh: title, en: title } };
  if (warningId !== undefined) {
    const warning = stores.risk.get().warnings.find(({ id }) => id === warningId);
    if (!warning)
      throw new TwinError("warning.unknown", `Warning ${warningId} is not in force any more.`, {
        id: warningId,
      });
    return { ...openingOfWarning(warning), ...named };
  }
  if (ruleId !== undefined) {
    const held = alertsOf(ruleId);
    if (!held)
      throw new TwinError("alert.over", `No alert of rule ${ruleId} holds any more.`, { id: ruleId });
    const group = stores.alerts.get().groups.find(({ rule }) => rule.id === ruleId);
    const feed = stores.feeds.get().feeds.find(({ id }) => id === group?.feedId);
    // an incident is opened even when the worker is gone: better slowly than not
    const outlined: OutlinePlaces = (...asked) =>
      outline(...asked).catch((error: unknown) => {
        onError(error);
        return outlineOfPlaces(...asked);
      });
    const provenance = feed?.provenance ?? null;
    return { ...(await openingOfAlerts(held.rule, held.alerts, placeOf, provenance, outlined)), ...named };
  }
  if (title === undefined)
    throw new TwinError(
      "incident.title",
      "An incident needs a title, a warning or a rule to be opened from.",
    );
  return openingByHand(title, at);
}

function requireIncident({ stores }: Pick<WireParts, "stores">, id: string): Incident {
  const incident = stores.incidents.get().incidents.find((one) => one.id === id);
  if (!incident) throw new TwinError("incident.unknown", `There is no incident ${id}.`, { id });
  return incident;
}

function fileOf(report: AffectedReport, format: "csv" | "geojson", locale: "zh-CN" | "en"): OutgoingFile {
  const name = `${report.incident.id}-affected.${format}`;
  return format === "csv"
    ? { name, type: "text/csv;charset=utf-8", text: affectedCsv(report, locale === "en" ? "en" : "zh") }
    : { name, type: "application/geo+json", text: affectedGeoJson(report) };
}
