import { TwinError } from "../base/errors.ts";
import type { CapOrder, CommandPorts } from "../commands/ports.ts";
import { checkCapDraft } from "../domain/cap-check.ts";
import { type CapMessage, type CapOutlet, capMessageKey } from "../domain/cap-message.ts";
import { capInForce } from "../domain/cap-records.ts";
import { cancelCap, issueCap, updateCap } from "../domain/cap-writer.ts";
import { CITIES } from "../domain/city.ts";
import { type Incident, SYSTEM_ACTOR } from "../domain/incident.ts";
import type { FeedConfig } from "../domain/scenario.ts";
import type { TwinConfig } from "../domain/twin-config.ts";
import { postCap } from "../feed/cap-post.ts";
import type { PublishOutcome } from "../feed/mqtt-publish.ts";
import type { CapOutletState } from "../state/duty-stores.ts";
import { CapOutbox } from "./cap-outbox.ts";
import type { WireParts } from "./parts.ts";

type Verbs = "issueCap" | "cancelCap" | "retryCap";

export interface CapWire extends Pick<CommandPorts, Verbs> {
  /** A secret was given or taken away: what waited for it may go. */
  secretChanged(): void;
}

interface Tools {
  readonly config: Pick<TwinConfig, "cap" | "capOut">;
  readonly change: CommandPorts["changeIncident"];
  /** Feeds that are followed now. */
  readonly feeds: () => readonly FeedConfig[];
  readonly publish: (
    feedId: string,
    topic: string,
    payload: string,
    token: string,
  ) => Promise<PublishOutcome>;
  readonly secret: (name: string) => string | undefined;
  readonly randomHex: () => string;
  readonly now: () => number;
}

/** CAP out: into the log first, then to brokers and addresses, again and again until each has taken it. */
export function wireCap(
  { stores, scope, baseUrl }: Pick<WireParts, "stores" | "scope" | "baseUrl">,
  tools: Tools,
): CapWire {
  const { config, change, now } = tools;
  if (config.cap) stores.cap.set({ profile: { ...stores.cap.get().profile, ...config.cap } });
  const isLive = () => stores.timeline.get().mode === "live" && stores.timeline.get().packageName === null;
  const outlets = () => outletsOf(tools, stores.city.get().city);
  const showOutlets = () => stores.cap.set({ outlets: outlets().map((one) => one.state) });
  const outbox = outboxOf(stores, baseUrl, tools, outlets, isLive);
  const look = () => {
    showOutlets();
    outbox.pump();
  };
  scope.add(() => outbox.stop());
  scope.add(stores.incidents.watch(({ incidents }) => incidents, look));
  scope.add(stores.timeline.watch(({ mode }) => mode, look));
  scope.add(stores.feeds.watch(({ feeds }) => feeds.map(({ id }) => id).join(), look));
  scope.add(stores.city.watch(({ city }) => city, look));
  showOutlets();

  const record = (incidentId: string, message: CapMessage, ids: readonly string[] | undefined) => {
    const wanted = outlets().filter(({ state }) => ids === undefined || ids.includes(state.id));
    const to = wanted.map(({ state, target }): CapOutlet => {
      return { id: state.id, title: state.title, target: target(message.identifier) };
    });
    const capKey = capMessageKey(message);
    return change({ type: "incident.recordCap", incidentId, capKey, message, outlets: to });
  };
  const issue = () => {
    const { profile } = stores.cap.get();
    const sentMs = now();
    return {
      identifier: identifierOf(CITIES[stores.city.get().city].code, sentMs, tools.randomHex()),
      sender: profile.sender,
      status: profile.status,
      sentMs,
    };
  };
  return {
    issueCap: async ({ incidentId, draft, outlets: ids, note }: CapOrder) => {
      const incident = requireIncident(stores.incidents.get().incidents, incidentId);
      refuseFaults(draft, now());
      const by = { ...issue(), ...(note && { note }) };
      const before = capInForce(incident, now());
      await record(incidentId, before ? updateCap(before, draft, by) : issueCap(draft, by), ids);
    },
    cancelCap: async (incidentId, reason) => {
      const incident = requireIncident(stores.incidents.get().incidents, incidentId);
      const before = capInForce(incident, now());
      if (!before)
        throw new TwinError("cap.none", `No warning of incident ${incidentId} is in force.`, {
          id: incidentId,
        });
      // it goes wherever the message that it ends has gone
      const sentTo = incident.caps?.at(-1)?.outlets.map(({ id }) => id);
      await record(incidentId, cancelCap(before, { ...issue(), note: reason }), sentTo);
    },
    retryCap: () => outbox.retry(),
    secretChanged: () => {
      showOutlets();
      outbox.retry();
    },
  };
}

