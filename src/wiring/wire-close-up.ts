import { TwinError, toPlainError } from "../base/errors.ts";
import type { BimView, BimViewEvents, RoomName } from "../bim/contract.ts";
import type { IfcModel } from "../domain/model.ts";
import { measureLabel } from "../domain/reading/measure.ts";
import { paintOf } from "../domain/reading/model-reading.ts";
import { NO_ROWS } from "../domain/reading/row-set.ts";
import { cuttingPlanes, type SectionPlane } from "../domain/reading/section-plane.ts";
import { floorOf, liftsOf, PLAN_CUT_M } from "../domain/reading/storey-plan.ts";
import type { ViewCamera } from "../domain/reading/viewpoint.ts";
import { readModelFile } from "../local/model-files.ts";
import type { ReadingState } from "../state/reading-store.ts";
import type { ModelLibrary } from "./model-library.ts";
import type { WireParts } from "./parts.ts";

export interface CloseUpWire {
  /** Null while the close-up has never been open. */
  camera(): ViewCamera | null;
  setCamera(camera: ViewCamera): void;
  zoomToRows(rows: ArrayLike<number>): void;
  /** PNG of the close-up as it is; null while there is none. */
  snapshot(widthPx: number): Promise<Blob | null>;
  /** What cuts the open model now. */
  planes(): readonly SectionPlane[];
  /** Counters of the view, each named `closeUp.<name>`; none while it has never been open. */
  stats(): Readonly<Record<string, number>>;
  /** Resolves when the model asked for is on screen; rejects with the reason it cannot be shown. */
  shown(): Promise<void>;
  whenIdle(): Promise<void>;
  zoomToFit(): void;
}

const MIB = 1024 * 1024;

/** The three.js view beside the city: loaded at the first use, kept while the page lives, shown while a model is open. */
export function wireCloseUp(parts: WireParts, host: HTMLElement, library: ModelLibrary): CloseUpWire {
  return new CloseUp(parts, host, library);
}

class CloseUp implements CloseUpWire {
  readonly #parts: WireParts;
  readonly #host: HTMLElement;
  readonly #library: ModelLibrary;
  #view: BimView | null = null;
  #showing: Promise<void> = Promise.resolve();
  #turn = 0;
  /** Height of the plan's cut in the model frame. */
  #planCut: number | null = null;
  #isPainted = false;

  constructor(parts: WireParts, host: HTMLElement, library: ModelLibrary) {
    this.#library = library;
    this.#parts = parts;
    this.#host = host;
    this.#watchModels();
    this.#watchEmphasis();
    this.#watchReading();
  }

  shown(): Promise<void> {
    return this.#showing;
  }

  stats(): Readonly<Record<string, number>> {
    const own = Object.entries(this.#view?.stats() ?? {});
    return Object.fromEntries(own.map(([name, value]) => [`closeUp.${name}`, value]));
  }

  async whenIdle(): Promise<void> {
    if (this.#parts.stores.models.get().open) await this.#view?.whenIdle();
  }

  zoomToFit(): void {
    this.#stopWalking();
    this.#view?.zoomToFit();
  }

  camera(): ViewCamera | null {
    return this.#view?.camera() ?? null;
  }

  setCamera(camera: ViewCamera): void {
    this.#stopWalking();
    this.#view?.setCamera(camera);
  }

  zoomToRows(rows: ArrayLike<number>): void {
    this.#stopWalking();
    this.#view?.zoomToRows(rows);
  }

  async snapshot(widthPx: number): Promise<Blob | null> {
    return this.#view && this.#parts.stores.models.get().open ? this.#view.snapshot(widthPx) : null;
  }

  planes(): readonly SectionPlane[] {
    const { section } = this.#parts.stores.models.get();
    const { planes, box } = this.#parts.stores.reading.get();
    return cuttingPlanes(section, planes, box, this.#planCut);
  }

  #watchModels(): void {
    const { stores, scope } = this.#parts;
    scope.add(
      stores.models.watch(
        (s) => s.open,
        (open) => this.#follow(open),
      ),
    );
    scope.add(
      stores.models.watch(
        (s) => s.section,
        () => this.#applySections(),
      ),
    );
    scope.add(
      stores.models.watch(
        (s) => s.models,
        () => this.#applyStoreys(),
      ),
    );
  }

  #watchReading(): void {
    const { reading } = this.#parts.stores;
    const follow = <T>(select: (state: ReadingState) => T, fn: () => void) =>
      this.#parts.scope.add(reading.watch(select, fn));
    follow(
      (s) => s.models,
      () => this.#applyReading(),
    );
    follow(
      (s) => s.planes,
      () => this.#applySections(),
    );
    follow(
      (s) => s.box,
      () => this.#applySections(),
    );
    follow(
      (s) => s.plan,
      () => void this.#applyPlan().catch(this.#parts.onError),
    );
    follow(
      (s) => s.explodeM,
      () => this.#applyExplode(),
    );
    follow(
      (s) => s.walking,
      () => void this.#applyWalking().catch(this.#parts.onError),
    );
    follow(
      (s) => s.measuring,
      () => this.#applyMeasures(),
    );
    follow(
      (s) => s.measures,
      () => this.#applyMeasures(),
    );
  }

  #watchEmphasis(): void {
    const { stores, scope } = this.#parts;
    scope.add(
      stores.ui.watch(
        (s) => s.theme,
        (theme) => this.#view?.setTheme(theme),
      ),
    );
    scope.add(
      stores.ui.watch(
        (s) => s.tileMemoryMib,
        (mib) => this.#view?.setTileMemory(mib * MIB),
      ),
    );
  }

