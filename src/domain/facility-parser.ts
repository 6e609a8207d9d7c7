import * as v from "valibot";
import { TwinError } from "../base/errors.ts";
import { fieldProblem } from "./field-problem.ts";
import type { Provenance } from "./provenance.ts";
import { FACILITY_KINDS, type Facility, UNIT_KINDS, type UnitKind } from "./response.ts";
import { localTextSchema, provenanceSchema } from "./schema-parts.ts";

/** Where crews start from: a fire station, a hospital with ambulances, a gas company's yard. */
export interface Depot {
  readonly id: string;
  readonly kind: UnitKind;
  readonly name: { readonly zh: string; readonly en: string };
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** How many crews stand there. */
  readonly units: number;
}

/** Content of `facilities.json` beside a city's tileset. */
export interface CityFacilities {
  readonly facilities: readonly Facility[];
  readonly depots: readonly Depot[];
  readonly provenance: Provenance;
}

const at = v.tuple([
  v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
  v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
]);
const id = v.pipe(v.string(), v.minLength(1));

const facilitiesSchema = v.strictObject({
  version: v.literal(1),
  provenance: provenanceSchema,
  facilities: v.array(
    v.strictObject({
      id,
      kind: v.picklist(FACILITY_KINDS),
      name: localTextSchema,
      at,
      capacity: v.nullable(v.pipe(v.number(), v.minValue(0))),
    }),
  ),
  depots: v.array(
    v.strictObject({
      id,
      kind: v.picklist(UNIT_KINDS),
      name: localTextSchema,
      at,
      units: v.pipe(v.number(), v.integer(), v.minValue(1)),
    }),
  ),
});

/** Checks `facilities.json`. Throws TwinError `facilities.invalid` that names the field. */
export function parseFacilities(json: unknown): CityFacilities {
  const parsed = v.safeParse(facilitiesSchema, json);
  if (!parsed.success) {
    const { field, expected, received } = fieldProblem(parsed.issues);
    throw new TwinError(
      "facilities.invalid",
      `The list of facilities is wrong at ${field}: ${expected} expected, ${received} found.`,
      { field, expected, received },
    );
  }
  const { provenance, facilities, depots } = parsed.output;
  return {
    provenance,
    facilities: facilities.map(({ at: [longitudeDeg, latitudeDeg], ...facility }) => ({
      ...facility,
      longitudeDeg,
      latitudeDeg,
      provenance,
    })),
    depots: depots.map(({ at: [longitudeDeg, latitudeDeg], ...depot }) => ({
      ...depot,
      longitudeDeg,
      latitudeDeg,
    })),
  };
}
