import { Play } from "lucide-react";
import { Button } from "react-aria-components";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Empty } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import "./scenario-list.css";

/** Scenarios to open and stories to play. */
export function ScenarioList() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const { available, active, error } = useStore(stores.scenario, (state) => state);
  const isStarting = useStore(stores.ui, (state) => state.engine === "starting");
  const stories = useStore(stores.story, (state) => state.available);
  return (
    <div className="lt-scenarios">
      {error && (
        <p className="lt-fault" role="alert">
          {t.error(error)}
        </p>
      )}
      {available.length === 0 && <Empty>{t(isStarting ? "app.loading" : "scenario.empty")}</Empty>}
      {available.map(({ id, title }) => {
        const isActive = active?.id === id;
        return (
          <Button
            key={id}
            className="lt-choice-row"
            aria-pressed={isActive}
            onPress={() => run(isActive ? { type: "close-scenario" } : { type: "open-scenario", id })}
          >
            <span className="lt-ellipsis">{t.text(title)}</span>
            <span className="lt-choice-verb">{isActive ? t("action.close") : t("action.open")}</span>
          </Button>
        );
      })}
      {stories.map(({ id, title }) => (
        <Button key={id} className="lt-choice-row" onPress={() => run({ type: "play-story", id })}>
          <span className="lt-ellipsis">{t.text(title)}</span>
          <span className="lt-choice-verb">
            <Play className="lt-icon" aria-hidden />
            {t("story.play")}
          </span>
        </Button>
      ))}
    </div>
  );
}
