import { isAbort } from "../base/abort.ts";
import { TwinError } from "../base/errors.ts";
import type { TerrainPorts } from "../commands/ports.ts";
import type { Layer } from "../domain/layer.ts";
import { sampleLine } from "../domain/profile-line.ts";
import { profileCsv, type TerrainProfile, type TerrainRange } from "../domain/terrain.ts";
import { nameFromUrl } from "../domain/url-name.ts";
import type { WireParts } from "./parts.ts";
import { saveFile } from "./save-file.ts";
import type { LayerWire } from "./wire-layers.ts";

const LAYER_ID = "terrain";

export interface TerrainWire extends TerrainPorts {
  /** True when the layer is the terrain, which then is off. */
  remove(id: string): boolean;
  zoomTo(id: string): Promise<void> | null;
}

/** What the folder of a terrain says of itself, when `npm run terrain` wrote it. */
interface TerrainFolder {
  readonly range: TerrainRange | null;
  readonly bounds: readonly [number, number, number, number] | null;
  readonly title: string | null;
  readonly attribution: string | null;
}

/** The globe's shape follows the store; the profile's line and chart follow each other. */
export function wireTerrain(
  parts: WireParts,
  layers: Pick<LayerWire, "putLayer" | "dropLayer">,
): TerrainWire {
  const { stores, view, scope, baseUrl } = parts;
  let folder: TerrainFolder | null = null;
  const urlOf = (source: string) =>
    source === "demo"
      ? `${baseUrl}tilesets/${stores.city.get().city}/terrain/`
      : new URL(source, baseUrl).href;

  const setTerrain = async (source: string | null): Promise<void> => {
    if (source === null) {
      await view.setTerrain(null);
      folder = null;
      stores.terrain.set({ source: null, range: null, drawing: null, profile: null, hovered: null });
      layers.dropLayer(LAYER_ID);
      return;
    }
    const url = urlOf(source);
    await view.setTerrain(url);
    folder = await readFolder(url);
    stores.terrain.set({ source, range: folder.range, drawing: null, profile: null, hovered: null });
    layers.putLayer(layerOf(source, url, folder));
  };

  const applyRelief = () => {
    const { display, range } = stores.terrain.get();
    view.setRelief(display, range);
  };
  scope.add(stores.terrain.watch((s) => s.display, applyRelief));
  scope.add(stores.terrain.watch((s) => s.range, applyRelief));
  scope.add(
    stores.city.watch(
      (s) => s.city,
      () => {
        if (stores.terrain.get().source === "demo") setTerrain("demo").catch(parts.onError);
      },
    ),
  );
  scope.add(
    stores.layers.watch(
      (s) => s.layers.find(({ id }) => id === LAYER_ID)?.visible,
      (isVisible, was) => {
        const { source } = stores.terrain.get();
        if (source === null || was === undefined || isVisible === undefined) return;
        view.setTerrain(isVisible ? urlOf(source) : null).catch(parts.onError);
      },
    ),
  );
  followDrawing(parts);

  return {
    setTerrain,
    measureProfile: (line) => measure(parts, line),
    exportProfile() {
      const { profile } = stores.terrain.get();
      if (profile)
        saveFile({ name: "profile.csv", type: "text/csv;charset=utf-8", text: profileCsv(profile) });
    },
    remove(id) {
      if (id !== LAYER_ID) return false;
      setTerrain(null).catch(parts.onError);
      return true;
    },
    zoomTo(id) {
      if (id !== LAYER_ID) return null;
      return flyOver(parts, folder?.bounds ?? null);
    },
  };
}

async function measure(
  { stores, view }: WireParts,
  line: readonly (readonly [number, number])[],
): Promise<TerrainProfile> {
  if (!stores.layers.get().layers.find(({ id }) => id === LAYER_ID)?.visible)
    throw new TwinError("terrain.none", "There is no terrain to measure: switch one on under Layers first.");
  const samples = sampleLine(line);
  const height = await view.terrainHeights(samples.longitudeDeg, samples.latitudeDeg);
  if (height.some(Number.isNaN))
    throw new TwinError(
      "terrain.no-height",
      "The terrain gave no height along this line: it did not load or does not reach there. Try again or draw elsewhere.",
    );
  return { line, ...samples, height };
}

