import { parseArgs } from "node:util";
import { TwinError } from "../../src/base/errors.ts";
import { DEFAULT_TERRAIN_OPTIONS, type TerrainOptions } from "../../workers/terrain/contract.ts";

export interface TerrainArguments {
  readonly input: string;
  readonly outDir: string;
  readonly crs: string | null;
  /** A GeoTIFF of the same size and place whose cells other than 0 are water. */
  readonly waterMask: string | null;
  readonly json: boolean;
  /** Threads that make tiles; null for as many as the machine has. */
  readonly workers: number | null;
  readonly options: Omit<TerrainOptions, "title"> & { readonly title: string | null };
}

const USAGE =
  "Usage: npm run terrain -- <dem.tif> <out-dir> [--crs EPSG:4550] [--max-error 1] [--height-datum ellipsoidal|orthometric] " +
  "[--geoid METRES] [--outside METRES] [--water-level METRES | --water MASK.tif] [--title TEXT] [--workers N] [--json]";

function usageError(reason: string): TwinError {
  return new TwinError("arguments.invalid", `${reason}. ${USAGE}`, { reason });
}

/** @throws TwinError `arguments.invalid` */
export function readTerrainArguments(args: readonly string[]): TerrainArguments {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (cause) {
    throw usageError(cause instanceof Error ? (cause.message.split(". ")[0] ?? "") : "Unknown option");
  }
  const { values, positionals } = parsed;
  const [input, outDir] = positionals;
  if (!input || !outDir || positionals.length > 2)
    throw usageError("Name one height model and an output folder");
  if (values.workers !== undefined && !/^[1-9]\d*$/.test(values.workers))
    throw usageError(`--workers takes a whole number, not "${values.workers}"`);
  if (values.water !== undefined && values["water-level"] !== undefined)
    throw usageError("--water and --water-level say the same thing: give one");
  return {
    input,
    outDir,
    crs: values.crs ?? null,
    waterMask: values.water ?? null,
    json: values.json === true,
    workers: values.workers === undefined ? null : Number(values.workers),
    options: readOptions(values),
  };
}

type Values = ReturnType<typeof parse>["values"];

function readOptions(values: Values): TerrainArguments["options"] {
  const heightDatum = values["height-datum"] ?? "ellipsoidal";
  if (heightDatum !== "ellipsoidal" && heightDatum !== "orthometric")
    throw usageError(`--height-datum is ellipsoidal or orthometric, not "${heightDatum}"`);
  if (heightDatum === "orthometric" && values.geoid === undefined)
    throw usageError(
      "Orthometric heights need --geoid: the height of the geoid above the ellipsoid there, in metres",
    );
  if (heightDatum === "ellipsoidal" && values.geoid !== undefined)
    throw usageError("--geoid goes with --height-datum orthometric");
  const { maxError, outside } = DEFAULT_TERRAIN_OPTIONS;
  const isHeight = (value: number) => Math.abs(value) <= 12_000;
  return {
    heightDatum,
    title: values.title ?? null,
    geoid: numberOf(values.geoid, "--geoid", (value) => Math.abs(value) <= 200) ?? 0,
    maxError:
      numberOf(values["max-error"], "--max-error", (value) => value >= 0.1 && value <= 1000) ?? maxError,
    outside: numberOf(values.outside, "--outside", isHeight) ?? outside,
    waterLevel: numberOf(values["water-level"], "--water-level", isHeight),
  };
}

function numberOf(text: string | undefined, option: string, fits: (value: number) => boolean): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || !fits(value))
    throw usageError(
      `${option} takes a number of metres${option === "--max-error" ? " from 0.1 up" : ""}, not "${text}"`,
    );
  return value;
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: joinNegatives(args),
    allowPositionals: true,
    options: {
      crs: { type: "string" },
      "max-error": { type: "string" },
      "height-datum": { type: "string" },
      geoid: { type: "string" },
      outside: { type: "string" },
      "water-level": { type: "string" },
      water: { type: "string" },
      title: { type: "string" },
      workers: { type: "string" },
      json: { type: "boolean" },
    },
  });
}

/** `--outside -5` as `--outside=-5`: heights may be negative, and parseArgs takes a dash for an option. */
function joinNegatives(args: readonly string[]): string[] {
  const out: string[] = [];
  for (const arg of args) {
    const before = out.at(-1);
    if (/^-\d/.test(arg) && before?.startsWith("--") && !before.includes("="))
      out[out.length - 1] = `${before}=${arg}`;
    else out.push(arg);
  }
  return out;
}
