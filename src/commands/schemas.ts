import * as v from "valibot";
import { INCIDENT_PHASES } from "../domain/incident.ts";
import { READING_SCHEMAS } from "./reading-schemas.ts";

const longitudeDeg = v.pipe(v.number(), v.minValue(-180), v.maxValue(180));
const latitudeDeg = v.pipe(v.number(), v.minValue(-90), v.maxValue(90));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const url = v.pipe(v.string(), v.minLength(1), v.maxLength(2048));
const durationS = v.optional(v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(60))));
const place = { longitudeDeg, latitudeDeg, height: v.optional(v.number(), 0) };
const datum = v.picklist(["WGS84", "GCJ02"]);

const basemap = v.variant("kind", [
  v.object({ kind: v.literal("offline") }),
  v.object({ kind: v.literal("xyz"), url, datum }),
  v.object({
    kind: v.literal("wmts"),
    url,
    layer: id,
    tileMatrixSet: id,
    style: v.optional(v.string(), "default"),
    format: v.optional(v.string(), "image/png"),
    datum,
  }),
  v.object({ kind: v.literal("tianditu"), theme: v.picklist(["vec", "img", "ter"]) }),
  v.object({ kind: v.literal("ion"), assetId: v.pipe(v.number(), v.integer()) }),
]);

const selection = v.variant("kind", [
  v.object({ kind: v.literal("none") }),
  v.object({ kind: v.literal("building"), layerId: id, buildingId: id }),
  v.object({ kind: v.literal("element"), modelId: id, globalId: id }),
  v.object({ kind: v.literal("sensor"), sensorId: id }),
  v.object({ kind: v.literal("warning"), warningId: id }),
]);

const level = v.nullable(v.picklist([1, 2, 3, 4]));

/**
 * Arguments of every command, by type. The catalogue (catalogue.ts) gives each its title and effect. A command is
 * `{ type, ...arguments }`; unknown arguments are refused with the field's name.
 */
export const COMMAND_SCHEMAS = {
  // view
  "set-city": { city: v.picklist(["shenyang", "dalian"]) },
  "fly-home": { durationS },
  "fly-to": {
    ...place,
    /** With `range`, the place is what the camera looks at from that distance; without, it is where the camera stands. */
    range: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(5e7))),
    headingDeg: v.optional(v.number(), 0),
    pitchDeg: v.optional(v.pipe(v.number(), v.minValue(-90), v.maxValue(90)), -35),
    durationS,
  },
  "turn-north": {},
  zoom: { factor: v.pipe(v.number(), v.minValue(0.05), v.maxValue(20)) },
  "set-look": { look: v.picklist(["natural", "white", "night", "thematic"]) },
  "style-by": { property: v.nullable(v.picklist(["height", "use", "year"])) },
  "set-hour": { hour: v.pipe(v.number(), v.minValue(0), v.maxValue(24)) },
  "set-basemap": { basemap },
  "set-secret": { name: id, value: v.nullable(v.string()) },
  // layers
  "add-tileset": { url, name: v.optional(v.nullable(v.string()), null) },
  "remove-layer": { id },
  "show-layer": { id, visible: v.boolean() },
  "set-layer-opacity": { id, opacity: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) },
  "zoom-to-layer": { id },
  // selection
  select: { target: selection },
  "clear-selection": {},
  "zoom-to-selection": {},
  // models
  "open-ifc": { source: url, name: v.optional(v.nullable(v.string()), null) },
  "choose-ifc-file": {},
  "cancel-job": { id },
  "dismiss-job": { id },
  "start-placing": { id },
  "place-model": { id, ...place, headingDeg: v.optional(v.number(), 0) },
  "cancel-placing": {},
  "show-model": { id, visible: v.boolean() },
  "remove-model": { id },
  "zoom-to-model": { id },
  "show-storey": { id, storey: id, visible: v.boolean() },
  "isolate-storey": { id, storey: v.nullable(id) },
  "open-building": { id },
  "close-building": {},
  "set-section": {
    section: v.nullable(
      v.object({
        axis: v.picklist(["east", "north", "up"]),
        offset: v.number(),
        flipped: v.optional(v.boolean(), false),
      }),
    ),
  },
  ...READING_SCHEMAS,
  // scenario and risk
  "open-scenario": { id },
  "close-scenario": {},
  "set-water-level": { level: v.nullable(v.pipe(v.number(), v.minValue(-5), v.maxValue(60))) },
  "choose-warning": { id: v.nullable(id) },
  // incidents: opened from a warning, from a rule's alerts, or by hand round a place
  "open-incident": {
    title: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))),
    warningId: v.optional(id),
    ruleId: v.optional(id),
    at: v.optional(
      v.object({
        longitudeDeg,
        latitudeDeg,
        radius: v.optional(v.pipe(v.number(), v.minValue(10), v.maxValue(200_000))),
      }),
    ),
  },
  "choose-incident": { id: v.nullable(id) },
  "acknowledge-incident": { id },
  "move-incident": { id, phase: v.picklist(INCIDENT_PHASES) },
  "assign-incident": {
    id,
    assignee: v.nullable(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80))),
  },
  "note-incident": { id, text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4000)) },
  "set-warning-level": { id, level },
  "set-response-level": { id, level },
  "set-event-grade": { id, grade: level },
  "attach-view": { id },
  "open-view": { id, view: id },
  "set-actor": { name: v.pipe(v.string(), v.trim(), v.maxLength(80)) },
  "export-affected": { id, format: v.picklist(["csv", "geojson"]) },
  // story
  "play-story": { id },
  "pause-story": {},
  "resume-story": {},
  "stop-story": {},
  "next-step": {},
  "previous-step": {},
  "set-story-loop": { loop: v.boolean() },
  // interface
  "set-theme": { theme: v.picklist(["night", "day"]) },
  "set-locale": { locale: v.picklist(["zh-CN", "en"]) },
  "set-mode": { mode: v.picklist(["explore", "command", "wall", "present"]) },
  "set-large-type": { on: v.boolean() },
  "show-panel": { side: v.picklist(["left", "right", "bottom"]), open: v.boolean() },
  "open-overlay": { overlay: v.picklist(["none", "palette", "add-tileset", "basemap", "about"]) },
  "dismiss-notice": { id: v.number() },
} as const;

export type CommandType = keyof typeof COMMAND_SCHEMAS;

type Schema<T extends CommandType> = (typeof COMMAND_SCHEMAS)[T] extends infer E extends v.ObjectEntries
  ? v.ObjectSchema<E, undefined>
  : never;
type ArgumentsInput<T extends CommandType> = v.InferInput<Schema<T>>;
type ArgumentsOutput<T extends CommandType> = v.InferOutput<Schema<T>>;

/** What callers may write: defaults left out. */
export type Command = { [T in CommandType]: { readonly type: T } & Readonly<ArgumentsInput<T>> }[CommandType];
/** What an effect receives: defaults filled in. */
export type CommandArguments<T extends CommandType> = Readonly<ArgumentsOutput<T>>;
export type RunCommand = (command: Command) => Promise<void>;
