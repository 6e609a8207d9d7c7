import type { Command } from "../../commands/schemas.ts";
import { CITIES, CITY_LOOKS, THEME_PROPERTIES } from "../../domain/city.ts";
import type { AffectedBuilding } from "../../domain/scenario.ts";
import type { Format } from "../../i18n/format.ts";
import type { Translator } from "../../i18n/translator.ts";
import type { Stores } from "../../state/stores.ts";
import { orderIncidents } from "../incident/incident-order.ts";
import { worstFirst } from "../scenario/worst-first.ts";
import { buildingCommands } from "./building-commands.ts";
import type { Draft } from "./draft.ts";
import type { PaletteEntry } from "./entry.ts";
import { mapDrafts } from "./map-drafts.ts";

/** Makes entries in one language that are found in the other one too. */
export interface EntryWords {
  readonly t: Translator;
  readonly other: Translator;
}

function nameIn(t: Translator, name: Draft["name"]): string {
  if (name === undefined) return "";
  return typeof name === "string" ? t.maybe(name, name) : t.text(name);
}

function finish({ t, other }: EntryWords, draft: Draft): PaletteEntry {
  const commands = Array.isArray(draft.command)
    ? (draft.command as readonly Command[])
    : [draft.command as Command];
  const inOther = other(draft.key, { name: nameIn(other, draft.name) });
  return {
    id: `${draft.key} ${JSON.stringify(commands)}`,
    group: draft.group,
    title: t(draft.key, { name: nameIn(t, draft.name) }),
    keywords: `${inOther} ${commands.map((command) => command.type).join(" ")}`,
    ...(draft.hint ? { hint: draft.hint } : {}),
    commands,
  };
}

function viewDrafts(stores: Stores): Draft[] {
  const { city, look, theme } = stores.city.get();
  const hasSelection = stores.selection.get().selection.kind !== "none";
  return [
    ...Object.values(CITIES).map(
      (one): Draft => ({
        group: "places",
        key: "palette.city",
        name: one.name,
        command: one.id === city ? { type: "fly-home" } : { type: "set-city", city: one.id },
      }),
    ),
    { group: "view", key: "command.fly-home", command: { type: "fly-home" }, hint: "H" },
    { group: "view", key: "command.turn-north", command: { type: "turn-north" }, hint: "N" },
    ...(hasSelection
      ? ([
          {
            group: "view",
            key: "command.zoom-to-selection",
            command: { type: "zoom-to-selection" },
            hint: "F",
          },
          {
            group: "view",
            key: "command.clear-selection",
            command: { type: "clear-selection" },
            hint: "Esc",
          },
        ] satisfies Draft[])
      : []),
    ...CITY_LOOKS.filter((one) => one !== look).map(
      (one): Draft => ({
        group: "view",
        key: "palette.look",
        name: `look.${one}`,
        command: { type: "set-look", look: one },
      }),
    ),
    ...THEME_PROPERTIES.filter((one) => one !== theme).map(
      (one): Draft => ({
        group: "view",
        key: "palette.themeBy",
        name: `look.theme.${one}`,
        command: { type: "style-by", property: one },
      }),
    ),
    ...(theme
      ? ([
          { group: "view", key: "palette.themeNone", command: { type: "style-by", property: null } },
        ] satisfies Draft[])
      : []),
  ];
}

function layerDrafts(stores: Stores): Draft[] {
  const hasTerrain = stores.terrain.get().source !== null;
  const each = stores.layers.get().layers.flatMap((layer): Draft[] => [
    {
      group: "layers",
      key: layer.visible ? "palette.layerHide" : "palette.layerShow",
      name: layer.title,
      command: { type: "show-layer", id: layer.id, visible: !layer.visible },
    },
    {
      group: "layers",
      key: "palette.layerZoom",
      name: layer.title,
      command: { type: "zoom-to-layer", id: layer.id },
    },
  ]);
  return [
    {
      group: "layers",
      key: "command.add-tileset",
      command: { type: "open-overlay", overlay: "add-tileset" },
    },
    { group: "layers", key: "command.set-basemap", command: { type: "open-overlay", overlay: "basemap" } },
    {
      group: "layers",
      key: "command.set-terrain",
      command: { type: "set-terrain", source: hasTerrain ? null : "demo" },
    },
    ...(hasTerrain
      ? [{ group: "layers", key: "command.draw-profile", command: { type: "draw-profile" } } satisfies Draft]
      : []),
    ...mapDrafts(stores),
    ...each,
  ];
}

