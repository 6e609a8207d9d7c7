import { ASPECT_COLORS, ELEVATION_RAMP, SLOPE_CLASSES } from "../../domain/terrain.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import "./terrain.css";

function ElevationLegend() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const range = useStore(stores.terrain, (state) => state.range);
  const { min, max } = range ?? { min: 0, max: 1000 };
  return (
    <div className="lt-relief-legend">
      <div
        className="lt-relief-ramp"
        style={{ background: `linear-gradient(90deg, ${ELEVATION_RAMP.join(", ")})` }}
      />
      <div className="lt-relief-ends">
        <span>{format.measure(min, "m")}</span>
        <span>{t("terrain.aboveEllipsoid")}</span>
        <span>{format.measure(max, "m")}</span>
      </div>
    </div>
  );
}

function Swatches({ entries }: { entries: readonly { readonly color: string; readonly label: string }[] }) {
  return (
    <ul className="lt-relief-swatches">
      {entries.map(({ color, label }) => (
        <li key={label}>
          <i style={{ background: color }} aria-hidden />
          {label}
        </li>
      ))}
    </ul>
  );
}

/** What the colours of the ground mean, in the shading of the moment. */
export function ReliefLegend() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const { shading, contours } = useStore(stores.terrain, (state) => state.display);
  const slopes = SLOPE_CLASSES.map(({ upToDeg, color }, k) => {
    const from = SLOPE_CLASSES[k - 1]?.upToDeg;
    const label =
      k + 1 === SLOPE_CLASSES.length
        ? `> ${format.degrees(from ?? 0)}`
        : from === undefined
          ? `≤ ${format.degrees(upToDeg)}`
          : `${from}–${format.degrees(upToDeg)}`;
    return { color, label };
  });
  const names = t("terrain.directions").split(" ");
  const aspects = ASPECT_COLORS.map((color, k) => ({ color, label: names[k] ?? "" }));
  return (
    <>
      {shading === "elevation" && <ElevationLegend />}
      {shading === "slope" && <Swatches entries={slopes} />}
      {shading === "aspect" && <Swatches entries={aspects} />}
      {contours !== null && (
        <p className="lt-note">
          {t("terrain.contourNote", {
            step: format.measure(contours, "m"),
            strong: format.measure(contours * 5, "m"),
          })}
        </p>
      )}
    </>
  );
}
