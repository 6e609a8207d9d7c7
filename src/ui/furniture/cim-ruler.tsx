import { useMemo } from "react";
import { CIM_GRADES, gradeShortfall, gradesInView } from "../../domain/cim-grade.ts";
import type { ModelEntry } from "../../domain/model.ts";
import type { CameraPose } from "../../domain/pose.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import "./cim-ruler.css";

const M_PER_DEG = 111_195;
/** A model farther away than this many heights of the camera is not what is looked at. */
const NEAR_HEIGHTS = 12;
const NEAR_M = 1500;

/** Whether a model stands near enough to the camera to be seen as one. */
export function isModelNear(
  { georeference }: Pick<ModelEntry, "georeference">,
  pose: CameraPose | null,
): boolean {
  const { origin } = georeference;
  if (!origin || !pose) return pose !== null;
  const squeeze = Math.cos((pose.latitudeDeg * Math.PI) / 180);
  const distance =
    Math.hypot((origin.longitudeDeg - pose.longitudeDeg) * squeeze, origin.latitudeDeg - pose.latitudeDeg) *
    M_PER_DEG;
  return distance < Math.max(NEAR_M, pose.height * NEAR_HEIGHTS);
}

/** CIM1 to CIM7: which grades are loaded in view, and by what. */
export function CimRuler() {
  const { stores } = useTwin();
  const { t } = useWords();
  const layers = useStore(stores.layers, (state) => state.layers);
  const models = useStore(stores.models, (state) => state.models);
  const pose = useStore(stores.camera, (state) => state.observed);
  const grades = useMemo(
    () => gradesInView(layers, models, (model) => isModelNear(model, pose)),
    [layers, models, pose],
  );
  const isShort = layers.some((layer) => layer.visible && gradeShortfall(layer));
  return (
    <ol className="lt-cim" aria-label={t("cim.title")} data-short={isShort}>
      {CIM_GRADES.map(({ grade, name, about }, i) => {
        const sources = grades[i] ?? [];
        const list = sources.map((source) => t.text(source)).join(" · ");
        const what = `CIM${grade} ${t.text(name)} · ${t.text(about)}`;
        const held = sources.length > 0 ? t("cim.loaded", { layers: list }) : t("cim.notLoaded");
        return (
          <li key={grade} data-on={sources.length > 0} title={`${what}\n${held}`}>
            <span aria-hidden>{grade}</span>
            <span className="lt-hidden">{`${what} ${held}`}</span>
          </li>
        );
      })}
      {isShort && <li className="lt-cim-short" title={t("cim.short")} aria-label={t("cim.short")} />}
    </ol>
  );
}
