import * as v from "valibot";
import { CAP_CATEGORIES, CAP_CERTAINTIES, CAP_RESPONSE_TYPES, CAP_URGENCIES } from "../domain/cap-message.ts";
import { INCIDENT_PHASES } from "../domain/incident.ts";
import { ZONE_KINDS } from "../domain/response.ts";
import { SENSOR_DISPLAYS } from "../domain/sensor-display.ts";
import { STABILITIES, SUBSTANCE_IDS } from "../domain/substance.ts";
import { MAX_EXAGGERATION, RELIEF_SHADINGS } from "../domain/terrain.ts";
import { TILE_MEMORY_MIB } from "../domain/tile-memory.ts";
import { ZONE_SCHEMA } from "../domain/zone-change.ts";
import { MAP_SCHEMAS } from "./map-schemas.ts";
import { PLACE_SCHEMAS } from "./place-schemas.ts";
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
  v.object({
    kind: v.literal("feature"),
    layerId: id,
    feature: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  v.object({ kind: v.literal("unit"), unitId: id }),
  v.object({ kind: v.literal("zone"), zoneId: id }),
]);

const text = v.pipe(v.string(), v.maxLength(10_000));
const localText = v.strictObject({ zh: text, en: text });
/** Shape only: what may go out is for `checkCapDraft` to say, field by field. */
const capDraft = v.strictObject({
  category: v.picklist(CAP_CATEGORIES),
  event: localText,
  level: v.picklist([1, 2, 3, 4]),
  urgency: v.picklist(CAP_URGENCIES),
  certainty: v.picklist(CAP_CERTAINTIES),
  responseType: v.picklist(CAP_RESPONSE_TYPES),
  senderName: localText,
  headline: localText,
  description: localText,
  instruction: localText,
  areaDesc: localText,
  polygons: v.pipe(
    v.array(v.pipe(v.array(v.tuple([v.number(), v.number()])), v.maxLength(10_000))),
    v.maxLength(200),
  ),
  circles: v.pipe(
    v.array(v.strictObject({ longitudeDeg: v.number(), latitudeDeg: v.number(), radius: v.number() })),
    v.maxLength(200),
  ),
  effectiveMs: v.exactOptional(v.number()),
  expiresMs: v.number(),
});

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
  "set-tile-memory": { mib: v.picklist(TILE_MEMORY_MIB) },
  "set-basemap": { basemap },
  "set-secret": { name: id, value: v.nullable(v.string()) },
  // layers
  "add-tileset": { url, name: v.optional(v.nullable(v.string()), null) },
  "remove-layer": { id },
  "show-layer": { id, visible: v.boolean() },
  "set-layer-opacity": { id, opacity: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) },
  "zoom-to-layer": { id },
  // files of the user's own
  "open-files": {
    /** `file:<n>` of dropped or chosen files that belong together. */
    sources: v.pipe(v.array(url), v.minLength(1), v.maxLength(200)),
    crs: v.optional(v.nullable(id), null),
    gcj02: v.optional(v.boolean(), false),
  },
  "choose-files": {},
  "read-layer-as": { id, crs: v.optional(v.nullable(id), null), gcj02: v.optional(v.boolean(), false) },
  "restore-layer": { id },
  ...MAP_SCHEMAS,
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
  "remove-all-models": {},
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
  ...PLACE_SCHEMAS,
  // terrain
  "set-terrain": { source: v.nullable(url) },
  "set-relief": {
    exaggeration: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(MAX_EXAGGERATION))),
    shading: v.optional(v.picklist(RELIEF_SHADINGS)),
    contours: v.optional(v.nullable(v.pipe(v.number(), v.minValue(1), v.maxValue(500)))),
  },
  "draw-profile": {},
  "add-profile-corner": { longitudeDeg, latitudeDeg },
  "finish-profile": {},
  "measure-profile": {
    line: v.pipe(v.array(v.tuple([longitudeDeg, latitudeDeg])), v.minLength(2), v.maxLength(200)),
  },
  "close-profile": {},
  "export-profile": {},
  // scenario and risk
  "open-scenario": {
    id,
    /** The camera stays where it is, wherever the scenario would look. */
    keepView: v.optional(v.boolean(), false),
  },
  "close-scenario": {},
  "set-water-level": { level: v.nullable(v.pipe(v.number(), v.minValue(-5), v.maxValue(60))) },
  "choose-warning": { id: v.nullable(id) },
  // sensors and zones
  "set-sensor-display": {
    mode: v.picklist(SENSOR_DISPLAYS),
    /** Left out, the kind stays as it is. */
    kind: v.optional(v.nullable(id)),
  },
  "draw-zone": { kind: v.picklist(ZONE_KINDS), incidentId: v.optional(v.nullable(id), null) },
  "add-zone-corner": { longitudeDeg, latitudeDeg },
  "remove-zone-corner": {},
  "finish-zone": {},
  "cancel-drawing": {},
  "set-zone": { zone: ZONE_SCHEMA },
  "remove-zone": { id },
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
  "leave-alerts": { id, alertIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(500)) },
  "open-view": { id, view: id },
  "set-actor": { name: v.pipe(v.string(), v.trim(), v.maxLength(80)) },
  // CAP out
  "draft-cap": { incidentId: id },
  "issue-cap": {
    incidentId: id,
    draft: capDraft,
    /** Ids of the outlets that it goes to; all when absent. */
    outlets: v.optional(v.array(id)),
    note: v.optional(v.pipe(v.string(), v.maxLength(1000))),
  },
  "cancel-cap": { incidentId: id, reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(1000)) },
  "retry-cap": {},
  // announcements and the report
  "dismiss-announcement": { id },
  "show-announcement": { id },
  "set-muted": { on: v.boolean() },
  "set-notifications": { on: v.boolean() },
  "open-report": { incidentId: id },
  "export-affected": { id, format: v.picklist(["csv", "geojson"]) },
  // timeline
  "go-live": {},
  "go-to-time": { timeMs: v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15)) },
  "play-timeline": { speed: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(3600)), 1) },
  "pause-timeline": {},
  "branch-timeline": {},
  "leave-branch": {},
  /** The incident with half an hour before it, or the newest day of the log. */
  "export-package": { incidentId: v.optional(v.nullable(id), null) },
  /** Without a source the user chooses a file. */
  "import-package": { source: v.optional(v.nullable(url), null) },
  "close-package": {},
  // feeds
  "retry-feed": { id },
  "set-feed-clock": {
    id,
    paused: v.optional(v.boolean()),
    speed: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(60))),
  },
  // units: without a place the unit goes to its incident's area
  "dispatch-unit": {
    unitId: id,
    incidentId: v.optional(v.nullable(id), null),
    longitudeDeg: v.optional(longitudeDeg),
    latitudeDeg: v.optional(latitudeDeg),
  },
  "recall-unit": { unitId: id },
  "route-units": { longitudeDeg, latitudeDeg },
  /** Zones of a gas release; without a place round the incident's. */
  isolate: {
    incidentId: v.optional(v.nullable(id), null),
    longitudeDeg: v.optional(longitudeDeg),
    latitudeDeg: v.optional(latitudeDeg),
    substance: v.picklist(SUBSTANCE_IDS),
    /** kg/s */
    rate: v.pipe(v.number(), v.minValue(0.001), v.maxValue(1000)),
    /** m/s; the method does not hold in still air. */
    wind: v.pipe(v.number(), v.minValue(0.5), v.maxValue(30)),
    windFromDeg: v.pipe(v.number(), v.minValue(0), v.maxValue(360)),
    stability: v.optional(v.picklist(STABILITIES), "D"),
    terrain: v.optional(v.picklist(["rural", "urban"]), "urban"),
  },
  // story
  "play-story": { id },
  "pause-story": {},
  "resume-story": {},
  "stop-story": {},
  "next-step": {},
  "previous-step": {},
  "set-story-loop": { loop: v.boolean() },
  "set-story-speed": { speed: v.pipe(v.number(), v.minValue(0.25), v.maxValue(4)) },
  // interface
  "set-theme": { theme: v.picklist(["night", "day"]) },
  "set-locale": { locale: v.picklist(["zh-CN", "en"]) },
  "set-mode": { mode: v.picklist(["explore", "command", "wall", "present"]) },
  "set-large-type": { on: v.boolean() },
  "show-panel": { side: v.picklist(["left", "right", "bottom"]), open: v.boolean() },
  "open-overlay": {
    overlay: v.picklist(["none", "palette", "add-tileset", "basemap", "add-map", "about", "cap", "report"]),
  },
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
