import { TwinError } from "../base/errors.ts";
import type { ModelEntry } from "../domain/model.ts";
import type { Stores } from "../state/stores.ts";
import type { Effects } from "./effect.ts";

type ModelCommand =
  | "open-ifc"
  | "choose-ifc-file"
  | "cancel-job"
  | "dismiss-job"
  | "start-placing"
  | "place-model"
  | "cancel-placing"
  | "show-model"
  | "remove-model"
  | "remove-all-models"
  | "zoom-to-model"
  | "show-storey"
  | "isolate-storey"
  | "open-building"
  | "close-building"
  | "set-section";

/** Effects of the commands about IFC models. */
export const MODEL_EFFECTS: Effects<ModelCommand> = {
  "open-ifc": async ({ source, name }, { ports }) => {
    await ports.openIfc(source, name);
  },
  "choose-ifc-file": (_args, { ports }) => ports.openFilePicker(),
  "cancel-job": ({ id }, { ports }) => ports.cancelJob(id),
  "dismiss-job": ({ id }, { stores }) =>
    stores.jobs.set({
      jobs: stores.jobs.get().jobs.filter((job) => job.id !== id || job.state === "running"),
    }),
  "start-placing": ({ id }, { stores }) => {
    stores.models.set({ placing: requireModel(stores, id).id, open: null });
  },
  "place-model": async ({ id, ...place }, { stores, ports }) => {
    await ports.placeModel(requireModel(stores, id).id, place);
    stores.models.set({ placing: null });
  },
  "cancel-placing": (_args, { stores }) => stores.models.set({ placing: null }),
  "show-model": ({ id, visible }, { stores }) => changeModel(stores, id, { visible }),
  "remove-model": async ({ id }, { stores, ports }) => ports.removeModel(requireModel(stores, id).id),
  "remove-all-models": async (_args, { stores, ports }) => {
    for (const { id } of stores.models.get().models) await ports.removeModel(id);
  },
  "zoom-to-model": async ({ id }, { stores, ports }) => ports.zoomToModel(requireModel(stores, id).id),
  "show-storey": ({ id, storey, visible }, { stores }) => {
    const hidden = requireModel(stores, id).hiddenStoreys.filter((other) => other !== storey);
    changeModel(stores, id, { hiddenStoreys: visible ? hidden : [...hidden, storey] });
  },
  "isolate-storey": ({ id, storey }, { stores }) => {
    const model = requireModel(stores, id);
    const hiddenStoreys =
      storey === null ? [] : model.storeys.map((other) => other.globalId).filter((other) => other !== storey);
    changeModel(stores, id, { hiddenStoreys });
  },
  "open-building": async ({ id }, { stores, ports }) => {
    const open = requireModel(stores, id).id;
    const isSame = stores.reading.get().toolsOf === open;
    stores.models.set({ open, placing: null, ...(!isSame && { section: null }) });
    await ports.closeUpShown();
  },
  "close-building": (_args, { stores }) => stores.models.set({ open: null }),
  "set-section": ({ section }, { stores }) => stores.models.set({ section }),
};

/** `sample` stands for the sample building, whose id is the hash of a generated file. */
export function requireModel(stores: Stores, id: string): ModelEntry {
  const model = stores.models
    .get()
    .models.find((entry) => (id === "sample" ? entry.isSample : entry.id === id));
  if (!model)
    throw new TwinError("model.unknown", `No model "${id}" is open: open an IFC file first.`, { id });
  return model;
}

function changeModel(stores: Stores, id: string, change: Partial<ModelEntry>): void {
  const found = requireModel(stores, id);
  stores.models.set({
    models: stores.models.get().models.map((model) => (model === found ? { ...model, ...change } : model)),
  });
}
