import { useEffect, useRef } from "react";
import { useTwin } from "../context.tsx";

/** Follows the pointer over the city. Moved by style, outside React. */
export function HoverTip() {
  const { signals } = useTwin();
  const tip = useRef<HTMLDivElement>(null);
  const title = useRef<HTMLElement>(null);
  const subtitle = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      signals.onHover((hit) => {
        const box = tip.current;
        if (!box || !title.current || !subtitle.current) return;
        box.hidden = hit === null;
        if (!hit) return;
        title.current.textContent = hit.title;
        subtitle.current.textContent = hit.subtitle;
        const x = Math.min(hit.x + 14, innerWidth - box.offsetWidth - 8);
        const y = Math.min(hit.y + 16, innerHeight - box.offsetHeight - 8);
        box.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
      }),
    [signals],
  );
  return (
    <div ref={tip} className="lt-hover" hidden>
      <b ref={title} />
      <span ref={subtitle} />
    </div>
  );
}
