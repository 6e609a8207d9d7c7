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
const FeatureDetail = lazy(() => import("./feature-detail.tsx").then((m) => ({ default: m.FeatureDetail })));
const SensorDetail = lazy(() => import("./sensor-detail.tsx").then((m) => ({ default: m.SensorDetail })));
const WarningDetail = lazy(() => import("./warning-detail.tsx").then((m) => ({ default: m.WarningDetail })));
const UnitDetail = lazy(() => import("../zones/unit-detail.tsx").then((m) => ({ default: m.UnitDetail })));
const ZoneDetail = lazy(() => import("../zones/zone-detail.tsx").then((m) => ({ default: m.ZoneDetail })));
const ScenarioPanel = lazy(() =>
  import("../scenario/scenario-panel.tsx").then((m) => ({ default: m.ScenarioPanel })),
);
const IncidentsTab = lazy(() =>
  import("../incident/incidents-tab.tsx").then((m) => ({ default: m.IncidentsTab })),
);

function SelectionDetail({ selection }: { selection: Selection }) {
  switch (selection.kind) {
    case "building":
      return <BuildingDetail selection={selection} />;
    case "element":
      return (
        <ElementPanel key={selection.globalId} modelId={selection.modelId} globalId={selection.globalId} />
      );
    case "feature":
      return <FeatureDetail selection={selection} />;
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

type Tab = "selection" | "scenario" | "incident";

/** The newest comes to the front: something selected, an incident chosen, or a scenario opened. */
function useTab(
  tabs: readonly Tab[],
  selection: Selection,
  incident: string | null,
): [Tab, (tab: Tab) => void] {
  const [tab, setTab] = useState<Tab>(tabs[0] ?? "scenario");
  const isSelected = selection.kind !== "none";
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new choice brings its tab forward even when one was there
  useEffect(() => {
    setTab(isSelected ? "selection" : incident === null ? "scenario" : "incident");
  }, [isSelected, selection]);
  useEffect(() => {
    if (incident !== null) setTab("incident");
  }, [incident]);
  return [tabs.includes(tab) ? tab : (tabs[0] ?? "scenario"), setTab];
}

/** What there is to look at now, the most particular first. */
function useTabs(selection: Selection): readonly Tab[] {
  const { stores } = useTwin();
  const hasScenario = useStore(stores.scenario, (state) => state.active !== null);
  const isCommand = useStore(stores.ui, (state) => state.mode === "command");
  const hasIncidents = useStore(stores.incidents, (state) => state.incidents.length > 0);
  const hasChosen = useStore(stores.incidents, (state) => state.chosen !== null);
  const showsIncidents = isCommand ? hasChosen : hasChosen || hasIncidents || hasScenario;
  return [
    ...(selection.kind === "none" ? [] : (["selection"] as const)),
    ...(showsIncidents && hasChosen ? (["incident"] as const) : []),
    ...(hasScenario ? (["scenario"] as const) : []),
    ...(showsIncidents && !hasChosen ? (["incident"] as const) : []),
  ];
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

/** The heads of what is to be looked at: one a name, several a choice. */
function Tabs({ tabs, tab, onChange }: { tabs: readonly Tab[]; tab: Tab; onChange: (tab: Tab) => void }) {
  const { t } = useWords();
  return (
    <span>
      <Segmented
        label={t("panel.right")}
        value={tab}
        onChange={onChange}
        options={tabs.map((id) => ({
          id,
          label: t(id === "incident" ? "incident.title" : `inspector.${id}`),
        }))}
      />
    </span>
  );
}

/** What is selected, the chosen incident, and the open scenario. */
export function Inspector() {
  const { stores } = useTwin();
  const { t } = useWords();
  const selection = useStore(stores.selection, (state) => state.selection);
  const chosenWarning = useStore(stores.scenario, (state) => state.chosenWarning);
  const chosenIncident = useStore(stores.incidents, (state) => state.chosen);
  const active = useStore(stores.scenario, (state) => state.active);
  const mode = useStore(stores.ui, (state) => state.mode);
  const tabs = useTabs(selection);
  const [tab, setTab] = useTab(tabs, selection, chosenIncident);
  const showsWarning = selection.kind === "none" && chosenWarning !== null;
  const title =
    mode === "command"
      ? t("now.chosen")
      : selection.kind === "none"
        ? t(showsWarning ? "scenario.warnings" : "panel.right")
        : t("inspector.selection");
  return (
    <aside className="lt-side lt-side-right lt-glass" aria-label={t("panel.right")}>
      <Head>
        {tabs.length > 1 ? (
          <Tabs tabs={tabs} tab={tab} onChange={setTab} />
        ) : (
          <h2>{tab === "incident" && tabs.length > 0 ? t("incident.title") : title}</h2>
        )}
      </Head>
      <div className="lt-panel-body lt-scroll">
        <Suspense>
          {tabs.length === 0 && !showsWarning ? (
            <EmptyInspector />
          ) : tab === "selection" ? (
            <SelectionDetail selection={selection} />
          ) : tab === "incident" ? (
            <IncidentsTab />
          ) : showsWarning ? (
            <WarningDetail warningId={chosenWarning} />
          ) : active ? (
            <ScenarioPanel scenario={active} />
          ) : null}
        </Suspense>
      </div>
    </aside>
  );
}
