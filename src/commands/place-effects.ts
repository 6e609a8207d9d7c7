import type { Effects } from "./effect.ts";
import { requireModel } from "./model-effects.ts";
import type { PLACE_SCHEMAS } from "./place-schemas.ts";

/** Effects of the commands about where a model stands. */
export const PLACE_EFFECTS: Effects<keyof typeof PLACE_SCHEMAS> = {
  "examine-place": async ({ id }, { stores, ports }) => {
    const model = requireModel(stores, id);
    stores.models.set({ open: null, placing: null });
    await ports.examinePlace(model.id);
  },
  "close-place": (_args, { ports }) => ports.examinePlace(null),
  "choose-place": ({ id, candidate }, { stores, ports }) =>
    ports.choosePlace(requireModel(stores, id).id, candidate),
  "look-at-place": ({ candidate }, { ports }) => ports.lookAtPlace(candidate),
  "move-model": ({ id, ...move }, { stores, ports }) => ports.movePlace(requireModel(stores, id).id, move),
  "undo-place": ({ id }, { stores, ports }) => ports.undoPlace(requireModel(stores, id).id),
  "reset-place": ({ id }, { stores, ports }) => ports.resetPlace(requireModel(stores, id).id),
  "save-place": ({ id, as, crs, height }, { stores, ports }) =>
    ports.savePlace(requireModel(stores, id).id, as, crs, height),
  "open-place-file": ({ source }, { ports }) => ports.openPlaceFile(source),
};
