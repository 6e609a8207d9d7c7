import { describe, expect, it } from "vitest";
import { CAP_NOW, capDraft } from "./cap.fixture.ts";
import { type CapOutlet, capMessageKey } from "./cap-message.ts";
import { capInForce, unsentCaps } from "./cap-records.ts";
import { cancelCap, issueCap, updateCap } from "./cap-writer.ts";
import type { IncidentCommand } from "./incident.ts";
import { IncidentLog } from "./incident-log.ts";

const title = { zh: "积水", en: "Water" };
const outlet = (id: string): CapOutlet => ({ id, title, target: id });
const by = (identifier: string, minute = 0) => ({
  identifier,
  sender: "duty@example",
  sentMs: CAP_NOW + minute * 60_000,
});
const alert = issueCap(capDraft(), by("A"));

function logOf(...commands: IncidentCommand[]): IncidentLog {
  const log = new IncidentLog();
  log.run({ type: "incident.open", incidentId: "I", title, alertIds: [] }, "duty", CAP_NOW);
  for (const [i, command] of commands.entries()) log.run(command, "duty", CAP_NOW + (i + 1) * 1000);
  return log;
}
const record = (message = alert, ...outlets: string[]): IncidentCommand => ({
  type: "incident.recordCap",
  incidentId: "I",
  capKey: capMessageKey(message),
  message,
  outlets: outlets.map(outlet),
});
const delivery = (outletId: string, result: "sent" | "refused" | "unreachable"): IncidentCommand => ({
  type: "incident.recordDelivery",
  incidentId: "I",
  capKey: capMessageKey(alert),
  outlet: outletId,
  result,
  detail: "",
});
const incidentOf = (log: IncidentLog) => log.incidents.get("I")!;
const unsent = (log: IncidentLog) => unsentCaps([...log.incidents.values()]).map((one) => one.outlet.id);

describe("messages of an incident", () => {
  it("are kept whole, once, with who issued them", () => {
    const log = logOf(record(alert, "a"), record(alert, "a"));
    expect(incidentOf(log).issued).toEqual(["duty@example,A"]);
    expect(incidentOf(log).caps).toEqual([
      { message: alert, issuedMs: CAP_NOW + 1000, by: "duty", outlets: [outlet("a")], deliveries: [] },
    ]);
  });

  it("go out until each outlet has taken them, also after a reload and after the close", () => {
    const log = logOf(
      record(alert, "a", "b", "c"),
      { type: "incident.moveTo", incidentId: "I", phase: "close" },
      delivery("a", "sent"),
      delivery("b", "unreachable"),
      delivery("c", "refused"),
    );
    expect(unsent(log)).toEqual(["b", "c"]);
    expect(unsent(new IncidentLog(log.entries))).toEqual(["b", "c"]);
    log.run(delivery("b", "sent"), "system", CAP_NOW + 60_000);
    log.run(delivery("a", "unreachable"), "system", CAP_NOW + 61_000);
    expect(unsent(log)).toEqual(["c"]);
    expect(incidentOf(log).caps![0]!.deliveries).toHaveLength(3);
  });

  it("know which one an update replaces: none before the first, after a cancel or when it has run out", () => {
    const update = updateCap(alert, capDraft(), by("B", 10));
    const cancel = cancelCap(update, by("C", 20));
    expect(capInForce(incidentOf(logOf()), CAP_NOW)).toBeNull();
    expect(capInForce(incidentOf(logOf(record(), record(update))), CAP_NOW)).toEqual(update);
    expect(capInForce(incidentOf(logOf(record(), record(update), record(cancel))), CAP_NOW)).toBeNull();
    expect(capInForce(incidentOf(logOf(record())), CAP_NOW + 3600_000)).toBeNull();
  });
});
