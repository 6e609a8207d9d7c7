import {
  Bookmark,
  ClipboardCheck,
  ListTree,
  PanelLeftClose,
  PanelLeftOpen,
  Ruler,
  Search,
  SquareSplitHorizontal,
} from "lucide-react";
import { lazy, Suspense } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import type { ModelEntry } from "../../domain/model.ts";
import type { ReadingPanel as Pane } from "../../state/reading-store.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { IconButton, Tip } from "../kit/button.tsx";
import { usePanelFocus } from "../kit/use-panel-focus.ts";
import { useRun } from "../use-run.ts";
import { SelectionBar } from "./selection-bar.tsx";
import { StructurePane } from "./structure-pane.tsx";
import { VoidSwitches } from "./void-switches.tsx";
import "../models/models.css";
import "./reading.css";

const SearchPane = lazy(() => import("./search-pane.tsx").then((m) => ({ default: m.SearchPane })));
const SectionPane = lazy(() => import("./section-pane.tsx").then((m) => ({ default: m.SectionPane })));
const MeasurePane = lazy(() => import("./measure-pane.tsx").then((m) => ({ default: m.MeasurePane })));
const ViewsPane = lazy(() => import("./views-pane.tsx").then((m) => ({ default: m.ViewsPane })));
const CheckPane = lazy(() => import("./check-pane.tsx").then((m) => ({ default: m.CheckPane })));

const PANES = [
  { id: "structure", icon: ListTree },
  { id: "search", icon: Search },
  { id: "section", icon: SquareSplitHorizontal },
  { id: "measure", icon: Ruler },
  { id: "views", icon: Bookmark },
  { id: "check", icon: ClipboardCheck },
] as const;

function PaneContent({ pane, model }: { pane: Pane; model: ModelEntry }) {
  switch (pane) {
    case "structure":
      return (
        <>
          <VoidSwitches model={model} />
          <StructurePane modelId={model.id} />
        </>
      );
    case "search":
      return <SearchPane modelId={model.id} />;
    case "section":
      return <SectionPane model={model} />;
    case "measure":
      return <MeasurePane model={model} />;
    case "views":
      return <ViewsPane modelId={model.id} />;
    case "check":
      return <CheckPane modelId={model.id} />;
  }
}

function Tabs({ pane }: { pane: Pane }) {
  const { t } = useWords();
  const run = useRun();
  return (
    <ToggleButtonGroup
      className="lt-segmented lt-panes"
      aria-label={t("reading.title")}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[pane]}
      onSelectionChange={(keys) => {
        const next = PANES.find(({ id }) => keys.has(id));
        if (next) run({ type: "set-reading-panel", panel: next.id });
      }}
    >
      {PANES.map(({ id, icon: Icon }) => (
        <Tip key={id} text={t(`reading.pane.${id}`)}>
          <ToggleButton id={id} className="lt-segment" aria-label={t(`reading.pane.${id}`)}>
            <Icon className="lt-icon" aria-hidden />
          </ToggleButton>
        </Tip>
      ))}
    </ToggleButtonGroup>
  );
}

/** The left column of the close-up: structure, search, sections, measures, viewpoints, checks. */
export function ReadingPanel({ modelId }: { modelId: string }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const model = useStore(stores.models, (state) => state.models.find(({ id }) => id === modelId));
  const pane = useStore(stores.reading, (state) => state.panel);
  const isOpen = useStore(stores.ui, (state) => state.panels.left);
  const panel = usePanelFocus(`[data-model="${modelId}"]`);
  if (!model) return null;
  if (!isOpen)
    return (
      <nav className="lt-rail lt-glass" aria-label={t("reading.title")}>
        <IconButton
          label={t("panel.expand")}
          hint="["
          icon={PanelLeftOpen}
          side="right"
          onPress={() => run({ type: "show-panel", side: "left", open: true })}
        />
      </nav>
    );
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className="lt-side lt-side-left lt-glass lt-reader"
      aria-label={t("reading.title")}
    >
      <div className="lt-reading-head">
        <Tabs pane={pane} />
        <IconButton
          label={t("panel.collapse")}
          hint="["
          icon={PanelLeftClose}
          onPress={() => run({ type: "show-panel", side: "left", open: false })}
        />
      </div>
      <h2 className="lt-reading-title">{t(`reading.pane.${pane}`)}</h2>
      <div className="lt-reading-body lt-scroll">
        <Suspense>
          <PaneContent pane={pane} model={model} />
        </Suspense>
      </div>
      <SelectionBar modelId={modelId} />
    </aside>
  );
}
