import { lazy, Suspense } from "react";
import { I18nProvider } from "react-aria-components";
import { useStore, useTwin } from "../context.tsx";
import { FaultBoundary } from "../kit/fault-boundary.tsx";
import { TopBar } from "./top-bar.tsx";
import { Veil } from "./veil.tsx";
import "./app.css";

const Stage = lazy(() => import("./stage.tsx").then((m) => ({ default: m.Stage })));
const BottomStrip = lazy(() => import("../feeds/bottom-strip.tsx").then((m) => ({ default: m.BottomStrip })));
const Overlays = lazy(() => import("../overlays/overlays.tsx").then((m) => ({ default: m.Overlays })));
const PresentScreen = lazy(() =>
  import("../story/present-screen.tsx").then((m) => ({ default: m.PresentScreen })),
);

const WallScreen = lazy(() => import("../wall/wall-screen.tsx").then((m) => ({ default: m.WallScreen })));

/** The whole interface. What is heavy arrives after the top bar has been painted. */
export function App() {
  const { stores } = useTwin();
  const mode = useStore(stores.ui, (state) => state.mode);
  const locale = useStore(stores.ui, (state) => state.locale);
  return (
    <I18nProvider locale={locale === "en" ? "en-GB" : locale}>
      {mode === "present" ? (
        <Suspense>
          <PresentScreen />
        </Suspense>
      ) : mode === "wall" ? (
        <Suspense>
          <WallScreen />
        </Suspense>
      ) : (
        <div className="lt-workspace">
          <TopBar />
          <Suspense fallback={<div className="lt-stage" />}>
            <Stage mode={mode} />
          </Suspense>
          <FaultBoundary>
            <Suspense fallback={<div className="lt-strip-room" />}>
              <BottomStrip />
            </Suspense>
          </FaultBoundary>
        </div>
      )}
      <Veil />
      <FaultBoundary>
        <Suspense>
          <Overlays />
        </Suspense>
      </FaultBoundary>
    </I18nProvider>
  );
}
