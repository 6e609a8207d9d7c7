import { parseArgs } from "node:util";
import { TwinError } from "../../src/base/errors.ts";
import { type CityOptions, DEFAULT_OPTIONS } from "../../workers/city/contract.ts";

export interface CityArguments {
  readonly inputs: readonly string[];
  readonly outDir: string;
  readonly json: boolean;
  /** Threads that encode; null for as many as the machine has. */
  readonly workers: number | null;
  readonly options: CityOptions;
}

const USAGE =
  "Usage: npm run city -- <input...> <out-dir> [--crs EPSG:4549] [--gcj02] [--height-field F] [--floors-field F] " +
  "[--floor-height 3] [--default-height 6] [--id-field F] [--name-field F] " +
  "[--height-datum ellipsoidal|orthometric] [--geoid METRES] [--title TEXT] [--workers N] [--json]";

function usageError(reason: string): TwinError {
  return new TwinError("arguments.invalid", `${reason}. ${USAGE}`, { reason });
}

/** @throws TwinError `arguments.invalid` */
export function readArguments(args: readonly string[]): CityArguments {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (cause) {
    throw usageError(cause instanceof Error ? (cause.message.split(". ")[0] ?? "") : "Unknown option");
  }
  const { values, positionals } = parsed;
  const inputs = positionals.slice(0, -1);
  const outDir = positionals.at(-1);
  if (!outDir || inputs.length === 0) throw usageError("Name at least one input and an output folder");
  if (values.workers !== undefined && !/^[1-9]\d*$/.test(values.workers))
    throw usageError(`--workers takes a whole number, not "${values.workers}"`);
  return {
    inputs,
    outDir,
    json: values.json === true,
    workers: values.workers === undefined ? null : Number(values.workers),
    options: readOptions(values),
  };
}

type Values = ReturnType<typeof parse>["values"];

function readOptions(values: Values): CityOptions {
  const heightDatum = values["height-datum"] ?? "ellipsoidal";
  if (heightDatum !== "ellipsoidal" && heightDatum !== "orthometric")
    throw usageError(`--height-datum is ellipsoidal or orthometric, not "${heightDatum}"`);
  if (heightDatum === "orthometric" && values.geoid === undefined)
    throw usageError(
      "Orthometric heights need --geoid: the height of the geoid above the ellipsoid there, in metres",
    );
  if (heightDatum === "ellipsoidal" && values.geoid !== undefined)
    throw usageError("--geoid goes with --height-datum orthometric");
  const texts = {
    crs: values.crs,
    heightField: values["height-field"],
    floorsField: values["floors-field"],
    idField: values["id-field"],
    nameField: values["name-field"],
    title: values.title,
  };
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)),
    gcj02: values.gcj02 === true,
    heightDatum,
    geoid: numberOf(values.geoid, "--geoid", 0, (value) => Math.abs(value) <= 200),
    floorHeight: numberOf(
      values["floor-height"],
      "--floor-height",
      DEFAULT_OPTIONS.floorHeight,
      (value) => value >= 1 && value <= 20,
    ),
    defaultHeight: numberOf(
      values["default-height"],
      "--default-height",
      DEFAULT_OPTIONS.defaultHeight,
      (value) => value > 0 && value <= 500,
    ),
  };
}

function numberOf(
  text: string | undefined,
  option: string,
  other: number,
  fits: (value: number) => boolean,
): number {
  if (text === undefined) return other;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || !fits(value))
    throw usageError(`${option} takes a number of metres, not "${text}"`);
  return value;
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    allowNegative: false,
    options: {
      crs: { type: "string" },
      gcj02: { type: "boolean" },
      "height-field": { type: "string" },
      "floors-field": { type: "string" },
      "floor-height": { type: "string" },
      "default-height": { type: "string" },
      "id-field": { type: "string" },
      "name-field": { type: "string" },
      "height-datum": { type: "string" },
      geoid: { type: "string" },
      title: { type: "string" },
      workers: { type: "string" },
      json: { type: "boolean" },
    },
  });
}
