import * as v from "valibot";
import { UNIT_KINDS, UNIT_STATUSES } from "./response.ts";
import { localTextSchema, provenanceSchema, slugSchema } from "./schema-parts.ts";

const seconds = v.pipe(v.number(), v.finite(), v.minValue(1));
const text = v.pipe(v.string(), v.minLength(1));
const degrees = v.pipe(v.number(), v.finite(), v.minValue(-180), v.maxValue(180));
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));
/** No user name or password in front of the host: secrets are never data. */
const httpUrl = v.pipe(
  v.string(),
  v.regex(
    /^(?:https?:\/\/(?![^/?#]*@)[^\s]+|\/(?!\/)[^\s]*)$/,
    "https://… without a password, or a path on this server",
  ),
);
const socketUrl = v.pipe(
  v.string(),
  v.regex(/^(?:wss?:\/\/|\/)/, 'ws://…, wss://… or a path such as "/mqtt"'),
);

const base = {
  id: slugSchema,
  title: localTextSchema,
  provenance: provenanceSchema,
  lateAfterS: seconds,
  staleAfterS: seconds,
};

const mapping = {
  kind: text,
  id: v.exactOptional(text),
  value: text,
  time: v.exactOptional(text),
  name: v.exactOptional(text),
  unit: v.exactOptional(v.string()),
  level: v.exactOptional(
    v.strictObject({ field: text, words: v.record(v.string(), v.picklist([0, 1, 2, 3, 4])) }),
  ),
};

const jsonMapping = v.strictObject({
  kind: text,
  id: text,
  value: text,
  time: v.exactOptional(text),
  name: v.exactOptional(text),
  unit: v.exactOptional(v.string()),
  longitude: v.exactOptional(text),
  latitude: v.exactOptional(text),
  places: v.exactOptional(v.record(v.string(), v.tuple([degrees, degrees]))),
  records: v.exactOptional(text),
});

const unitMapping = v.strictObject({
  id: text,
  kind: text,
  kinds: v.exactOptional(v.record(v.string(), v.picklist(UNIT_KINDS))),
  status: text,
  statuses: v.exactOptional(v.record(v.string(), v.picklist(UNIT_STATUSES))),
  longitude: text,
  latitude: text,
  heading: v.exactOptional(text),
  time: v.exactOptional(text),
  name: v.exactOptional(text),
  nameEn: v.exactOptional(text),
  crew: v.exactOptional(text),
  incident: v.exactOptional(text),
  records: v.exactOptional(text),
  orders: v.exactOptional(v.pipe(v.string(), v.regex(/^[^+#]*\{id\}[^+#]*$/, "a topic with {id}"))),
});

const mqttOptions = {
  protocolVersion: v.exactOptional(v.picklist([4, 5])),
  qos: v.exactOptional(v.picklist([0, 1])),
  sessionExpiryS: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400))),
};

/** A feed of any protocol; the protocol decides which `options` there are. */
export const feedSchema = v.variant("protocol", [
  v.strictObject({
    ...base,
    protocol: v.literal("mqtt"),
    url: socketUrl,
    topics: v.pipe(v.array(text), v.minLength(1)),
    options: v.exactOptional(
      v.strictObject({
        ...mqttOptions,
        json: v.exactOptional(jsonMapping),
        units: v.exactOptional(unitMapping),
      }),
    ),
  }),
  v.strictObject({
    ...base,
    protocol: v.literal("sensorthings"),
    url: httpUrl,
    options: v.strictObject({
      intervalS: seconds,
      refreshS: v.exactOptional(seconds),
      filter: v.exactOptional(text),
      pageSize: v.exactOptional(count),
      mqtt: v.exactOptional(
        v.strictObject({
          ...mqttOptions,
          url: socketUrl,
          topics: v.exactOptional(v.pipe(v.array(text), v.minLength(1))),
        }),
      ),
    }),
  }),
  v.strictObject({
    ...base,
    protocol: v.literal("geojson"),
    url: httpUrl,
    options: v.strictObject({ ...mapping, intervalS: seconds }),
  }),
  v.strictObject({
    ...base,
    protocol: v.literal("earthquakes"),
    url: httpUrl,
    options: v.strictObject({
      intervalS: seconds,
      kind: text,
      minMagnitude: v.exactOptional(v.pipe(v.number(), v.finite())),
      box: v.exactOptional(v.tuple([degrees, degrees, degrees, degrees])),
    }),
  }),
  v.strictObject({
    ...base,
    protocol: v.literal("cap"),
    url: httpUrl,
    options: v.strictObject({ intervalS: seconds, maxAlerts: v.exactOptional(count) }),
  }),
  v.strictObject({
    ...base,
    protocol: v.literal("gtfs-realtime"),
    url: httpUrl,
    options: v.strictObject({ intervalS: seconds, kind: text }),
  }),
  v.strictObject({
    ...base,
    protocol: v.literal("typhoon"),
    url: httpUrl,
    options: v.strictObject({
      intervalS: seconds,
      ids: v.exactOptional(v.pipe(v.array(text), v.minLength(1))),
      box: v.exactOptional(v.tuple([degrees, degrees, degrees, degrees])),
      newest: v.exactOptional(count),
    }),
  }),
  v.strictObject({
    ...base,
    protocol: v.literal("sse"),
    url: httpUrl,
    options: v.strictObject({
      events: v.exactOptional(v.pipe(v.array(text), v.minLength(1))),
      geojson: v.exactOptional(v.strictObject(mapping)),
      json: v.exactOptional(jsonMapping),
    }),
  }),
]);
