import { Globe, Home, LocateFixed, Minus, PanelRightOpen, Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { useStore, useTwin, useWords } from "../context.tsx";
import { IconButton, Tip } from "../kit/button.tsx";
import { useRun } from "../use-run.ts";

const ZOOM_IN = 0.6;
const ZOOM_OUT = 1 / ZOOM_IN;

/** The rose turns by the camera's callback, not by React: it moves with every frame. */
function Compass() {
  const { signals } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const rose = useRef<SVGSVGElement>(null);
  const [heading, setHeading] = useState(0);
  useEffect(
    () =>
      signals.onCameraMoved(({ headingDeg }) => {
        if (rose.current) rose.current.style.transform = `rotate(${-headingDeg}deg)`;
        setHeading(Math.round(headingDeg) % 360);
      }),
    [signals],
  );
  const label = t("city.compass", { heading: format.degrees(heading) });
  return (
    <Tip text={label} side="left">
      <Button className="lt-compass" aria-label={label} onPress={() => run({ type: "turn-north" })}>
        <svg ref={rose} viewBox="0 0 36 36" aria-hidden="true">
          <circle cx="18" cy="18" r="15.5" className="lt-compass-ring" />
          <path d="M18 5.5 22 18h-8z" className="lt-compass-north" />
          <path d="M18 30.5 14 18h8z" className="lt-compass-south" />
        </svg>
      </Button>
    </Tip>
  );
}

/** The vertical bar at the city's right edge. */
export function CityTools() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const hasSelection = useStore(stores.selection, (state) => state.selection.kind !== "none");
  const isRightOpen = useStore(stores.ui, (state) => state.panels.right || state.mode === "command");
  return (
    <div
      className="lt-tools lt-glass"
      role="toolbar"
      aria-orientation="vertical"
      aria-label={t("city.tools")}
    >
      <Compass />
      <span className="lt-rail-rule" />
      <IconButton
        side="left"
        label={t("city.zoomIn")}
        hint="+"
        icon={Plus}
        onPress={() => run({ type: "zoom", factor: ZOOM_IN })}
      />
      <IconButton
        side="left"
        label={t("city.zoomOut")}
        hint="−"
        icon={Minus}
        onPress={() => run({ type: "zoom", factor: ZOOM_OUT })}
      />
      <IconButton
        side="left"
        label={t("city.home")}
        hint="H"
        icon={Home}
        onPress={() => run({ type: "fly-home" })}
      />
      <IconButton
        side="left"
        label={t("city.focus")}
        hint="F"
        icon={LocateFixed}
        isDisabled={!hasSelection}
        onPress={() => run({ type: "zoom-to-selection" })}
      />
      <span className="lt-rail-rule" />
      <IconButton
        side="left"
        label={t("city.basemap")}
        icon={Globe}
        onPress={() => run({ type: "open-overlay", overlay: "basemap" })}
      />
      {!isRightOpen && (
        <IconButton
          side="left"
          label={t("city.inspector")}
          hint="]"
          icon={PanelRightOpen}
          onPress={() => run({ type: "show-panel", side: "right", open: true })}
        />
      )}
    </div>
  );
}
