import * as v from "valibot";
import { mapServiceSchema } from "../domain/map-service.ts";

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const column = v.pipe(v.string(), v.minLength(1), v.maxLength(300));
const filter = v.pipe(v.string(), v.maxLength(2000));
const format = v.picklist(["csv", "geojson"]);

/** Commands about the one map: layers of the catalogue and of services, tables, the red-line check. */
export const MAP_SCHEMAS = {
  /** A layer of the catalogue by its id; without an opacity the catalogue's. */
  "show-map": { id, visible: v.optional(v.boolean(), true), opacity: v.optional(v.nullable(share), null) },
  "add-map": {
    service: mapServiceSchema,
    name: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(200))), null),
    opacity: v.optional(share, 1),
  },
  /** Where it lies among the maps: 0 is the lowest. */
  "order-map": { id, to: v.pipe(v.number(), v.integer(), v.minValue(0)) },
  /** One of the moments that the layer has. */
  "set-map-time": { id, time: v.pipe(v.string(), v.isoTimestamp()) },
  /** The attribute table of a layer, in the strip below. */
  "open-table": {
    id,
    filter: v.optional(filter, ""),
    sort: v.optional(v.nullable(column), null),
    descending: v.optional(v.boolean(), false),
  },
  /** What is left out stays as it is. */
  "query-table": {
    filter: v.optional(filter),
    sort: v.optional(v.nullable(column)),
    descending: v.optional(v.boolean()),
  },
  /** Null closes the chart. */
  "chart-table": { column: v.nullable(column) },
  "export-table": { format },
  "close-table": {},
  /** In the table's language, over the buildings of the city; null shows all as they are. */
  "filter-buildings": {
    filter: v.nullable(v.pipe(filter, v.trim())),
    others: v.optional(v.picklist(["faint", "hidden"]), "faint"),
  },
  /** Asks in which coordinate system a layer of the user's own is to be read. */
  "ask-crs": { id },
  "check-red-lines": {},
  "close-red-lines": {},
  "export-red-lines": { format },
} as const;
