import { parseArgs } from "node:util";
import { TwinError } from "../../src/base/errors.ts";

export interface IfcArguments {
  /** Path or http(s) URL. */
  readonly input: string;
  readonly outDir: string;
  readonly crs?: string;
  /** Threads that make shapes. Each opens the whole file: two pay above some 30 MB. */
  readonly workers: number;
  readonly json: boolean;
}

const USAGE = "Usage: npm run ifc -- <file.ifc | url> <out-dir> [--crs EPSG:4550] [--workers N] [--json]";

function usageError(reason: string): TwinError {
  return new TwinError("arguments.invalid", `${reason}. ${USAGE}`, { reason });
}

/** @throws TwinError `arguments.invalid` */
export function readArguments(args: readonly string[]): IfcArguments {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (cause) {
    throw usageError(cause instanceof Error ? (cause.message.split(". ")[0] ?? "") : "Unknown option");
  }
  const { values, positionals } = parsed;
  const [input, outDir, ...rest] = positionals;
  if (!input || !outDir) throw usageError("Name an IFC file and an output folder");
  if (rest.length) throw usageError(`"${rest[0]}" is one argument too many`);
  if (values.workers !== undefined && !/^[1-9]\d?$/.test(values.workers))
    throw usageError(`--workers takes a whole number up to 99, not "${values.workers}"`);
  return {
    input,
    outDir,
    workers: Number(values.workers ?? 1),
    json: values.json === true,
    ...(values.crs ? { crs: values.crs } : {}),
  };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { crs: { type: "string" }, workers: { type: "string" }, json: { type: "boolean" } },
  });
}
