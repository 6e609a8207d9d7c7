import { lazy, Suspense, useEffect } from "react";
import type { Mode } from "../../state/stores.ts";
import { CloseUpBar } from "../closeup/close-up-bar.tsx";
import { useStore, useTwin } from "../context.tsx";
import { CityFurniture } from "../furniture/city-furniture.tsx";
import { Inspector } from "../inspector/inspector.tsx";
import { FaultBoundary } from "../kit/fault-boundary.tsx";
import { LeftPanel } from "./left-panel.tsx";
import { preloadPanels } from "./preload.ts";

const NowColumn = lazy(() => import("../command/now-column.tsx").then((m) => ({ default: m.NowColumn })));

const ReadingPanel = lazy(() =>
  import("../reading/reading-panel.tsx").then((m) => ({ default: m.ReadingPanel })),
);

const PlacePanel = lazy(() =>
  import("../placement/place-panel.tsx").then((m) => ({ default: m.PlacePanel })),
);

/** Left column, the city's own instruments, right column. */
export function Stage({ mode }: { mode: Mode }) {
  const { stores } = useTwin();
  const openModel = useStore(stores.models, (state) => state.open);
  const examined = useStore(stores.placement, (state) => state.modelId);
  const isRightOpen = useStore(stores.ui, (state) => state.panels.right);
  useEffect(preloadPanels, []);
  const isCommand = mode === "command";
  return (
    <main className="lt-stage">
      {isCommand ? (
        <FaultBoundary>
          <Suspense>
            <NowColumn />
          </Suspense>
        </FaultBoundary>
      ) : (
        <Suspense>{openModel === null ? <LeftPanel /> : <ReadingPanel modelId={openModel} />}</Suspense>
      )}
      <div className="lt-city" data-region>
        {openModel === null ? <CityFurniture /> : <CloseUpBar modelId={openModel} />}
      </div>
      {(isRightOpen || isCommand) && (
        <FaultBoundary>
          {examined === null || isCommand ? (
            <Inspector />
          ) : (
            <Suspense>
              <PlacePanel key={examined} modelId={examined} />
            </Suspense>
          )}
        </FaultBoundary>
      )}
    </main>
  );
}
