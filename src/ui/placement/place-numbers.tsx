import { MapPin } from "lucide-react";
import { useState } from "react";
import { TwinError } from "../../base/errors.ts";
import { gridAt } from "../../domain/map-conversion.ts";
import { bearingOf, type ModelPlace, withBearing } from "../../domain/model-place.ts";
import { createProjection, type Projection } from "../../geo/projection.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Field } from "../kit/field.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { useRun } from "../use-run.ts";

type By = "map" | "degrees";

/** A typed number, also with a comma for the decimals; null when it is none. */
function numberOf(text: string): number | null {
  const value = Number(text.trim().replace(",", "."));
  return text.trim() !== "" && Number.isFinite(value) ? value : null;
}

function projectionOf(crs: string): Projection | null {
  try {
    return createProjection(crs);
  } catch (error) {
    if (error instanceof TwinError) return null;
    throw error;
  }
}

/** Longitude and latitude of what was typed; null when it is on no map. */
function landing(
  by: By,
  first: number,
  second: number,
  projection: Projection | null,
): Pick<ModelPlace, "longitudeDeg" | "latitudeDeg"> | null {
  if (by === "degrees")
    return Math.abs(first) <= 180 && Math.abs(second) <= 90
      ? { longitudeDeg: first, latitudeDeg: second }
      : null;
  try {
    return projection?.toGeodetic(first, second) ?? null;
  } catch {
    return null;
  }
}

function pairIn(by: By, place: ModelPlace | null, crs: string): readonly [string, string] {
  if (!place) return ["", ""];
  const { longitudeDeg, latitudeDeg } = place;
  if (by === "degrees") return [longitudeDeg.toFixed(8), latitudeDeg.toFixed(8)];
  try {
    const { eastings, northings } = createProjection(crs).fromGeodetic(longitudeDeg, latitudeDeg);
    return [eastings.toFixed(3), northings.toFixed(3)];
  } catch {
    return ["", ""];
  }
}

/** The place in typed figures: map coordinates of any system known here, or degrees; bearing and height. */
export function PlaceNumbers({ modelId }: { modelId: string }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const { evidence, standing, middle } = useStore(stores.placement, (state) => state);
  const home = useStore(stores.camera, (state) => state.observed);
  const userPlace = useStore(stores.models, (s) => s.models.find(({ id }) => id === modelId)?.userPlace);
  const [by, setBy] = useState<By>("map");
  const near = standing ?? home;
  const [crs, setCrs] = useState(() => (near ? gridAt(near.longitudeDeg, near.latitudeDeg) : "EPSG:4550"));
  const [pair, setPair] = useState(() => pairIn("map", standing, crs));
  const [bearing, setBearing] = useState(() =>
    evidence && standing ? bearingOf(evidence, standing).toFixed(4) : "0",
  );
  const [lift, setLift] = useState(String(userPlace?.height ?? 0));
  const projection = projectionOf(crs);
  const [first, second] = pair.map(numberOf) as [number | null, number | null];
  const spot = first !== null && second !== null ? landing(by, first, second, projection) : null;
  const [bearingDeg, height] = [numberOf(bearing), numberOf(lift)];
  const apply = () => {
    if (!spot || bearingDeg === null || height === null || !evidence) return;
    const here = { ...spot, height, headingDeg: standing?.headingDeg ?? 0 };
    const turned = withBearing(evidence, here, bearingDeg, middle);
    // typed figures are those of the origin, which stays where they say
    run({ type: "place-model", id: modelId, ...spot, height, headingDeg: turned.headingDeg });
  };
  return (
    <div className="lt-place-form">
      <Segmented
        label={t("place.numbers")}
        value={by}
        options={[
          { id: "map", label: t("place.byMap") },
          { id: "degrees", label: t("place.byDegrees") },
        ]}
        onChange={(next) => {
          setBy(next);
          setPair(pairIn(next, standing, crs));
        }}
      />
      {by === "map" && (
        <Field
          label={t("place.crs")}
          value={crs}
          onChange={setCrs}
          error={projection ? null : t("place.crsUnknown")}
          hint={projection?.name ?? ""}
        />
      )}
      <div className="lt-place-pair">
        <Field
          label={t(by === "map" ? "place.eastings" : "place.longitude")}
          value={pair[0]}
          onChange={(value) => setPair([value, pair[1]])}
          inputMode="numeric"
        />
        <Field
          label={t(by === "map" ? "place.northings" : "place.latitude")}
          value={pair[1]}
          onChange={(value) => setPair([pair[0], value])}
          inputMode="numeric"
        />
        <Field label={t("place.bearingDeg")} value={bearing} onChange={setBearing} inputMode="numeric" />
        <Field label={t("place.liftM")} value={lift} onChange={setLift} inputMode="numeric" />
      </div>
      {!spot && pair[0] !== "" && <p className="lt-note">{t("place.offMap")}</p>}
      <div className="lt-row-buttons">
        <Button
          tone="main"
          icon={MapPin}
          isDisabled={!spot || bearingDeg === null || height === null}
          onPress={apply}
        >
          {t("place.apply")}
        </Button>
      </div>
      <p className="lt-note">{t("place.originNote")}</p>
    </div>
  );
}
