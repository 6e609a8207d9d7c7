import * as v from "valibot";
import { TwinError } from "../base/errors.ts";
import { fieldProblem } from "./field-problem.ts";
import { UNIT_KINDS, UNIT_STATUSES } from "./response.ts";
import type { TwinEvent } from "./twin-event.ts";

/** More rows than this are nobody's sensors. */
const MAX_ROWS = 5_000_000;

const MAX_TEXT = 20_000;
const MAX_ID = 500;

const text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_ID));
const number = v.number();
const localText = v.object({ zh: text, en: text });
const words = v.union([text, localText]);
const level = v.picklist([1, 2, 3, 4]);
const provenance = v.object({
  kind: v.picklist(["LIVE", "RECORDED", "SIMULATED", "SAMPLE"]),
  source: words,
  observedAtMs: v.optional(number),
});
const state = v.picklist(["connecting", "live", "late", "stale", "lost", "refused", "off"]);
const ring = v.array(v.tuple([number, number]));
const circle = v.object({ longitudeDeg: number, latitudeDeg: number, radius: number });

const warning = v.looseObject({
  id,
  level,
  event: localText,
  headline: localText,
  description: localText,
  instruction: localText,
  areaDesc: localText,
  sender: text,
  status: text,
  severity: text,
  urgency: text,
  certainty: text,
  sentMs: number,
  effectiveMs: number,
  expiresMs: v.nullable(number),
  polygons: v.array(ring),
  circles: v.array(circle),
  provenance,
  feedId: id,
});

const alert = v.looseObject({
  id,
  ruleId: id,
  level,
  subject: text,
  sensorIds: v.array(text),
  raisedMs: number,
  clearedMs: v.nullable(number),
  evidence: v.array(v.object({ sensorId: text, timeMs: number, value: v.any() })),
  longitudeDeg: v.nullable(number),
  latitudeDeg: v.nullable(number),
});

const sensor = v.looseObject({
  id,
  datastreamId: number,
  name: localText,
  kind: text,
  unit: text,
  longitudeDeg: number,
  latitudeDeg: number,
  height: number,
});

const unit = v.looseObject({
  id,
  name: localText,
  kind: v.picklist(UNIT_KINDS),
  status: v.picklist(UNIT_STATUSES),
  longitudeDeg: number,
  latitudeDeg: number,
  headingDeg: v.nullable(number),
  crew: number,
  incidentId: v.nullable(id),
  observedAtMs: number,
  provenance,
});

const track = v.looseObject({
  id,
  name: localText,
  points: v.array(
    v.looseObject({ timeMs: number, longitudeDeg: number, latitudeDeg: number, isForecast: v.boolean() }),
  ),
  provenance,
  feedId: id,
});

const feedStatus = v.looseObject({
  id,
  title: localText,
  url: text,
  state,
  provenance,
  ratePerS: number,
  received: number,
  rejected: number,
  lastMessageMs: v.nullable(number),
  retryAtMs: v.nullable(number),
  attempt: number,
  error: v.nullable(text),
  issues: v.array(v.looseObject({ atMs: number, message: text })),
});

const pose = v.object({
  longitudeDeg: number,
  latitudeDeg: number,
  height: number,
  headingDeg: number,
  pitchDeg: number,
});

const base = { id, timeMs: v.pipe(number, v.finite(), v.minValue(0)), actor: text };
const feedId = id;

const eventSchema = v.variant("kind", [
  v.object({
    ...base,
    kind: v.literal("incident"),
    command: v.looseObject({ type: v.pipe(text, v.startsWith("incident.")), incidentId: id }),
  }),
  v.object({ ...base, kind: v.literal("alert"), feedId, alert, title: v.optional(localText) }),
  v.object({ ...base, kind: v.literal("warnings"), feedId, put: v.array(warning), gone: v.array(id) }),
  v.object({
    ...base,
    kind: v.literal("feed"),
    feedId,
    title: localText,
    state,
    status: v.optional(feedStatus),
    isFresh: v.optional(v.literal(true)),
  }),
  v.object({ ...base, kind: v.literal("sensors"), feedId, sensors: v.array(sensor) }),
  v.object({
    ...base,
    kind: v.literal("readings"),
    feedId,
    rows: v.instance(Uint32Array),
    values: v.instance(Float32Array),
    timesMs: v.instance(Float64Array),
    levels: v.instance(Uint8Array),
  }),
  v.object({
    ...base,
    kind: v.literal("moves"),
    feedId,
    rows: v.instance(Uint32Array),
    positions: v.instance(Float64Array),
    headingsDeg: v.instance(Float32Array),
    timesMs: v.instance(Float64Array),
  }),
  v.object({ ...base, kind: v.literal("tracks"), feedId, tracks: v.array(track) }),
  v.object({
    ...base,
    kind: v.literal("units"),
    put: v.array(unit),
    gone: v.array(id),
    isAll: v.optional(v.literal(true)),
  }),
  v.object({ ...base, kind: v.literal("command"), command: v.looseObject({ type: id }) }),
  v.object({ ...base, kind: v.literal("view"), pose }),
  v.object({ ...base, kind: v.literal("scenario"), scenario: v.nullable(id), city: id }),
]);

/** Checks one entry of a stored or imported log. Throws TwinError `log.entry` that names the field. */
export function parseTwinEvent(input: unknown): TwinEvent {
  const sensors = soundSensors(input);
  const parsed = v.safeParse(eventSchema, sensors ? { ...(input as object), sensors: [] } : input);
  if (!parsed.success) {
    const { field, expected } = fieldProblem(parsed.issues);
    throw damaged(field, expected);
  }
  const event = parsed.output;
  if (event.kind === "readings") {
    const { rows, values, timesMs, levels } = event;
    const isEven = [values, timesMs, levels].every((array) => array.length === rows.length);
    if (!isEven || rows.length > MAX_ROWS) throw damaged("rows", "arrays of one length");
  }
  if (event.kind === "moves") {
    const { rows, positions, headingsDeg, timesMs } = event;
    const isEven =
      positions.length === 3 * rows.length && [headingsDeg, timesMs].every((a) => a.length === rows.length);
    if (!isEven || rows.length > MAX_ROWS) throw damaged("rows", "arrays of one length");
  }
  return (sensors ? { ...event, sensors } : event) as TwinEvent;
}

/** The sensors of a described feed when all are as the schema wants them: it takes 100 ms for 20 000, this 2. Null leaves it the word. */
function soundSensors(input: unknown): readonly unknown[] | null {
  const { kind, sensors } = (input ?? {}) as { readonly kind?: unknown; readonly sensors?: unknown };
  return kind === "sensors" && Array.isArray(sensors) && sensors.every(isSoundSensor) ? sensors : null;
}

function isSoundSensor(one: unknown): boolean {
  if (typeof one !== "object" || one === null) return false;
  const { id, datastreamId, name, kind, unit, longitudeDeg, latitudeDeg, height } = one as Record<
    string,
    unknown
  >;
  if (typeof id !== "string" || id.length === 0 || id.length > MAX_ID) return false;
  if (typeof name !== "object" || name === null) return false;
  const { zh, en } = name as Record<string, unknown>;
  return (
    [kind, unit, zh, en].every((word) => typeof word === "string" && word.length <= MAX_TEXT) &&
    [datastreamId, longitudeDeg, latitudeDeg, height].every(isNumber)
  );
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" && !Number.isNaN(value);
}

function damaged(field: string, expected: string): TwinError {
  return new TwinError("log.entry", `An entry of the event log is damaged: ${field} should be ${expected}.`, {
    field: field || "—",
    expected,
  });
}
