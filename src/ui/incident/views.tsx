import { Camera } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import type { Incident } from "../../domain/incident.ts";
import { useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Empty } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import { nameOfActor } from "./log-lines.ts";
import { useIsPast } from "./use-moment.ts";

/** Views that were kept with an incident, each to be opened again. */
export function Views({ incident }: { incident: Incident }) {
  const { t, format } = useWords();
  const run = useRun();
  const isPast = useIsPast();
  const { id, views } = incident;
  return (
    <div className="lt-views">
      {views.length === 0 && <Empty>{t("incident.viewsEmpty")}</Empty>}
      <ul>
        {views.map((view) => (
          <li key={view.entryId}>
            <AriaButton
              className="lt-choice-row"
              onPress={() => run({ type: "open-view", id, view: view.entryId })}
            >
              {view.image && <img className="lt-kept-picture" src={view.image} alt="" />}
              <span className="lt-ellipsis">{t("incident.viewOf", { name: nameOfActor(view.by, t) })}</span>
              <span className="lt-choice-verb">
                <time>{format.dateTime(view.atMs)}</time>
              </span>
            </AriaButton>
          </li>
        ))}
      </ul>
      <div className="lt-row-buttons">
        <Button icon={Camera} isDisabled={isPast} onPress={() => run({ type: "attach-view", id })}>
          {t("incident.attachView")}
        </Button>
      </div>
    </div>
  );
}
