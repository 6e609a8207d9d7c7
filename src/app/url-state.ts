import type { Command } from "../commands/schemas.ts";
import { CITIES, type CityId } from "../domain/city.ts";
import type { Basemap, Layer } from "../domain/layer.ts";
import type { MapServiceInput } from "../domain/map-service.ts";
import type { ReliefShading } from "../domain/terrain.ts";
import type { Stores } from "../state/stores.ts";

/**
 * The shareable state as a query string; what is as at the start is left out. Secrets are never in it.
 * `view` = longitude,latitude,height,heading,pitch; `select` = kind:place:id; `tiles` repeats for each added tileset.
 */
export function queryFromStores(stores: Stores): string {
  const query = new URLSearchParams();
  const { city, look, theme, hour, basemap } = stores.city.get();
  if (city !== "shenyang") query.set("city", city);
  const { observed } = stores.camera.get();
  if (observed) {
    const { longitudeDeg, latitudeDeg, height, headingDeg, pitchDeg } = observed;
    query.set(
      "view",
      [
        longitudeDeg.toFixed(6),
        latitudeDeg.toFixed(6),
        height.toFixed(1),
        headingDeg.toFixed(1),
        pitchDeg.toFixed(1),
      ].join(","),
    );
  }
  if (theme) query.set("theme", theme);
  else if (look !== "natural") query.set("look", look);
  const { active: filtered } = stores.buildingFilter.get();
  if (filtered) query.set("filter", `${filtered.others}:${filtered.filter}`);
  if (hour !== 16) query.set("hour", String(hour));
  if (basemap.kind !== "offline") query.set("basemap", JSON.stringify(basemap));
  const { layers } = stores.layers.get();
  const maps = mapsText(layers);
  if (maps) query.set("maps", maps);
  for (const { map } of layers) if (map?.link) query.append("service", map.link);
  for (const layer of layers)
    if (layer.kind === "tileset" && layer.url && !layer.map) query.append("tiles", layer.url);
  const hidden = layers
    .filter((layer) => !layer.visible && layer.kind !== "tileset" && layer.kind !== "data" && !layer.map)
    .map((layer) => layer.id);
  if (hidden.length > 0) query.set("hide", hidden.join(","));
  const { mode } = stores.ui.get();
  if (mode === "command" || mode === "wall") query.set("mode", mode);
  const { active, waterLevel, chosenWarning } = stores.scenario.get();
  if (active) query.set("scenario", active.id);
  if (waterLevel !== null) query.set("water", String(waterLevel));
  if (chosenWarning) query.set("warning", chosenWarning);
  const { sensors } = stores.display.get();
  if (sensors.mode !== "marks" || sensors.kind)
    query.set("sensors", sensors.kind ? `${sensors.mode}:${sensors.kind}` : sensors.mode);
  const { source, display } = stores.terrain.get();
  if (source !== null)
    query.set("terrain", [source, display.exaggeration, display.shading, display.contours ?? 0].join("|"));
  const { chosen } = stores.incidents.get();
  if (chosen) query.set("incident", chosen);
  const { mode: shown, atMs, packageName } = stores.timeline.get();
  if (shown === "past" && atMs !== null && !packageName) query.set("at", new Date(atMs).toISOString());
  const { models, open, section } = stores.models.get();
  for (const model of models) if (model.source) query.append("ifc", model.source);
  if (open) query.set("open", open);
  if (open && section) query.set("section", `${section.axis},${section.offset},${section.flipped ? 1 : 0}`);
  const select = selectionText(stores);
  if (select) query.set("select", select);
  return query.toString();
}

/** Layers of the catalogue, the lowest first: `land-use:0.6,-metro`; a minus stands before a hidden one. */
function mapsText(layers: readonly Layer[]): string {
  return layers
    .filter(({ map }) => map?.origin === "catalogue")
    .map(({ id, opacity, visible }) => `${visible ? "" : "-"}${id}:${Number(opacity.toFixed(2))}`)
    .join(",");
}

/** Shown one after another, so that the first one lies lowest. */
function mapCommands(maps: string | null, services: readonly string[]): Command[] {
  const catalogue = (maps?.split(",") ?? []).flatMap((text): Command[] => {
    const [name = "", opacity] = text.split(":");
    const id = name.replace(/^-/, "");
    if (id === "") return [];
    const share = opacity === undefined ? Number.NaN : Number(opacity);
    const show: Command = { type: "show-map", id, opacity: share >= 0 && share <= 1 ? share : null };
    return name.startsWith("-") ? [show, { type: "show-layer", id, visible: false }] : [show];
  });
  return [
    ...catalogue,
    ...services.flatMap((text): Command[] => {
      const service = parseJson(text);
      return service ? [{ type: "add-map", service: service as MapServiceInput }] : [];
    }),
  ];
}

function selectionText(stores: Stores): string | null {
  const { selection } = stores.selection.get();
  switch (selection.kind) {
    case "building":
      return `building:${selection.layerId}:${selection.buildingId}`;
    case "element":
      return `element:${selection.modelId}:${selection.globalId}`;
    case "sensor":
      return `sensor::${selection.sensorId}`;
    default:
      return null;
  }
}

