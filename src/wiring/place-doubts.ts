import { CITIES } from "../domain/city.ts";
import type { IfcModel, ModelEntry } from "../domain/model.ts";
import type { PlaceCandidate } from "../domain/place-candidate.ts";
import { distanceM } from "../geo/local-plane.ts";
import { putNotice } from "../state/put-notice.ts";
import type { WireParts } from "./parts.ts";

/** Findings after which somebody should look where the building landed. */
const GRAVE = new Set([
  "georef.swapped",
  "georef.thousandfold",
  "georef.zone_prefix",
  "georef.double",
  "georef.conflict",
  "georef.far_from_site",
  "georef.default_place",
  "georef.grid_guessed",
]);
/** Statements that are farther apart than this (m) do not mean the same place. */
const APART = 100;
/** Farther from the shown city than this (m), a building is not seen. */
const FAR_FROM_CITY = 100_000;

/** Whether a model's place deserves a look. */
export function hasDoubtfulPlace(
  candidates: readonly PlaceCandidate[],
  city: { readonly longitudeDeg: number; readonly latitudeDeg: number },
): boolean {
  const taken = candidates.find(({ isTaken }) => isTaken);
  if (!taken) return candidates.length > 0;
  const from = ({ longitudeDeg, latitudeDeg }: typeof city) =>
    distanceM(taken.origin.longitudeDeg, taken.origin.latitudeDeg, longitudeDeg, latitudeDeg);
  return (
    taken.doubts.some(({ code }) => GRAVE.has(code)) ||
    candidates.some(({ origin }) => from(origin) > APART) ||
    from(city) > FAR_FROM_CITY
  );
}

/** Says so once, with the way to the examination, when a model has come in whose place is doubtful. */
export function warnOfDoubts(
  { stores }: WireParts,
  entry: ModelEntry,
  { evidence }: Pick<IfcModel, "evidence">,
): void {
  if (entry.userPlace) return;
  const { target } = CITIES[stores.city.get().city].home;
  if (!hasDoubtfulPlace(evidence.candidates, target)) return;
  putNotice(stores, {
    tone: "info",
    key: "place.doubtful",
    params: { name: entry.name },
    action: { key: "place.examine", commands: [{ type: "examine-place", id: entry.id }] },
  });
}
