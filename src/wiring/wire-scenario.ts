import { TwinError } from "../base/errors.ts";
import type { Layer } from "../domain/layer.ts";
import type { PlaceDeg } from "../domain/pose.ts";
import type { LocalText } from "../domain/provenance.ts";
import { computeIndicators } from "../domain/risk-rules.ts";
import type { ScenarioLayer, ScenarioManifest } from "../domain/scenario.ts";
import { parseScenario } from "../domain/scenario-parser.ts";
import type { AnalysisDesk } from "./analysis-desk.ts";
import { extentOf } from "./extent.ts";
import { fetchJson } from "./fetch-json.ts";
import type { WireParts } from "./parts.ts";
import type { LayerWire } from "./wire-layers.ts";
import type { RiskWire } from "./wire-risk.ts";

export interface ScenarioWire {
  /** Reads the list of packs; a pack that cannot be read is not offered. */
  loadIndex(): Promise<void>;
  openScenario(id: string): Promise<void>;
  closeScenario(): void;
  /** Shows the layers of a pack as the past had it open; what is followed stays as it is. */
  presentScenario(id: string | null): Promise<void>;
  setWaterLevel(level: number | null): Promise<void>;
  showWarning(id: string): Promise<void>;
}

interface Tools {
  readonly layers: LayerWire;
  readonly risk: RiskWire;
  readonly analysis: AnalysisDesk;
  readonly flyTo: (target: PlaceDeg, range: number) => Promise<void>;
}

/** CIM+ scenario packs: manifest to layers, feeds, indicators and analyses. */
export function wireScenario(parts: WireParts, tools: Tools): ScenarioWire {
  const packs = new ScenarioPacks(parts, tools);
  const { stores, scope } = parts;
  tools.risk.onSummary(() => packs.computeIndicators());
  scope.add(
    stores.city.watch(
      (s) => s.city,
      () => packs.moveToCity(),
    ),
  );
  return {
    openScenario: (id) => packs.open(id),
    closeScenario: () => packs.close(),
    presentScenario: (id) => packs.present(id),
    setWaterLevel: (level) => packs.setWaterLevel(level),
    showWarning: (id) => packs.showWarning(id),
    loadIndex: () => packs.loadIndex(),
  };
}

class ScenarioPacks {
  readonly #parts: WireParts;
  readonly #tools: Tools;
  #waterTurn = 0;
  /** Layers of the catalogue that came with the open pack, and go with it. */
  #maps: readonly string[] = [];

  constructor(parts: WireParts, tools: Tools) {
    this.#parts = parts;
    this.#tools = tools;
  }

  async loadIndex(): Promise<void> {
    const index = await fetchJson<{ scenarios: { id: string; title: LocalText }[] }>(
      `${this.#parts.baseUrl}scenarios/index.json`,
    );
    this.#parts.stores.scenario.set({ available: index.scenarios });
  }

  async open(id: string): Promise<void> {
    const { stores } = this.#parts;
    this.#requireLive();
    if (stores.scenario.get().active?.id === id) return;
    const manifest = await this.#read(id);
    this.close();
    this.#show(manifest);
    this.#tools.risk.follow(manifest);
  }

  async present(id: string | null): Promise<void> {
    if ((this.#parts.stores.scenario.get().active?.id ?? null) === id) return;
    const manifest = id === null ? null : await this.#read(id);
    this.#hide();
    if (manifest) this.#show(manifest);
  }

  /** What is open in the past is what was open then. */
  #requireLive(): void {
    if (this.#parts.stores.timeline.get().mode !== "live")
      throw new TwinError("timeline.past", "The past is shown: go back to live, or start a what-if.");
  }

  #read(id: string): Promise<ScenarioManifest> {
    return readManifest(`${this.#parts.baseUrl}scenarios/${id}/manifest.json`);
  }

  #show(manifest: ScenarioManifest): void {
    const { stores, view } = this.#parts;
    stores.scenario.set({ active: manifest, error: null });
    for (const layer of manifest.layers) this.#tools.layers.putLayer(overlayLayer(layer, manifest));
    for (const layer of manifest.layers) view.showOverlay(layer.kind, true);
    const shown = new Set(stores.layers.get().layers.map(({ id }) => id));
    this.#maps = (manifest.maps ?? []).filter((id) => !shown.has(id));
    for (const id of manifest.maps ?? []) void this.#parts.run({ type: "show-map", id });
  }

  close(): void {
    this.#requireLive();
    if (!this.#parts.stores.scenario.get().active) return;
    this.#tools.risk.follow(null);
    this.#hide();
  }

  #hide(): void {
    const { stores, view } = this.#parts;
    const { layers } = this.#tools;
    const { active } = stores.scenario.get();
    if (!active) return;
    this.#waterTurn++;
    view.setWater(null);
    for (const layer of active.layers) layers.dropLayer(layer.id);
    for (const id of this.#maps) void this.#parts.run({ type: "show-map", id, visible: false });
    this.#maps = [];
    stores.scenario.set({
      active: null,
      indicators: [],
      waterLevel: null,
      inundation: null,
      chosenWarning: null,
      affected: null,
    });
  }

  async setWaterLevel(level: number | null): Promise<void> {
    const { stores, view } = this.#parts;
    const turn = ++this.#waterTurn;
    stores.scenario.set({ waterLevel: level, ...(level === null && { inundation: null }) });
    if (level === null) return view.setWater(null);
    const { mesh, affected } = await this.#tools.analysis.inundate(level);
    if (turn !== this.#waterTurn) return;
    view.setWater(mesh);
    stores.scenario.set({ inundation: affected });
  }

  async showWarning(id: string): Promise<void> {
    const { stores } = this.#parts;
    const { analysis, flyTo } = this.#tools;
    const warning = stores.risk.get().warnings.find((other) => other.id === id);
    if (!warning) throw new TwinError("warning.unknown", `Warning ${id} is not in force any more.`, { id });
    const extent = extentOf(warning);
    const [affected] = await Promise.all([
      analysis.inside(warning),
      extent ? flyTo(extent.center, Math.max(1800, extent.radius * 3)) : null,
    ]);
    if (stores.scenario.get().chosenWarning === id) stores.scenario.set({ affected });
  }

  computeIndicators(): void {
    const { stores } = this.#parts;
    const { active } = stores.scenario.get();
    if (!active) return;
    const { sensors, values, levels, timesMs } = this.#tools.risk.desk;
    const { warnings } = stores.risk.get();
    const indicators = computeIndicators(active, { sensors, values, levels, timesMs, warnings });
    stores.scenario.set({ indicators });
  }

  /** An open pack goes on in a city that was changed to: its feeds, and the water at the same level. */
  moveToCity(): void {
    const { stores, onError } = this.#parts;
    const { active, waterLevel } = stores.scenario.get();
    if (!active) return;
    stores.scenario.set({ chosenWarning: null, affected: null });
    if (stores.timeline.get().mode === "live") this.#tools.risk.follow(active);
    this.setWaterLevel(waterLevel).catch(onError);
  }
}

/** Keeps what the manifest says and turns its error into one that names the file. */
async function readManifest(url: string): Promise<ScenarioManifest> {
  return parseScenario(await fetchJson<unknown>(url));
}

function overlayLayer(layer: ScenarioLayer, manifest: ScenarioManifest): Layer {
  const feed = manifest.feeds.find((other) => other.id === layer.feed);
  return {
    id: layer.id,
    kind: layer.kind,
    title: layer.title,
    visible: true,
    opacity: 1,
    status: "ready",
    provenance: feed?.provenance ?? { kind: "SIMULATED", source: manifest.title },
    removable: false,
  };
}
