import { Blocks, Layers, ListTree, Palette, PanelLeftClose, PanelLeftOpen, Waypoints } from "lucide-react";
import { lazy, Suspense } from "react";
import { useStore, useTwin, useWords } from "../context.tsx";
import { IconButton } from "../kit/button.tsx";
import { Section } from "../kit/section.tsx";
import { LayerActions, LayerList } from "../layers/layer-list.tsx";
import { LookControls } from "../look/look-controls.tsx";
import { ModelList } from "../models/model-list.tsx";
import { ScenarioList } from "../scenario/scenario-list.tsx";
import { useRun } from "../use-run.ts";
import "./left-panel.css";

const CatalogueTree = lazy(() =>
  import("../layers/catalogue-tree.tsx").then((m) => ({ default: m.CatalogueTree })),
);
const SensorDisplayControl = lazy(() =>
  import("../layers/sensor-display.tsx").then((m) => ({ default: m.SensorDisplayControl })),
);

const TerrainControl = lazy(() =>
  import("../terrain/terrain-control.tsx").then((m) => ({ default: m.TerrainControl })),
);

const RAIL = [
  { key: "panel.layers", icon: Layers },
  { key: "panel.catalogue", icon: ListTree },
  { key: "panel.scenarios", icon: Waypoints },
  { key: "panel.models", icon: Blocks },
  { key: "panel.look", icon: Palette },
] as const;

function Rail() {
  const { t } = useWords();
  const run = useRun();
  const open = () => run({ type: "show-panel", side: "left", open: true });
  return (
    <nav className="lt-rail lt-glass" aria-label={t("panel.left")}>
      <IconButton label={t("panel.expand")} hint="[" icon={PanelLeftOpen} onPress={open} side="right" />
      <span className="lt-rail-rule" />
      {RAIL.map(({ key, icon }) => (
        <IconButton key={key} label={t(key)} icon={icon} onPress={open} side="right" />
      ))}
    </nav>
  );
}

/** Layers, models, look and scenarios; a 44 px rail when collapsed. */
export function LeftPanel() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const isOpen = useStore(stores.ui, (state) => state.panels.left);
  if (!isOpen) return <Rail />;
  return (
    <aside className="lt-side lt-side-left lt-glass" aria-label={t("panel.left")}>
      <div className="lt-panel-body lt-scroll">
        <Section
          title={t("panel.layers")}
          aside={
            <>
              <LayerActions />
              <IconButton
                label={t("panel.collapse")}
                hint="["
                icon={PanelLeftClose}
                onPress={() => run({ type: "show-panel", side: "left", open: false })}
              />
            </>
          }
        >
          <LayerList />
          <Suspense>
            <SensorDisplayControl />
            <TerrainControl />
          </Suspense>
        </Section>
        <Section title={t("panel.catalogue")} startsClosed>
          <Suspense>
            <CatalogueTree />
          </Suspense>
        </Section>
        <Section title={t("panel.scenarios")}>
          <ScenarioList />
        </Section>
        <Section title={t("panel.models")}>
          <ModelList />
        </Section>
        <Section title={t("panel.look")}>
          <LookControls />
        </Section>
      </div>
    </aside>
  );
}