function modelDrafts(stores: Stores): Draft[] {
  const { models, open } = stores.models.get();
  return [
    { group: "models", key: "command.choose-ifc-file", command: { type: "choose-ifc-file" } },
    ...(open
      ? ([
          {
            group: "models",
            key: "command.close-building",
            command: { type: "close-building" },
            hint: "Esc",
          },
        ] satisfies Draft[])
      : []),
    ...models.flatMap((model): Draft[] => [
      {
        group: "models",
        key: "palette.modelOpen",
        name: model.name,
        command: { type: "open-building", id: model.id },
      },
      {
        group: "models",
        key: "palette.modelZoom",
        name: model.name,
        command: { type: "zoom-to-model", id: model.id },
      },
      {
        group: "models",
        key: "place.palette",
        name: model.name,
        command: { type: "examine-place", id: model.id },
      },
    ]),
  ];
}

function scenarioDrafts(stores: Stores): Draft[] {
  const { available, active } = stores.scenario.get();
  const story = stores.story.get();
  const risk = worstFirst(stores.risk.get().warnings);
  return [
    ...risk.map(
      (warning): Draft => ({
        group: "risk",
        key: "palette.warning",
        name: warning.headline,
        command: { type: "choose-warning", id: warning.id },
      }),
    ),
    ...orderIncidents(stores.incidents.get().incidents).open.map(
      ({ id, title }): Draft => ({
        group: "risk",
        key: "palette.incident",
        name: title,
        command: { type: "choose-incident", id },
      }),
    ),
    ...stores.alerts.get().groups.map(
      ({ rule }): Draft => ({
        group: "risk",
        key: "palette.openIncident",
        name: rule.title,
        command: { type: "open-incident", ruleId: rule.id },
      }),
    ),
    ...available
      .filter(({ id }) => id !== active?.id)
      .map(
        ({ id, title }): Draft => ({
          group: "scenarios",
          key: "palette.scenario",
          name: title,
          command: { type: "open-scenario", id },
        }),
      ),
    ...(active
      ? ([
          { group: "scenarios", key: "command.close-scenario", command: { type: "close-scenario" } },
        ] satisfies Draft[])
      : []),
    ...story.available.map(
      ({ id, title }): Draft => ({
        group: "scenarios",
        key: "palette.story",
        name: title,
        command: { type: "play-story", id },
      }),
    ),
    ...(story.playing
      ? ([
          { group: "scenarios", key: "command.stop-story", command: { type: "stop-story" } },
        ] satisfies Draft[])
      : []),
  ];
}

const PANEL_KEYS = { left: "[", right: "]", bottom: "\\" } as const;

function interfaceDrafts(stores: Stores): Draft[] {
  const { mode, theme, locale, largeType, panels } = stores.ui.get();
  const modes = (["explore", "command", "wall", "present"] as const).filter((one) => one !== mode);
  return [
    ...modes.map(
      (one): Draft => ({
        group: "interface",
        key: "palette.mode",
        name: `mode.${one}`,
        command: { type: "set-mode", mode: one },
      }),
    ),
    theme === "night"
      ? { group: "interface", key: "palette.themeDay", command: { type: "set-theme", theme: "day" } }
      : { group: "interface", key: "palette.themeNight", command: { type: "set-theme", theme: "night" } },
    locale === "en"
      ? { group: "interface", key: "palette.chinese", command: { type: "set-locale", locale: "zh-CN" } }
      : { group: "interface", key: "palette.english", command: { type: "set-locale", locale: "en" } },
    {
      group: "interface",
      key: largeType ? "palette.largeOff" : "palette.largeOn",
      command: { type: "set-large-type", on: !largeType },
    },
    ...(["left", "right", "bottom"] as const).map(
      (side): Draft => ({
        group: "interface",
        key: panels[side] ? "palette.panelHide" : "palette.panelShow",
        name: `panel.${side}`,
        command: { type: "show-panel", side, open: !panels[side] },
        hint: PANEL_KEYS[side],
      }),
    ),
    { group: "interface", key: "about.title", command: { type: "open-overlay", overlay: "about" } },
  ];
}

/** Everything that can be run now without asking for more, in this state. */
export function buildEntries(stores: Stores, words: EntryWords): readonly PaletteEntry[] {
  return [
    ...viewDrafts(stores),
    ...layerDrafts(stores),
    ...modelDrafts(stores),
    ...scenarioDrafts(stores),
    ...interfaceDrafts(stores),
  ].map((draft) => finish(words, draft));
}

/** Found buildings: chosen and flown to. */
export function buildingEntries(
  found: readonly AffectedBuilding[],
  stores: Stores,
  format: Format,
): readonly PaletteEntry[] {
  return found.map((row) => ({
    id: `building ${row.buildingId}`,
    group: "buildings",
    title: row.name || row.buildingId,
    keywords: row.buildingId,
    hint: format.measure(row.height, "m"),
    commands: buildingCommands(row, stores),
  }));
}
