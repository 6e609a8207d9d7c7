import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ScenarioManifest } from "../domain/scenario.ts";
import { alert, only, page, rule, SharedDesk, T0, text } from "./incident-page.fixture.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: T0 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("time", () => {
  const escalation = { afterS: 60, most: 2, roles: [text] };
  const pass = async (one: ReturnType<typeof page>, seconds: number) => {
    void one;
    await vi.advanceTimersByTimeAsync(seconds * 1000);
  };
  const withPolicy = (events?: SharedDesk) => {
    const one = page(events);
    one.stores.scenario.set({ active: { escalation } as unknown as ScenarioManifest });
    return one;
  };

  it("passes on what nobody acknowledges, up to the top, and stops at an acknowledgement", async () => {
    const one = withPolicy();
    await one.run({ type: "open-incident", ruleId: "water" });
    await pass(one, 58);
    expect(only(one).escalation).toBe(0);
    await pass(one, 3);
    expect(only(one).escalation).toBe(1);
    await pass(one, 300);
    expect(only(one).escalation).toBe(2);
    expect(one.events.entries.filter(({ actor }) => actor === "system")).toHaveLength(2);
    one.scope.dispose();
  });

  it("goes on while the past is shown, by the present's policy, and whoever looks there is told", async () => {
    const one = withPolicy();
    await one.run({ type: "open-incident", ruleId: "water" });
    await pass(one, 1);
    const shown = one.stores.incidents.get().incidents;
    one.stores.timeline.set({ mode: "past", atMs: T0 });
    one.stores.scenario.set({ active: null });
    await pass(one, 61);
    expect(one.events.entries.at(-1)).toMatchObject({
      actor: "system",
      command: { type: "incident.escalate" },
    });
    expect(one.stores.incidents.get().incidents).toBe(shown);
    expect(one.stores.announcements.get().behind).toMatchObject([
      { text: { zh: "此刻：无人确认，第 1 次升级：积水" }, target: { kind: "incident" } },
    ]);
    await pass(one, 120);
    expect(one.stores.announcements.get().behind).toMatchObject([
      { text: { zh: "此刻：无人确认，第 2 次升级：积水" } },
    ]);
    one.scope.dispose();
  });

  it("brings later alerts into an open incident by the scenario's policy, and leaves out what was taken out", async () => {
    const one = page();
    const active = { rules: [rule], join: { withinM: 500 } } as unknown as ScenarioManifest;
    one.stores.scenario.set({ active });
    await one.run({ type: "open-incident", ruleId: "water" });
    const near = { ...alert, id: "water/s2/2", longitudeDeg: 123.407 };
    const far = { ...alert, id: "water/s3/3", longitudeDeg: 123.5 };
    one.holding.push(near, far);
    one.stores.alerts.set({ groups: [] });
    await pass(one, 6);
    expect(only(one)).toMatchObject({ alertIds: [alert.id, near.id], joined: [{ alertIds: [near.id] }] });
    expect(one.events.entries.at(-1)).toMatchObject({
      actor: "system",
      command: { type: "incident.joinAlerts", reason: "rule", title: rule.title },
    });
    const notice = one.stores.notices.get().notices.at(-1)!;
    expect(notice).toMatchObject({ key: "incident.joined", params: { count: 1 } });
    for (const command of notice.action!.commands) await one.run(command as never);
    await pass(one, 12);
    expect(only(one)).toMatchObject({ alertIds: [alert.id], joined: [], left: [near.id] });
    one.scope.dispose();
  });

  it("is told by two pages with one entry a step", async () => {
    const events = new SharedDesk();
    const [one, two] = [withPolicy(events), withPolicy(events)];
    await one.run({ type: "open-incident", ruleId: "water" });
    await two.wire.restore();
    await pass(one, 200);
    expect(events.entries).toHaveLength(3);
    expect(only(one)).toEqual(only(two));
  });

  it("brings back what is stored; what two pages stored against each other is left out and said", async () => {
    const events = new SharedDesk();
    const one = page(events);
    await one.run({ type: "open-incident", ruleId: "water" });
    await one.run({ type: "move-incident", id: "I1", phase: "verify" });
    await events.append("other", {
      kind: "incident",
      command: { type: "incident.moveTo", incidentId: "I1", phase: "verify" },
    });
    await events.append("other", { kind: "feed", feedId: "hub", title: text, state: "live" });
    const two = page(events);
    await two.wire.restore();
    expect(only(two)).toEqual(only(one));
    expect(two.onError.mock.calls[0]![0]).toMatchObject({ code: "incident.skipped", params: { count: 1 } });
  });
});
