import { describe, expect, it } from "vitest";
import { parseCommand } from "../../commands/desk.ts";
import type { AlertRule } from "../../domain/alert-rule.ts";
import type { FoundPlace } from "../../domain/found-place.ts";
import { IncidentLog } from "../../domain/incident-log.ts";
import { openingByHand } from "../../domain/incident-opening.ts";
import type { AffectedBuilding } from "../../domain/scenario.ts";
import { createFormat } from "../../i18n/format.ts";
import { lateSentences } from "../../i18n/late-sentences.ts";
import { createTranslator } from "../../i18n/translator.ts";
import { createStores } from "../../state/stores.ts";
import { buildEntries, buildingEntries } from "./build-entries.ts";
import { matchScore, type PaletteEntry, searchEntries } from "./entry.ts";
import { conditionEntries, coordinateEntry, placeEntries } from "./found-entries.ts";

const zh = createTranslator("zh-CN", lateSentences);
const en = createTranslator("en", lateSentences);

function filledStores() {
  const stores = createStores();
  stores.layers.set({
    layers: [
      {
        id: "city",
        kind: "city",
        title: { zh: "沈阳示范城市", en: "Shenyang demo city" },
        visible: true,
        opacity: 1,
        status: "ready",
        provenance: { kind: "SAMPLE", source: "s" },
        removable: false,
      },
    ],
  });
  stores.scenario.set({ available: [{ id: "hazard-flood", title: { zh: "洪涝", en: "Flood" } }] });
  stores.story.set({
    available: [{ id: "tour", title: { zh: "两分钟看沈阳", en: "Shenyang in two minutes" } }],
  });
  const rule: AlertRule = {
    id: "water",
    title: { zh: "积水过深", en: "Deep water" },
    level: 2,
    kind: "waterlogging",
    when: { type: "threshold", direction: "above", raise: 30, clear: 25, holdS: 0 },
  };
  stores.alerts.set({
    groups: [{ rule, feedId: "hub", alerts: [], count: 1, firstMs: 0, lastMs: 0 }],
  });
  const log = new IncidentLog();
  const opening = openingByHand("大风");
  log.run({ type: "incident.open", incidentId: "I1", ...opening }, "duty", 0);
  stores.incidents.set({ incidents: [...log.incidents.values()] });
  stores.selection.set({ selection: { kind: "sensor", sensorId: "SY-RN-0001" } });
  return stores;
}

function entry(part: Partial<PaletteEntry>): PaletteEntry {
  return { id: "x", group: "view", title: "", keywords: "", commands: [], ...part };
}

describe("entries", () => {
  const entries = buildEntries(filledStores(), { t: zh, other: en });

  it("are many, each with an id of its own and a title", () => {
    expect(entries.length).toBeGreaterThan(20);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    for (const { title } of entries) expect(title).not.toMatch(/^$|\{/);
  });

  it("run only commands that the catalogue accepts", () => {
    for (const command of entries.flatMap(({ commands }) => commands))
      expect(() => parseCommand(command)).not.toThrow();
  });

  it("are found in the other language and by the command's type", () => {
    const titles = (question: string) => searchEntries(entries, question).map(({ title }) => title);
    expect(titles("flood")).toContain("打开场景：洪涝");
    expect(titles("洪涝")).toContain("打开场景：洪涝");
    expect(titles("set-look")).toContain("外观：夜景");
    expect(titles("大风")).toContain("查看事件：大风");
    expect(titles("deep water")).toContain("转为事件：积水过深");
    expect(titles("dalian")).toEqual(["前往大连"]);
  });

  it("offer what differs from now", () => {
    const stores = filledStores();
    stores.ui.set({ theme: "day", mode: "command" });
    const titles = buildEntries(stores, { t: zh, other: en }).map(({ title }) => title);
    expect(titles).toContain("夜间主题");
    expect(titles).not.toContain("日间主题");
    expect(titles).not.toContain("模式：指挥");
  });
});

describe("search", () => {
  it("wants every word, and puts titles that begin with the first one before the rest", () => {
    const found = searchEntries(
      [
        entry({ id: "c", title: "Other", keywords: "fly home" }),
        entry({ id: "b", title: "To fly home" }),
        entry({ id: "a", title: "Fly home" }),
        entry({ id: "d", title: "Fly north" }),
      ],
      " FLY  home ",
    );
    expect(found.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });

  it("matches everything when nothing is asked", () => {
    expect(matchScore(entry({ title: "x" }), "  ")).toBe(1);
  });
});

describe("what a text finds", () => {
  it("flies to degrees and to metres of a zone", () => {
    const stores = createStores();
    expect(coordinateEntry("123.43, 41.80", stores, zh)?.title).toBe("飞到 123.43，41.8");
    const projected = coordinateEntry("535858.69, 4630145.72", stores, en);
    expect(projected?.title).toBe("Fly to 123.4315°, 41.8057° (CGCS2000 / 3-degree Gauss-Kruger CM 123E)");
    expect(coordinateEntry("和平区", stores, zh)).toBeNull();
  });

  it("makes a condition a table of buildings, and any text a search in each model", () => {
    const stores = filledStores();
    expect(conditionEntries("高度>100", stores, zh).map(({ commands }) => commands[0])).toEqual([
      { type: "open-table", id: "city", filter: "高度>100" },
    ]);
    expect(conditionEntries("青年大街", stores, zh)).toEqual([]);
  });

  it("says what a place is, and looks from as far as it is wide", () => {
    const place = {
      kind: "station",
      name: { zh: "沈阳站", en: "Shenyang Station" },
      note: { zh: "地铁1号线", en: "Line 1" },
    };
    const [entry] = placeEntries(
      [{ id: "a", longitudeDeg: 123, latitudeDeg: 41, size: 5000, ...place } as FoundPlace],
      zh,
    );
    expect(entry).toMatchObject({ title: "沈阳站", hint: "地铁站 · 地铁1号线" });
    expect(entry?.commands[0]).toMatchObject({ type: "fly-to", range: 6000 });
  });
});

it("buildings without a name go by their number, and are looked at from four times their height", () => {
  const row: AffectedBuilding = {
    buildingId: "SY-000042",
    name: "",
    use: 0,
    height: 100,
    floors: 30,
    residentsDay: 1,
    residentsNight: 2,
    longitudeDeg: 123.4,
    latitudeDeg: 41.8,
    depth: null,
  };
  const [found] = buildingEntries([row], createStores(), createFormat("en"));
  const [chosen] = buildingEntries([row], filledStores(), createFormat("en"));
  expect(found?.title).toBe("SY-000042");
  expect(found?.commands[0]).toMatchObject({ type: "fly-to", height: 50, range: 400 });
  expect(chosen?.commands.map(({ type }) => type)).toEqual(["select", "fly-to"]);
  expect(chosen?.commands[0]).toMatchObject({
    target: { kind: "building", layerId: "city", buildingId: "SY-000042" },
  });
});
