import { TwinError } from "../../src/base/errors.ts";
import { createProjection, type Projection } from "../../src/geo/projection.ts";
import type { Solver } from "./georeference-draft.ts";
import type { AuthoredCrs } from "./read-georeference.ts";

function zoneText({ mapProjection, mapZone, geodeticDatum }: AuthoredCrs): string {
  return mapProjection && mapZone
    ? `${geodeticDatum} / ${mapProjection} zone ${mapZone.replace(/^[A-Z]+(?=\d)/i, "")}`
    : "";
}

/** The last authority code of a well-known text is that of the whole system. */
function wktCode(text: string): string {
  const codes = [...text.matchAll(/(?:ID|AUTHORITY)\s*\[\s*"EPSG"\s*,\s*"?(\d{4,6})"?\s*\]/gi)];
  const code = codes.at(-1)?.[1];
  return code ? `EPSG:${code}` : "";
}

function findProjection(candidates: readonly string[]): { projection: Projection; text: string } | null {
  for (const text of candidates) {
    try {
      if (text.trim()) return { projection: createProjection(text), text };
    } catch (error) {
      if (!(error instanceof TwinError)) throw error;
    }
  }
  return null;
}

/**
 * The projection that the user or the file names, by code, well-known text, description or zone; null when unknown.
 * @throws TwinError `crs.unknown` when the user's own choice is not known
 */
export function chooseProjection(solver: Solver, crs: AuthoredCrs): Projection | null {
  const { options } = solver.input;
  if (options.crs) {
    if (crs.name && crs.name !== options.crs)
      solver.notes.push(`CRS "${crs.name}" of the file overridden by ${options.crs}`);
    return createProjection(options.crs);
  }
  const found = findProjection([crs.name, wktCode(crs.wellKnownText), crs.description, zoneText(crs)]);
  if (found && found.text !== crs.name)
    solver.notes.push(`CRS read as ${found.projection.epsg} from "${found.text}"`);
  return found?.projection ?? null;
}
