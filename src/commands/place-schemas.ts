import * as v from "valibot";

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const metres = v.optional(v.pipe(v.number(), v.minValue(-100_000), v.maxValue(100_000)));

/** Commands about where a model stands. */
export const PLACE_SCHEMAS = {
  "examine-place": { id },
  "close-place": {},
  /** A statement of the file, by the id that `twin.state()` gives it. */
  "choose-place": { id, candidate: id },
  "look-at-place": { candidate: v.nullable(id) },
  /** Shifts a placed model by metres, and turns it clockwise about its middle. */
  "move-model": {
    id,
    east: metres,
    north: metres,
    up: metres,
    turnDeg: v.optional(v.pipe(v.number(), v.minValue(-360), v.maxValue(360))),
  },
  "undo-place": { id },
  /** Back to what the file says. */
  "reset-place": { id },
  /** `sidecar` is a small JSON file, `ifc` a copy of the IFC with the place inside. */
  "save-place": {
    id,
    as: v.picklist(["sidecar", "ifc"]),
    /** Null: the grid of the longitude. */
    crs: v.optional(v.nullable(id), null),
    /** Level 0 above the vertical datum, metres; null: as the file has it. */
    height: v.optional(v.nullable(v.pipe(v.number(), v.minValue(-12_000), v.maxValue(12_000))), null),
  },
  "open-place-file": { source: v.pipe(v.string(), v.minLength(1), v.maxLength(2048)) },
} as const;
