import { gridAt } from "../../domain/map-conversion.ts";
import type { ModelEntry } from "../../domain/model.ts";
import { bearingOf } from "../../domain/model-place.ts";
import { createProjection } from "../../geo/projection.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Facts } from "../kit/section.tsx";

/** Where the model stands now, in figures. */
export function StandingFacts({ model }: { model: ModelEntry }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const { evidence, standing, followed } = useStore(stores.placement, (state) => state);
  if (!evidence) return null;
  if (!standing) return <p className="lt-place-state">{t("place.unplaced")}</p>;
  const { longitudeDeg, latitudeDeg } = standing;
  const index = evidence.candidates.findIndex(({ id }) => id === followed);
  const grid = gridAt(longitudeDeg, latitudeDeg);
  const { eastings, northings } = createProjection(grid).fromGeodetic(longitudeDeg, latitudeDeg);
  return (
    <>
      <p className="lt-place-state">
        {index >= 0 ? t("place.follows", { number: index + 1 }) : t("place.byHand")}
      </p>
      <Facts
        rows={[
          ["WGS 84", `${longitudeDeg.toFixed(7)}, ${latitudeDeg.toFixed(7)}`],
          [grid, `${eastings.toFixed(2)}, ${northings.toFixed(2)}`],
          [t("place.bearing"), format.degrees(bearingOf(evidence, standing), 2)],
          [t("place.lift"), format.measure(model.userPlace?.height ?? 0, "m", 2)],
        ]}
      />
    </>
  );
}
