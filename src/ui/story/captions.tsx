import { useStore, useTwin, useWords } from "../context.tsx";

/** The step's words: this language large, the other one small below it. */
export function Captions() {
  const { stores } = useTwin();
  const { t } = useWords();
  const { caption, step } = useStore(stores.story, (state) => state);
  if (!caption) return null;
  const other = t.locale === "en" ? caption.zh : caption.en;
  const main = t.text(caption);
  return (
    <div className="lt-captions" aria-live="polite">
      <div key={step}>
        <p className="lt-caption-main">{main}</p>
        {other && other !== main && (
          <p className="lt-caption-other" lang={t.locale === "en" ? "zh-CN" : "en"}>
            {other}
          </p>
        )}
      </div>
    </div>
  );
}
