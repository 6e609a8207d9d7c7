import { afterEach, describe, expect, it } from "vitest";
import { Scope } from "../base/scope.ts";
import { CAP_NOW, capDraft } from "../domain/cap.fixture.ts";
import type { IncidentCommand } from "../domain/incident.ts";
import { IncidentLog } from "../domain/incident-log.ts";
import type { FeedConfig } from "../domain/scenario.ts";
import type { PublishOutcome } from "../feed/mqtt-publish.ts";
import { createStores } from "../state/stores.ts";
import { wireCap } from "./wire-cap.ts";

const title = { zh: "汇聚", en: "Hub" };
const hub: FeedConfig = {
  id: "hub",
  title,
  protocol: "mqtt",
  url: "/mqtt",
  topics: ["liaotwin/{city}/v1.1/#", "liaotwin/{city}/cap/+"],
  provenance: { kind: "SIMULATED", source: "test" },
  lateAfterS: 5,
  staleAfterS: 30,
};
const scopes: Scope[] = [];
afterEach(() => {
  for (const scope of scopes.splice(0)) scope.dispose();
});

/** A desk over a log; `answers` are what the broker says, one after another, then `sent` for ever. */
function desk(log = new IncidentLog(), answers: PublishOutcome[] = [], token: string | null = "t") {
  const stores = createStores();
  const scope = new Scope();
  scopes.push(scope);
  const sent: { topic: string; payload: string; token: string }[] = [];
  const secrets = new Map(token ? [["feed:hub/publish", token]] : []);
  let count = 0;
  const change = async (command: IncidentCommand, actor = "duty") => {
    await Promise.resolve();
    log.run(command, actor, CAP_NOW + ++count * 1000);
    stores.incidents.set({ incidents: [...log.incidents.values()] });
  };
  const wire = wireCap(
    { stores, scope, baseUrl: "http://twin.example/" },
    {
      config: {},
      change,
      feeds: () => [hub],
      publish: async (_feed, topic, payload, given) => {
        sent.push({ topic, payload, token: given });
        return answers.shift() ?? { result: "sent", detail: "" };
      },
      secret: (name) => secrets.get(name),
      randomHex: () => `000${count}`,
      now: () => CAP_NOW,
    },
  );
  stores.incidents.set({ incidents: [...log.incidents.values()] });
  return { stores, log, wire, sent, secrets, change };
}

const settle = async () => {
  for (let n = 0; n < 30; n++) await Promise.resolve();
};

async function opened(...rest: Parameters<typeof desk>) {
  const found = desk(...rest);
  await found.change({ type: "incident.open", incidentId: "I", title, alertIds: [] });
  return found;
}
const order = { incidentId: "I", draft: capDraft() };

describe("CAP out", () => {
  it("is in the log before it goes out, with the token that was given, retained under its identifier", async () => {
    const { wire, sent, log } = await opened();
    await wire.issueCap(order);
    const record = log.incidents.get("I")!.caps![0]!;
    expect(record).toMatchObject({ message: { msgType: "Alert", status: "Exercise" }, by: "duty" });
    await settle();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      topic: `liaotwin/shenyang/cap/${record.message.identifier}`,
      token: "t",
    });
    expect(JSON.stringify(log.entries)).not.toContain('"t"');
    expect(log.incidents.get("I")!.caps![0]!.deliveries).toMatchObject([
      { outlet: "mqtt:hub", result: "sent" },
    ]);
  });

  it("updates while one is in force, and a cancel names all before it and goes where they went", async () => {
    const { wire, log, sent } = await opened();
    await wire.issueCap(order);
    await wire.issueCap(order);
    await wire.cancelCap("I", "水退");
    await settle();
    const messages = log.incidents.get("I")!.caps!.map(({ message }) => message);
    expect(messages.map(({ msgType }) => msgType)).toEqual(["Alert", "Update", "Cancel"]);
    expect(messages[2]).toMatchObject({ note: "水退", draft: { responseType: "AllClear" } });
    expect(messages[2]!.references).toHaveLength(2);
    expect(sent).toHaveLength(3);
    await expect(wire.cancelCap("I", "again")).rejects.toMatchObject({ code: "cap.none" });
  });

  it("refuses a faulty draft and an incident that is not there; nothing is logged", async () => {
    const { wire, log } = await opened();
    const faulty = { ...order, draft: capDraft({ expiresMs: CAP_NOW }) };
    await expect(wire.issueCap(faulty)).rejects.toMatchObject({ code: "cap.draft" });
    await expect(wire.issueCap({ ...order, incidentId: "X" })).rejects.toMatchObject({
      code: "incident.unknown",
    });
    expect(log.entries).toHaveLength(1);
  });

  it("waits for the token and goes when it is there", async () => {
    const { wire, stores, sent, secrets } = await opened(undefined, [], null);
    await wire.issueCap(order);
    await settle();
    expect(sent).toEqual([]);
    expect(stores.cap.get().outbox).toMatchObject([{ state: "waiting", needsSecret: true }]);
    secrets.set("feed:hub/publish", "late");
    wire.secretChanged();
    await settle();
    expect(sent).toMatchObject([{ token: "late" }]);
    expect(stores.cap.get().outbox).toEqual([]);
  });

  it("a refusal stays until somebody tries again; each new outcome is logged once", async () => {
    const refused = { result: "refused", detail: "no" } as const;
    const { wire, stores, sent, log } = await opened(undefined, [refused, refused]);
    await wire.issueCap(order);
    await settle();
    expect(stores.cap.get().outbox).toMatchObject([{ state: "refused", detail: "no", retryAtMs: null }]);
    wire.retryCap();
    await settle();
    expect(sent).toHaveLength(2);
    expect(log.entries.filter(({ command }) => command.type === "incident.recordDelivery")).toHaveLength(1);
    wire.retryCap();
    await settle();
    expect(stores.cap.get().outbox).toEqual([]);
  });

  it("plans the next attempt when the broker is away", async () => {
    const { wire, stores } = await opened(undefined, [{ result: "unreachable", detail: "away" }]);
    await wire.issueCap(order);
    await settle();
    expect(stores.cap.get().outbox).toMatchObject([{ state: "unreachable", retryAtMs: CAP_NOW + 5000 }]);
  });

  it("what a crash left in the log goes out after the reload; nothing goes out of the past", async () => {
    const first = await opened(undefined, [], null);
    await first.wire.issueCap(order);
    const again = desk(new IncidentLog(first.log.entries));
    await settle();
    expect(again.sent).toHaveLength(1);
    const past = desk(new IncidentLog(first.log.entries), [], null);
    past.stores.timeline.set({ mode: "past" });
    past.secrets.set("feed:hub/publish", "t");
    past.wire.secretChanged();
    await settle();
    expect(past.sent).toEqual([]);
  });
});