/** Commands that bring back what a link shows, in an order in which each finds what it needs. */
export function commandsFromQuery(search: string): Command[] {
  const query = new URLSearchParams(search);
  const commands: Command[] = [];
  const text = (name: string) => query.get(name);
  const city = text("city");
  if (city && Object.hasOwn(CITIES, city)) commands.push({ type: "set-city", city: city as CityId });
  const view = numbers(text("view"), 5);
  if (view) {
    const [longitudeDeg, latitudeDeg, height, headingDeg, pitchDeg] = view as [
      number,
      number,
      number,
      number,
      number,
    ];
    commands.push({ type: "fly-to", longitudeDeg, latitudeDeg, height, headingDeg, pitchDeg, durationS: 0 });
  }
  const theme = text("theme");
  if (theme) commands.push({ type: "style-by", property: theme as "height" });
  const look = text("look");
  if (look) commands.push({ type: "set-look", look: look as "night" });
  const hour = numbers(text("hour"), 1);
  if (hour) commands.push({ type: "set-hour", hour: hour[0]! });
  const [others, ...filter] = text("filter")?.split(":") ?? [];
  if (filter.length > 0)
    commands.push({ type: "filter-buildings", filter: filter.join(":"), others: others as "faint" });
  const basemap = parseJson(text("basemap"));
  if (basemap) commands.push({ type: "set-basemap", basemap: basemap as Basemap });
  commands.push(...terrainCommands(text("terrain")));
  for (const url of query.getAll("tiles")) commands.push({ type: "add-tileset", url });
  for (const source of query.getAll("ifc")) commands.push({ type: "open-ifc", source });
  commands.push(...mapCommands(text("maps"), query.getAll("service")));
  const scenario = text("scenario");
  if (scenario) commands.push({ type: "open-scenario", id: scenario, ...(view && { keepView: true }) });
  const mode = text("mode");
  if (mode === "command" || mode === "wall") commands.push({ type: "set-mode", mode });
  const display = text("sensors")?.split(":");
  if (display)
    commands.push({ type: "set-sensor-display", mode: display[0] as "marks", kind: display[1] || null });
  const water = numbers(text("water"), 1);
  if (water) commands.push({ type: "set-water-level", level: water[0]! });
  for (const id of text("hide")?.split(",") ?? []) commands.push({ type: "show-layer", id, visible: false });
  const open = text("open");
  if (open) commands.push({ type: "open-building", id: open });
  const section = text("section")?.split(",");
  if (section?.length === 3 && Number.isFinite(Number(section[1])))
    commands.push({
      type: "set-section",
      section: { axis: section[0] as "up", offset: Number(section[1]), flipped: section[2] === "1" },
    });
  commands.push(...selectionCommands(text("select")));
  const warning = text("warning");
  if (warning) commands.push({ type: "choose-warning", id: warning });
  const timeMs = Date.parse(text("at") ?? "");
  if (timeMs >= 0) commands.push({ type: "go-to-time", timeMs });
  const incident = text("incident");
  if (incident) commands.push({ type: "choose-incident", id: incident });
  if (view && commands.some(movesCamera)) commands.push({ ...commands.find(isViewCommand)! });
  const story = text("story");
  if (story) commands.push({ type: "play-story", id: story });
  return commands;
}

/** `source|exaggeration|shading|contours`, as in `queryFromStores`. */
function terrainCommands(text: string | null): Command[] {
  const parts = text?.split("|") ?? [];
  const source = parts.slice(0, -3).join("|") || parts[0];
  if (!source) return [];
  const commands: Command[] = [{ type: "set-terrain", source }];
  if (parts.length < 4) return commands;
  const [exaggeration, shading, contours] = parts.slice(-3);
  const relief = {
    exaggeration: Number(exaggeration),
    shading: shading as ReliefShading,
    contours: Number(contours) || null,
  };
  if (relief.exaggeration >= 1) commands.push({ type: "set-relief", ...relief });
  return commands;
}

function selectionCommands(text: string | null): Command[] {
  const [kind, holder = "", ...rest] = text?.split(":") ?? [];
  const id = rest.join(":");
  if (!id) return [];
  if (kind === "building") return [{ type: "select", target: { kind, layerId: holder, buildingId: id } }];
  if (kind === "element") return [{ type: "select", target: { kind, modelId: holder, globalId: id } }];
  if (kind === "sensor") return [{ type: "select", target: { kind, sensorId: id } }];
  return [];
}

function isViewCommand(command: Command): boolean {
  return command.type === "fly-to";
}

/** Opening these flies somewhere: the link's own view is set again after them. */
function movesCamera(command: Command): boolean {
  return ["add-tileset", "open-ifc", "choose-warning", "choose-incident"].includes(command.type);
}

function numbers(text: string | null, count: number): number[] | null {
  if (!text) return null;
  const values = text.split(",").map(Number);
  return values.length === count && values.every(Number.isFinite) ? values : null;
}

function parseJson(text: string | null): unknown {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
