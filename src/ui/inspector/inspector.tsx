import { PanelRightClose, X } from "lucide-react";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import type { Selection } from "../../domain/selection.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { PALETTE_KEYS } from "../keyboard.ts";
import { IconButton } from "../kit/button.tsx";
import { Empty } from "../kit/section.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { useRun } from "../use-run.ts";
import "./inspector.css";

const BuildingDetail = lazy(() =>
  import("./building-detail.tsx").then((m) => ({ default: m.BuildingDetail })),
);
const ElementPanel = lazy(() => import("./element-detail.tsx").then((m) => ({ default: m.ElementPanel })));
const SensorDetail = lazy(() => import("./sensor-detail.tsx").then((m) => ({ default: m.SensorDetail })));
const WarningDetail = lazy(() => import("./warning-detail.tsx").then((m) => ({ default: m.WarningDetail })));
const UnitDetail = lazy(() => import("../zones/unit-detail.tsx").then((m) => ({ default: m.UnitDetail })));
const ZoneDetail = lazy(() => import("../zones/zone-detail.tsx").then((m) => ({ default: m.ZoneDetail })));
const ScenarioPanel = lazy(() =>
  import("../scenario/scenario-panel.tsx").then((m) => ({ default: m.ScenarioPanel })),
);

function SelectionDetail({ selection }: { selection: Selection }) {
  switch (selection.kind) {
    case "building":
      return <BuildingDetail selection={selection} />;
    case "element":
      return (
        <ElementPanel key={selection.globalId} modelId={selection.modelId} globalId={selection.globalId} />
      );
    case "sensor":
      return <SensorDetail sensorId={selection.sensorId} />;
    case "warning":
      return <WarningDetail warningId={selection.warningId} />;
    case "unit":
      return <UnitDetail unitId={selection.unitId} />;
    case "zone":
      return <ZoneDetail zoneId={selection.zoneId} />;
    case "none":
      return null;
  }
}

function EmptyInspector() {
  const { t } = useWords();
  const { stores } = useTwin();
  const mode = useStore(stores.ui, (state) => state.mode);
  return (
    <div className="lt-inspector-empty">
      <Empty>{mode === "command" ? t("now.choose") : t("inspector.empty")}</Empty>
      <Empty>{t("inspector.emptyHint", { key: PALETTE_KEYS })}</Empty>
    </div>
  );
}

type Tab = "selection" | "scenario";

/** The newest of the two comes to the front: something chosen, or a scenario opened. */
function useTab(hasSelection: boolean, hasScenario: boolean, chosen: unknown): [Tab, (tab: Tab) => void] {
  const [tab, setTab] = useState<Tab>(hasSelection ? "selection" : "scenario");
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new choice brings its tab forward even when one was there
  useEffect(() => {
    setTab(hasSelection ? "selection" : "scenario");
  }, [hasSelection, chosen]);
  if (!hasSelection) return ["scenario", setTab];
  if (!hasScenario) return ["selection", setTab];
  return [tab, setTab];
}

function Head({ children }: { children: ReactNode }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const mode = useStore(stores.ui, (state) => state.mode);
  const hasSelection = useStore(stores.selection, (state) => state.selection.kind !== "none");
  return (
    <div className="lt-panel-head">
      {children}
      {hasSelection && (
        <IconButton
          label={t("inspector.clear")}
          hint="Esc"
          icon={X}
          onPress={() => run({ type: "clear-selection" })}
        />
      )}
      {mode !== "command" && (
        <IconButton
          label={t("panel.collapse")}
          hint="]"
          icon={PanelRightClose}
          onPress={() => run({ type: "show-panel", side: "right", open: false })}
        />
      )}
    </div>
  );
}

/** What is chosen, and the open scenario. */
export function Inspector() {
  const { stores } = useTwin();
  const { t } = useWords();
  const selection = useStore(stores.selection, (state) => state.selection);
  const chosenWarning = useStore(stores.scenario, (state) => state.chosenWarning);
  const active = useStore(stores.scenario, (state) => state.active);
  const mode = useStore(stores.ui, (state) => state.mode);
  const hasSelection = selection.kind !== "none";
  const [tab, setTab] = useTab(hasSelection, active !== null, selection);
  const showsWarning = !hasSelection && chosenWarning !== null;
  const title =
    mode === "command"
      ? t("now.chosen")
      : hasSelection
        ? t("inspector.selection")
        : t(showsWarning ? "scenario.warnings" : "panel.right");
  return (
    <aside className="lt-side lt-side-right lt-glass" aria-label={t("panel.right")}>
      <Head>
        {hasSelection && active ? (
          <span>
            <Segmented
              label={t("panel.right")}
              value={tab}
              onChange={setTab}
              options={[
                { id: "selection", label: t("inspector.selection") },
                { id: "scenario", label: t("inspector.scenario") },
              ]}
            />
          </span>
        ) : (
          <h2>{!hasSelection && !showsWarning && active ? t.text(active.title) : title}</h2>
        )}
      </Head>
      <div className="lt-panel-body lt-scroll">
        <Suspense>
          {hasSelection && tab === "selection" ? (
            <SelectionDetail selection={selection} />
          ) : showsWarning ? (
            <WarningDetail warningId={chosenWarning} />
          ) : active ? (
            <ScenarioPanel scenario={active} />
          ) : (
            <EmptyInspector />
          )}
        </Suspense>
      </div>
    </aside>
  );
}
