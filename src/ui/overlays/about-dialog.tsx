import { useWords } from "../context.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { useRun } from "../use-run.ts";

export function AboutDialog() {
  const { t } = useWords();
  const run = useRun();
  return (
    <Dialog title={t("about.title")} onClose={() => run({ type: "open-overlay", overlay: "none" })}>
      <p className="lt-prose">{t("about.text")}</p>
      <p className="lt-note">{t("about.license")}</p>
    </Dialog>
  );
}