/** The outbox over the log, the brokers and the addresses. */
function outboxOf(
  stores: WireParts["stores"],
  baseUrl: string,
  { change, secret, publish, now }: Tools,
  outlets: () => readonly Outlet[],
  isLive: () => boolean,
): CapOutbox {
  return new CapOutbox({
    incidents: () => (isLive() ? stores.incidents.get().incidents : []),
    access: (id) => {
      const outlet = outlets().find((one) => one.state.id === id)?.state;
      if (!outlet) return "absent";
      return outlet.kind === "mqtt" && !outlet.hasSecret ? "locked" : "ready";
    },
    send: (id, target, xml) => {
      const [kind, rest] = [id.slice(0, 4), id.slice(5)];
      if (kind === "mqtt") return publish(rest, target, xml, secret(`feed:${rest}/publish`) ?? "");
      const token = secret(id);
      const url = outlets().find((one) => one.state.id === id)?.url ?? target;
      return postCap(new URL(url, baseUrl).href, xml, token ? { token } : {});
    },
    record: ({ incidentId, record, outlet }, result, detail) => {
      const capKey = capMessageKey(record.message);
      return change(
        { type: "incident.recordDelivery", incidentId, capKey, outlet: outlet.id, result, detail },
        SYSTEM_ACTOR,
      );
    },
    onChange: (items) => {
      if (items.length > 0 || stores.cap.get().outbox.length > 0) stores.cap.set({ outbox: items });
    },
    now,
    after: (ms, fn) => {
      const timer = setTimeout(fn, ms);
      return () => clearTimeout(timer);
    },
  });
}

interface Outlet {
  readonly state: CapOutletState;
  readonly url: string;
  readonly target: (identifier: string) => string;
}

/** Brokers of the feeds that read CAP, and the operator's addresses. */
function outletsOf({ feeds, config, secret }: Tools, city: string): readonly Outlet[] {
  const brokers = feeds().flatMap((feed): Outlet[] => {
    if (feed.protocol !== "mqtt") return [];
    const pattern = feed.topics.find((topic) => topic.endsWith("/cap/+"));
    if (!pattern) return [];
    const name = `feed:${feed.id}/publish`;
    const hasSecret = secret(name) !== undefined;
    const state = {
      id: `mqtt:${feed.id}`,
      kind: "mqtt",
      title: feed.title,
      secret: name,
      hasSecret,
    } as const;
    const topic = pattern.replaceAll("{city}", city).slice(0, -1);
    return [{ state, url: feed.url, target: (identifier) => `${topic}${identifier}` }];
  });
  const addresses = (config.capOut ?? []).map(({ title, url }): Outlet => {
    const id = `http:${url.replace(/[?#].*$/, "")}`;
    const state = { id, kind: "http", title, secret: id, hasSecret: secret(id) !== undefined } as const;
    return { state, url, target: () => id.slice(5) };
  });
  return [...brokers, ...addresses];
}

/** City code, Beijing time to the second, four hex digits: unique, readable, and fit for a topic. */
function identifierOf(code: string, nowMs: number, randomHex: string): string {
  const time = new Date(nowMs + 8 * 3600_000).toISOString().replace(/[-:T]|\..*$/g, "");
  return `LT-${code}-${time}-${randomHex}`;
}

function requireIncident(incidents: readonly Incident[], id: string): Incident {
  const incident = incidents.find((one) => one.id === id);
  if (!incident) throw new TwinError("incident.unknown", `There is no incident ${id}.`, { id });
  return incident;
}

function refuseFaults(draft: CapOrder["draft"], nowMs: number): void {
  const fault = checkCapDraft(draft, nowMs).find(({ isAdvice }) => !isAdvice);
  if (fault)
    throw new TwinError("cap.draft", `The warning cannot go out: ${fault.field} is wrong (${fault.code}).`, {
      field: fault.field,
      problem: fault.code,
    });
}
