import * as v from "valibot";

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const text = v.pipe(v.string(), v.maxLength(2000));
const row = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Rows of the model's elements, in any order. */
const rows = v.union([v.custom<Uint32Array>((value) => value instanceof Uint32Array), v.array(row)]);
const finite = v.pipe(v.number(), v.finite());
const point = v.tuple([finite, finite, finite]);
const plane = v.object({ normal: point, offset: finite });

/** Commands about reading one model. Where `rows` is null, what is selected is meant. */
export const READING_SCHEMAS = {
  "select-elements": { id, rows, mode: v.optional(v.picklist(["replace", "add", "toggle"]), "replace") },
  "hide-elements": { id, rows: v.optional(v.nullable(rows), null) },
  "show-elements": { id, rows },
  "isolate-elements": { id, rows: v.optional(v.nullable(rows), null) },
  "show-all-elements": { id },
  "undo-visibility": { id },
  "set-xray": { id, on: v.boolean() },
  /** What is not built: rooms, and what openings take out. Off until asked for. */
  "show-voids": { id, kind: v.picklist(["spaces", "openings"]), visible: v.boolean() },
  "zoom-to-elements": { id },
  /** `class`, `type`, `storey`, `material`, or a set and a property: `Pset_DoorCommon.FireRating`. */
  "colour-elements-by": { id, property: v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(300))) },
  /** The language is in src/domain/reading/README.md. Empty ends the search. */
  "search-elements": { id, query: text },
  "set-reading-panel": {
    panel: v.picklist(["structure", "search", "section", "measure", "views", "check"]),
  },
  "set-planes": { planes: v.pipe(v.array(plane), v.maxLength(12)) },
  "set-section-box": { box: v.nullable(v.object({ min: point, max: point })) },
  "set-plan": { storey: v.nullable(id) },
  "set-explode": { gap: v.pipe(v.number(), v.minValue(0), v.maxValue(50)) },
  "set-walking": { on: v.boolean() },
  "set-measuring": { kind: v.nullable(v.picklist(["point", "distance", "angle", "area"])) },
  "add-measure-point": { point },
  "finish-measure": {},
  /** Null removes all. */
  "remove-measure": { measure: v.nullable(v.number()) },
  "save-viewpoint": { id, title: text },
  "show-viewpoint": { viewpoint: id },
  "change-viewpoint": { viewpoint: id, title: v.optional(text), comment: v.optional(text) },
  "remove-viewpoint": { viewpoint: id },
  "export-bcf": { id, version: v.optional(v.picklist(["2.1", "3.0"]), "2.1") },
  /** `source` is `file:<n>` for a file that the user chose, or a URL. */
  "import-bcf": { id, source: v.pipe(v.string(), v.minLength(1), v.maxLength(2048)) },
  "check-ids": { id, source: v.pipe(v.string(), v.minLength(1), v.maxLength(2048)) },
  "choose-reading-file": { id, kind: v.picklist(["bcf", "ids"]) },
  "close-check": {},
} as const;
