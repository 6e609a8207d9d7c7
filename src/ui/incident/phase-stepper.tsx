import { Button } from "react-aria-components";
import type { Incident, IncidentEntry } from "../../domain/incident.ts";
import { useWords } from "../context.tsx";
import { useRun } from "../use-run.ts";
import { phaseSteps } from "./phase-steps.ts";

/** The phases in order: where it is, where it may go (buttons), where it may not. */
export function PhaseStepper({
  incident,
  entries,
}: {
  incident: Incident;
  entries: readonly IncidentEntry[];
}) {
  const { t } = useWords();
  const run = useRun();
  const nameNow = t(`incident.phase.${incident.phase}`);
  return (
    <ol className="lt-phases" aria-label={t("incident.phases")}>
      {phaseSteps(incident.phase, entries).map(({ phase, state, isNext, isVisited }) => {
        const name = t(`incident.phase.${phase}`);
        return (
          <li key={phase} data-state={state} data-next={isNext} data-visited={isVisited}>
            {state === "allowed" ? (
              <Button
                className="lt-phase"
                aria-label={
                  incident.phase === "close" ? t("incident.reopen") : t("incident.phaseTo", { name })
                }
                onPress={() => run({ type: "move-incident", id: incident.id, phase })}
              >
                {name}
              </Button>
            ) : state === "now" ? (
              <span className="lt-phase" aria-current="step" title={t("incident.phaseNow", { name })}>
                {name}
              </span>
            ) : (
              <span
                className="lt-phase"
                aria-disabled="true"
                title={t("incident.phaseNot", { name, from: nameNow })}
              >
                {name}
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
