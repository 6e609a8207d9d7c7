import { useEffect, useRef } from "react";
import { useTwin, useWords } from "../context.tsx";
import { scaleBar } from "./scale.ts";

/** Ground length at the middle of the view. Written by the camera's callback, not by React. */
export function ScaleBar() {
  const { signals } = useTwin();
  const { t, format } = useWords();
  const bar = useRef<HTMLDivElement>(null);
  const word = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      signals.onCameraMoved(({ metersPerPixel }) => {
        const scale = scaleBar(metersPerPixel);
        if (!bar.current || !word.current) return;
        bar.current.hidden = scale === null;
        if (!scale) return;
        bar.current.style.width = `${scale.widthPx}px`;
        word.current.textContent = format.distance(scale.metres);
      }),
    [signals, format],
  );
  return (
    <div ref={bar} className="lt-scale" role="img" aria-label={t("city.scale")} hidden>
      <span ref={word} />
    </div>
  );
}
