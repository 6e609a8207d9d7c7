import { TwinError, toPlainError } from "../base/errors.ts";
import type { BimView } from "../bim/contract.ts";
import { axisPlane } from "../domain/reading/section-plane.ts";
import { readModelFile } from "../local/model-files.ts";
import type { ModelLibrary } from "./model-library.ts";
import type { WireParts } from "./parts.ts";

export interface CloseUpWire {
  /** Resolves when the model asked for is on screen; rejects with the reason it cannot be shown. */
  shown(): Promise<void>;
  whenIdle(): Promise<void>;
  zoomToFit(): void;
}

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

  constructor(parts: WireParts, host: HTMLElement, library: ModelLibrary) {
    this.#library = library;
    this.#parts = parts;
    this.#host = host;
    this.#watchModels();
    this.#watchEmphasis();
  }

  shown(): Promise<void> {
    return this.#showing;
  }

  async whenIdle(): Promise<void> {
    if (this.#parts.stores.models.get().open) await this.#view?.whenIdle();
  }

  zoomToFit(): void {
    this.#view?.zoomToFit();
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

  #watchEmphasis(): void {
    const { stores, scope } = this.#parts;
    scope.add(
      stores.selection.watch(
        (s) => s.selection,
        () => this.#applySelection(),
      ),
    );
    scope.add(
      stores.ui.watch(
        (s) => s.theme,
        (theme) => this.#view?.setTheme(theme),
      ),
    );
  }

  #follow(open: string | null): void {
    if (!open) {
      this.#turn++;
      this.#host.hidden = true;
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
    this.#applySelection();
    this.#applyStoreys();
    this.#applySections();
  }

  async #loadView(): Promise<BimView> {
    if (this.#view) return this.#view;
    const { createBimView } = await import("../bim/bim-view.ts");
    const { stores, scope, run } = this.#parts;
    const view = createBimView(this.#host);
    this.#view = view;
    scope.own(view);
    view.setTheme(stores.ui.get().theme);
    view.on("clicked", ({ globalId }) => {
      const { open } = stores.models.get();
      if (!open) return;
      void run(
        globalId
          ? { type: "select", target: { kind: "element", modelId: open, globalId } }
          : { type: "clear-selection" },
      );
    });
    return view;
  }

  #applySections(): void {
    const { section } = this.#parts.stores.models.get();
    this.#view?.setSections(section ? [axisPlane(section.axis, section.offset, section.flipped)] : []);
  }

  #applySelection(): void {
    const { selection } = this.#parts.stores.selection.get();
    const { open } = this.#parts.stores.models.get();
    if (selection.kind !== "element" || selection.modelId !== open) {
      this.#view?.select([]);
      return;
    }
    const { globalId } = selection;
    void this.#library.rowOf(open, globalId).then((row) => {
      const now = this.#parts.stores.selection.get().selection;
      if (now.kind === "element" && now.globalId === globalId) this.#view?.select(row < 0 ? [] : [row]);
    });
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