async function flyOver({ view }: WireParts, bounds: TerrainFolder["bounds"]): Promise<void> {
  if (!bounds) return;
  const [west, south, east, north] = bounds;
  const target = { longitudeDeg: (west + east) / 2, latitudeDeg: (south + north) / 2, height: 0 };
  const range = Math.max(2000, (north - south) * 111_000 * 1.3);
  await view.flyTo({ target, range, headingDeg: 0, pitchDeg: -40 }, null).catch((error: unknown) => {
    if (!isAbort(error)) throw error;
  });
}

/** Clicks become corners; Enter or a double click ends the line, Backspace takes the last corner back. */
function followDrawing({ stores, view, scope, run }: WireParts): void {
  const draw = () => {
    const { drawing, profile, hovered } = stores.terrain.get();
    if (drawing)
      view.setProfileDrawing({
        longitudeDeg: drawing.map(([lon]) => lon),
        latitudeDeg: drawing.map(([, lat]) => lat),
        heights: null,
        marker: null,
      });
    else if (profile)
      view.setProfileDrawing({
        longitudeDeg: profile.longitudeDeg,
        latitudeDeg: profile.latitudeDeg,
        heights: profile.height,
        marker: hovered,
      });
    else view.setProfileDrawing(null);
  };
  for (const key of ["drawing", "profile", "hovered"] as const)
    scope.add(stores.terrain.watch((state) => state[key], draw));
  scope.add(stores.terrain.watch((state) => state.display.exaggeration, draw));
  scope.add(
    view.on("clicked", ({ place }) => {
      if (!stores.terrain.get().drawing || !place) return;
      const { longitudeDeg, latitudeDeg } = place;
      void run({ type: "add-profile-corner", longitudeDeg, latitudeDeg });
    }),
  );
  scope.listen(view.canvas, "dblclick", () => {
    if (stores.terrain.get().drawing) void run({ type: "finish-profile" });
  });
  scope.listen(window, "keydown", (event: KeyboardEvent) => {
    const { drawing } = stores.terrain.get();
    if (!drawing || event.defaultPrevented || isInControl(event.target)) return;
    if (event.key === "Enter") void run({ type: "finish-profile" });
    else if (event.key === "Backspace") stores.terrain.set({ drawing: drawing.slice(0, -1) });
    else return;
    event.preventDefault();
  });
}

function isInControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, [role=menuitem]");
}

async function readFolder(url: string): Promise<TerrainFolder> {
  const read = async (name: string): Promise<Record<string, unknown>> => {
    try {
      const response = await fetch(`${url.replace(/\/?(layer\.json)?$/, "/")}${name}`);
      return response.ok ? ((await response.json()) as Record<string, unknown>) : {};
    } catch {
      return {};
    }
  };
  const [layer, source] = await Promise.all([read("layer.json"), read("source.json")]);
  const heights = source.heights as { min?: unknown; max?: unknown } | undefined;
  const [min, max] = [Number(heights?.min), Number(heights?.max)];
  const bounds = layer.bounds;
  const isBounds = Array.isArray(bounds) && bounds.length === 4 && bounds.every(Number.isFinite);
  return {
    range: Number.isFinite(min) && max > min ? { min, max } : null,
    bounds: isBounds ? (bounds as [number, number, number, number]) : null,
    title: typeof layer.name === "string" ? layer.name : null,
    attribution: typeof layer.attribution === "string" ? layer.attribution : null,
  };
}

function layerOf(source: string, url: string, { title, attribution }: TerrainFolder): Layer {
  const isDemo = source === "demo";
  const name = title ?? nameFromUrl(url);
  return {
    id: LAYER_ID,
    kind: "terrain",
    title: isDemo ? { zh: "示范地形", en: "Demo terrain" } : { zh: name, en: name },
    visible: true,
    opacity: 1,
    status: "ready",
    provenance: isDemo
      ? {
          kind: "SAMPLE",
          source: { zh: "由规则生成的示范地形,城区为平地", en: "generated by rules, flat under the city" },
        }
      : { kind: "RECORDED", source: new URL(url).host },
    ...(attribution ? { attribution } : {}),
    ...(isDemo ? {} : { url }),
    removable: true,
  };
}
