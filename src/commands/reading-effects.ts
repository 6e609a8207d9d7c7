import { TwinError } from "../base/errors.ts";
import { MIN_AREA_POINTS, POINTS_OF } from "../domain/reading/measure.ts";
import {
  hideRows,
  isolateRows,
  type ModelReading,
  newReading,
  selectRows,
  showAll,
  showRows,
  undoVisibility,
} from "../domain/reading/model-reading.ts";
import { type Rows, toRows } from "../domain/reading/row-set.ts";
import type { Stores } from "../state/stores.ts";
import type { Effects } from "./effect.ts";
import { requireModel } from "./model-effects.ts";
import type { READING_SCHEMAS } from "./reading-schemas.ts";

/** Effects of the commands about reading a model. */
export const READING_EFFECTS: Effects<keyof typeof READING_SCHEMAS> = {
  "select-elements": ({ id, rows, mode }, { stores }) =>
    change(stores, id, (reading) => selectRows(reading, toRows(rows, reading.count), mode)),
  "hide-elements": ({ id, rows }, { stores }) =>
    change(stores, id, (reading) => hideRows(reading, rowsOrSelected(reading, rows))),
  "show-elements": ({ id, rows }, { stores }) =>
    change(stores, id, (reading) => showRows(reading, toRows(rows, reading.count))),
  "isolate-elements": ({ id, rows }, { stores }) =>
    change(stores, id, (reading) => isolateRows(reading, rowsOrSelected(reading, rows))),
  "show-all-elements": ({ id }, { stores }) => change(stores, id, showAll),
  "undo-visibility": ({ id }, { stores }) => change(stores, id, undoVisibility),
  "set-xray": ({ id, on }, { stores }) => change(stores, id, (reading) => ({ ...reading, isXray: on })),
  "show-voids": ({ id, kind, visible }, { stores }) =>
    change(stores, id, (reading) => ({
      ...reading,
      voids: [...reading.voids.filter((other) => other !== kind), ...(visible ? [kind] : [])],
    })),
  "zoom-to-elements": ({ id }, { stores, ports }) => ports.zoomToElements(requireModel(stores, id).id),
  "colour-elements-by": async ({ id, property }, { stores, ports }) => {
    const colouring = property && (await ports.colourElements(requireModel(stores, id).id, property));
    change(stores, id, (reading) => ({ ...reading, colouring: colouring || null }));
  },
  "search-elements": ({ id, query }, { stores, ports }) =>
    ports.searchElements(requireModel(stores, id).id, query),
  "set-reading-panel": ({ panel }, { stores }) => stores.reading.set({ panel }),
  "set-planes": ({ planes }, { stores }) => stores.reading.set({ planes: planes.map(normalised) }),
  "set-section-box": ({ box }, { stores }) => stores.reading.set({ box }),
  "set-plan": ({ storey }, { stores }) =>
    stores.reading.set({ plan: storey, ...(storey !== null && { walking: false }) }),
  "set-explode": ({ gap }, { stores }) => stores.reading.set({ explodeM: gap }),
  "set-walking": ({ on }, { stores }) =>
    stores.reading.set({ walking: on && stores.models.get().open !== null, ...(on && { plan: null }) }),
  "set-measuring": ({ kind }, { stores }) =>
    stores.reading.set({ measuring: kind && { kind, points: [] }, ...(kind && { panel: "measure" }) }),
  "add-measure-point": ({ point }, { stores }) => addPoint(stores, point),
  "finish-measure": (_args, { stores }) => finish(stores),
  "remove-measure": ({ measure }, { stores }) =>
    stores.reading.set({
      measures: stores.reading.get().measures.filter(({ id }) => measure !== null && id !== measure),
    }),
  "save-viewpoint": ({ id, title }, { stores, ports }) =>
    ports.saveViewpoint(requireModel(stores, id).id, title),
  "show-viewpoint": ({ viewpoint }, { ports }) => ports.showViewpoint(viewpoint),
  "change-viewpoint": ({ viewpoint, title, comment }, { ports }) =>
    ports.changeViewpoint(viewpoint, title ?? null, comment ?? null),
  "remove-viewpoint": ({ viewpoint }, { ports }) => ports.removeViewpoint(viewpoint),
  "export-bcf": ({ id, version }, { stores, ports }) => ports.exportBcf(requireModel(stores, id).id, version),
  "import-bcf": ({ id, source }, { stores, ports }) => ports.importBcf(requireModel(stores, id).id, source),
  "check-ids": ({ id, source }, { stores, ports }) => ports.checkIds(requireModel(stores, id).id, source),
  "choose-reading-file": ({ id, kind }, { stores, ports }) =>
    ports.chooseReadingFile(requireModel(stores, id).id, kind),
  "close-check": (_args, { stores }) => stores.reading.set({ check: null }),
};

function change(stores: Stores, id: string, update: (reading: ModelReading) => ModelReading): void {
  const model = requireModel(stores, id);
  const { models } = stores.reading.get();
  const reading = models[model.id] ?? newReading(model.rows);
  const next = update(reading);
  if (next !== reading) stores.reading.set({ models: { ...models, [model.id]: next } });
}

function rowsOrSelected(reading: ModelReading, rows: ArrayLike<number> | null): Rows {
  return rows ? toRows(rows, reading.count) : reading.selected;
}

type Plane = { readonly normal: [number, number, number]; readonly offset: number };

function normalised({ normal, offset }: Plane): Plane {
  const length = Math.hypot(...normal);
  if (length === 0)
    throw new TwinError("reading.flat_plane", "A section plane needs a direction: its normal has no length.");
  return { normal: normal.map((part) => part / length) as Plane["normal"], offset };
}

function addPoint(stores: Stores, point: readonly [number, number, number]): void {
  const { measuring } = stores.reading.get();
  if (!measuring) return;
  const points = [...measuring.points, point];
  stores.reading.set({ measuring: { ...measuring, points } });
  if (points.length >= POINTS_OF[measuring.kind]) finish(stores);
}

/** Keeps what was measured, and stands ready for the next. */
function finish(stores: Stores): void {
  const { measuring, measures } = stores.reading.get();
  if (!measuring) return;
  const { kind, points } = measuring;
  const isComplete = points.length >= Math.min(POINTS_OF[kind], MIN_AREA_POINTS);
  const id = 1 + measures.reduce((most, measure) => Math.max(most, measure.id), 0);
  stores.reading.set({
    measuring: { kind, points: [] },
    measures: isComplete ? [...measures, { id, kind, points }] : measures,
  });
}
