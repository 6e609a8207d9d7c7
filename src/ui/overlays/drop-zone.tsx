import { FileDown } from "lucide-react";
import { useEffect, useState } from "react";
import { useTwin, useWords } from "../context.tsx";
import "./overlays.css";

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

/** A file dragged over the window: says what will happen, then hands the files on. */
export function DropZone() {
  const { signals } = useTwin();
  const { t } = useWords();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    let depth = 0;
    const move = (event: DragEvent, step: number) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth = Math.max(0, depth + step);
      setOver(depth > 0);
    };
    addEventListener("dragenter", (event) => move(event, 1), { signal });
    addEventListener("dragover", (event) => move(event, 0), { signal });
    addEventListener("dragleave", (event) => move(event, -1), { signal });
    addEventListener(
      "drop",
      (event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        depth = 0;
        setOver(false);
        const files = event.dataTransfer?.files;
        if (files && files.length > 0) signals.dropFiles(files);
      },
      { signal },
    );
    return () => ending.abort();
  }, [signals]);
  if (!isOver) return null;
  return (
    <div className="lt-drop" role="status">
      <div>
        <FileDown className="lt-drop-icon" aria-hidden strokeWidth={1.2} />
        <b>{t("drop.title")}</b>
        <span>{t("drop.hint")}</span>
      </div>
    </div>
  );
}