  #follow(open: string | null): void {
    if (!open) {
      this.#turn++;
      this.#host.hidden = true;
      this.#planCut = null;
      this.#isPainted = false;
      this.#parts.signals.emit("hovered", null);
      this.#view?.close();
      return;
    }
    this.#showing = this.#show(open).catch((error) => {
      this.#parts.stores.models.set({ open: null });
      const { code, message, params } = toPlainError(error);
      throw new TwinError(code, message, params, error);
    });
    this.#showing.catch(() => {});
  }

  async #show(id: string): Promise<void> {
    const mine = ++this.#turn;
    const bim = await this.#loadView();
    if (mine !== this.#turn) return;
    this.#host.hidden = false;
    try {
      await bim.open(id, (path) => readModelFile(id, path));
    } catch (error) {
      if (mine !== this.#turn) return;
      throw error;
    }
    if (mine !== this.#turn) return;
    this.#applyStoreys();
    this.#applyReading();
    this.#applySections();
    this.#applyMeasures();
    this.#applyExplode();
    await this.#applyPlan();
  }

  async #loadView(): Promise<BimView> {
    if (this.#view) return this.#view;
    const { createBimView } = await import("../bim/bim-view.ts");
    const { stores, scope, run } = this.#parts;
    const view = createBimView(this.#host);
    this.#view = view;
    scope.own(view);
    view.setTheme(stores.ui.get().theme);
    view.setTileMemory(stores.ui.get().tileMemoryMib * MIB);
    view.on("clicked", ({ globalId, row, isAdding }) => {
      const { open: id } = stores.models.get();
      if (!id) return;
      if (isAdding && row !== null) void run({ type: "select-elements", id, rows: [row], mode: "toggle" });
      else if (globalId) void run({ type: "select", target: { kind: "element", modelId: id, globalId } });
      else if (!isAdding) void run({ type: "clear-selection" });
    });
    view.on("hovered", (hovered) => void this.#name(hovered).catch(() => {}));
    view.on("starved", ({ tiles }) => stores.reading.set({ starvedTiles: tiles }));
    view.on("measured", ({ point }) => void run({ type: "add-measure-point", point: [...point] }));
    return view;
  }

  /** What is under the pointer, said as over the city. */
  async #name(hovered: BimViewEvents["hovered"]): Promise<void> {
    const { stores, signals } = this.#parts;
    const { open } = stores.models.get();
    if (!hovered || !open) return signals.emit("hovered", null);
    const { elements } = await this.#library.model(open);
    const { row, x, y } = hovered;
    const named = elements.name[row] ?? "";
    const kind = elements.class[row] ?? "";
    signals.emit("hovered", { title: named || kind, subtitle: named ? kind : "", x, y });
  }

  #applySections(): void {
    this.#view?.setSections(this.planes());
  }

  #applyReading(): void {
    const { open } = this.#parts.stores.models.get();
    const reading = open ? this.#parts.stores.reading.get().models[open] : undefined;
    const paint = paintOf(reading);
    // a selection alone must not rebuild what is drawn
    if (paint || this.#isPainted) this.#view?.setElements(paint);
    this.#isPainted = paint !== null;
    this.#view?.select(reading?.selected ?? NO_ROWS);
    this.#view?.showVoids(reading?.voids ?? []);
    void this.#applyNames().catch(this.#parts.onError);
  }

  async #applyPlan(): Promise<void> {
    const { reading, models } = this.#parts.stores;
    const { plan } = reading.get();
    const { open } = models.get();
    const model = plan && open ? await this.#library.model(open) : null;
    if (reading.get().plan !== plan || models.get().open !== open) return;
    const storey = model?.storeys.findIndex(({ globalId }) => globalId === plan) ?? -1;
    const floor = model && storey >= 0 ? floorOf(model, storey) : null;
    this.#planCut = floor === null ? null : floor + PLAN_CUT_M;
    this.#view?.setPlan(this.#planCut !== null);
    this.#applySections();
    await this.#applyNames();
  }

  /** A plan with its spaces is labelled. */
  async #applyNames(): Promise<void> {
    const { reading, models } = this.#parts.stores;
    const isWanted = () => {
      const { open } = models.get();
      const { plan, models: read } = reading.get();
      return plan !== null && open !== null && read[open]?.voids.includes("spaces") ? open : null;
    };
    const open = isWanted();
    const { plan } = reading.get();
    const names = open ? roomNamesOf(await this.#library.model(open), plan) : [];
    if (isWanted() === open && reading.get().plan === plan) this.#view?.setRoomNames(names);
  }

  /** A flight somewhere ends the walk. */
  #stopWalking(): void {
    const { reading } = this.#parts.stores;
    if (reading.get().walking) reading.set({ walking: false });
  }

  /** Doors are walked through, open or not. */
  async #applyWalking(): Promise<void> {
    const { reading, models } = this.#parts.stores;
    const { open } = models.get();
    const model = reading.get().walking && open ? await this.#library.model(open) : null;
    if (!reading.get().walking || models.get().open !== open) return void this.#view?.setWalking(null);
    const doors = model?.elements.class.flatMap((name, row) => (name.startsWith("IfcDoor") ? [row] : []));
    this.#view?.setWalking(new Set(doors));
  }

  #applyExplode(): void {
    const { open, models } = this.#parts.stores.models.get();
    const model = models.find(({ id }) => id === open);
    if (model) this.#view?.explode(liftsOf(model.storeys, this.#parts.stores.reading.get().explodeM));
  }

  #applyMeasures(): void {
    const { measures, measuring } = this.#parts.stores.reading.get();
    this.#view?.setMeasuring(measuring?.kind ?? null);
    const open = measuring ? [{ points: measuring.points, isClosed: false, label: "" }] : [];
    const marks = measures.map((measure) => ({
      points: measure.points,
      isClosed: measure.kind === "area",
      label: measureLabel(measure),
    }));
    this.#view?.setMeasures([...marks, ...open]);
  }

  #applyStoreys(): void {
    const { open, models } = this.#parts.stores.models.get();
    const model = models.find((entry) => entry.id === open);
    if (!model) return;
    const hidden = new Set(model.hiddenStoreys);
    this.#view?.hideStoreys(
      model.storeys.flatMap((storey, index) => (hidden.has(storey.globalId) ? [index] : [])),
    );
  }
}

/** Of the storey that is looked at; a name that is only a number stays one. */
function roomNamesOf({ elements, counts, voids, storeys }: IfcModel, storeyId: string | null): RoomName[] {
  const storey = storeys.findIndex(({ globalId }) => globalId === storeyId);
  const rows = Array.from({ length: voids?.spaces ?? 0 }, (_, i) => counts.elements + i);
  return rows
    .filter((row) => elements.storey[row] === storey && elements.name[row])
    .map((row) => {
      const at = (k: number) => elements.box[row * 6 + k]!;
      return { name: elements.name[row]!, min: [at(0), at(1), at(2)], max: [at(3), at(4), at(5)] };
    });
}
