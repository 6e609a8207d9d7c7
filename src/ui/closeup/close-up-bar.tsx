import { ArrowLeft, FlipHorizontal2, Footprints, Maximize, PanelRightOpen } from "lucide-react";
import { lazy, Suspense } from "react";
import type { ModelEntry } from "../../domain/model.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { HoverTip } from "../furniture/hover-tip.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { Range } from "../kit/range.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { useRun } from "../use-run.ts";
import { SECTION_AXES, type SectionAxis, sectionMiddle, sectionRange } from "./section-range.ts";
import "./close-up.css";

const StoreyPicker = lazy(() => import("./storey-picker.tsx").then((m) => ({ default: m.StoreyPicker })));

function SectionControls({ model }: { model: ModelEntry }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const section = useStore(stores.models, (state) => state.section);
  const chooseAxis = (axis: SectionAxis | "none") =>
    run({
      type: "set-section",
      section: axis === "none" ? null : { axis, offset: sectionMiddle(model.box, axis), flipped: false },
    });
  const range = section && sectionRange(model.box, section.axis);
  return (
    <div className="lt-section-tools">
      <span className="lt-label">{t("closeup.section")}</span>
      <Segmented
        label={t("closeup.section")}
        value={section?.axis ?? "none"}
        options={(["none", ...SECTION_AXES] as const).map((id) => ({
          id,
          label: t(`closeup.section.${id}`),
        }))}
        onChange={chooseAxis}
      />
      {section && range && (
        <>
          <Range
            quiet
            className="lt-section-range"
            label={t("closeup.offset")}
            value={section.offset}
            min={range.min}
            max={range.max}
            step={0.05}
            onChange={(offset) => run({ type: "set-section", section: { ...section, offset } })}
            show={(value) => format.measure(value, "m", 2)}
          />
          <output className="lt-section-value">{format.measure(section.offset, "m", 2)}</output>
          <IconButton
            label={t("closeup.flip")}
            icon={FlipHorizontal2}
            pressed={section.flipped}
            onPress={() => run({ type: "set-section", section: { ...section, flipped: !section.flipped } })}
          />
        </>
      )}
    </div>
  );
}

/** The close-up of one building: way back, storeys, one section plane, fit. */
export function CloseUpBar({ modelId }: { modelId: string }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const model = useStore(stores.models, (state) => state.models.find((one) => one.id === modelId));
  const isRightOpen = useStore(stores.ui, (state) => state.panels.right || state.mode === "command");
  const starved = useStore(stores.reading, (state) => state.starvedTiles);
  const isWalking = useStore(stores.reading, (state) => state.walking);
  return (
    <div className="lt-close-up">
      <div className="lt-close-up-bar lt-glass">
        <Button icon={ArrowLeft} onPress={() => run({ type: "close-building" })}>
          {t("closeup.back")}
        </Button>
        {model && (
          <>
            <h2 className="lt-ellipsis">{model.name}</h2>
            <Suspense>
              <StoreyPicker model={model} />
            </Suspense>
            <IconButton
              label={t("closeup.fit")}
              icon={Maximize}
              onPress={() => run({ type: "zoom-to-model", id: modelId })}
            />
            <IconButton
              label={t("reading.walk")}
              hint="G"
              icon={Footprints}
              pressed={isWalking}
              onPress={() => run({ type: "set-walking", on: !isWalking })}
            />
            <SectionControls model={model} />
          </>
        )}
        {!isRightOpen && (
          <IconButton
            label={t("city.inspector")}
            hint="]"
            icon={PanelRightOpen}
            onPress={() => run({ type: "show-panel", side: "right", open: true })}
          />
        )}
      </div>
      <HoverTip />
      {starved > 0 && (
        <p className="lt-walk-help lt-glass" role="status">
          {t("reading.starved", { count: starved })}
        </p>
      )}
      {isWalking && (
        <p className="lt-walk-help lt-glass" role="status">
          {t("reading.walkHelp")}
        </p>
      )}
    </div>
  );
}
