import { TwinError, toPlainError } from "../base/errors.ts";
import type { BimView } from "../bim/contract.ts";
import { readModelFile } from "../local/model-files.ts";
import type { WireParts } from "./parts.ts";

export interface CloseUpWire {
  /** Resolves when the model asked for is on screen; rejects with the reason it cannot be shown. */
  shown(): Promise<void>;
  whenIdle(): Promise<void>;
  zoomToFit(): void;
}

/** The three.js view beside the city: loaded at the first use, kept while the page lives, shown while a model is open. */
export function wireCloseUp({ stores, scope, run }: WireParts, host: HTMLElement): CloseUpWire {
  let view: BimView | null = null;
  let showing: Promise<void> = Promise.resolve();
  let turn = 0;

  const loadView = async (): Promise<BimView> => {
    if (view) return view;
    const { createBimView } = await import("../bim/bim-view.ts");
    view = createBimView(host);
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
  };
  const show = async (id: string) => {
    const mine = ++turn;
    const bim = await loadView();
    if (mine !== turn) return;
    host.hidden = false;
    try {
      await bim.open(id, (path) => readModelFile(id, path));
    } catch (error) {
      if (mine !== turn) return;
      throw error;
    }
    if (mine !== turn) return;
    applySelection();
    applyStoreys();
    bim.setSection(stores.models.get().section);
  };
  const applySelection = () => {
    const { selection } = stores.selection.get();
    const { open } = stores.models.get();
    view?.select(selection.kind === "element" && selection.modelId === open ? selection.globalId : null);
  };
  const applyStoreys = () => {
    const { open, models } = stores.models.get();
    const model = models.find((entry) => entry.id === open);
    if (!model) return;
    const hidden = new Set(model.hiddenStoreys);
    view?.hideStoreys(model.storeys.flatMap((storey, index) => (hidden.has(storey.globalId) ? [index] : [])));
  };

  scope.add(
    stores.models.watch(
      (s) => s.open,
      (open) => {
        if (open) {
          showing = show(open).catch((error) => {
            stores.models.set({ open: null });
            const { code, message, params } = toPlainError(error);
            throw new TwinError(code, message, params, error);
          });
          showing.catch(() => {});
          return;
        }
        turn++;
        host.hidden = true;
        view?.close();
      },
    ),
  );
  scope.add(
    stores.models.watch(
      (s) => s.section,
      (section) => view?.setSection(section),
    ),
  );
  scope.add(stores.models.watch((s) => s.models, applyStoreys));
  scope.add(stores.selection.watch((s) => s.selection, applySelection));
  scope.add(
    stores.ui.watch(
      (s) => s.theme,
      (theme) => view?.setTheme(theme),
    ),
  );
  return {
    shown: () => showing,
    whenIdle: async () => {
      if (stores.models.get().open) await view?.whenIdle();
    },
    zoomToFit: () => view?.zoomToFit(),
  };
}
