import { toPlainError } from "../base/errors.ts";
import type { Stores } from "../state/stores.ts";

const NAMELESS = ["geotiff.no-crs", "crs.unknown"];

/**
 * A file that names no coordinate system known here is a question, not a failure: true when the user is asked. One that
 * could not be read in the system that the user named is a failure.
 */
export function askForCrs(
  stores: Stores,
  { sources, subject }: { readonly sources: readonly string[]; readonly subject: string },
  { crs, gcj02 }: { readonly crs: string | null; readonly gcj02: boolean },
  cause: unknown,
): boolean {
  const error = toPlainError(cause);
  if (crs !== null || !NAMELESS.includes(error.code)) return false;
  stores.crsQuestion.set({ asked: { of: { sources }, subject, crs: "", gcj02, error } });
  stores.ui.set({ overlay: "crs" });
  return true;
}
