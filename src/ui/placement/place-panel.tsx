import { RotateCcw, Undo2, X } from "lucide-react";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { Empty, Section } from "../kit/section.tsx";
import { usePanelFocus } from "../kit/use-panel-focus.ts";
import { useRun } from "../use-run.ts";
import { CandidateCard } from "./candidate-card.tsx";
import { NudgePad } from "./nudge-pad.tsx";
import { PlaceNumbers } from "./place-numbers.tsx";
import { PlaceSaving } from "./place-saving.tsx";
import { StandingFacts } from "./standing-facts.tsx";
import "./placement.css";

/** Where a model stands and why: what the file says, other readings, moving by hand, and keeping the answer. */
export function PlacePanel({ modelId }: { modelId: string }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const { evidence, standing, past } = useStore(stores.placement, (state) => state);
  const model = useStore(stores.models, (state) => state.models.find(({ id }) => id === modelId));
  const panel = usePanelFocus(`[data-model="${modelId}"]`);
  if (!evidence || !model) return null;
  return (
    <aside ref={panel} tabIndex={-1} className="lt-side lt-side-right lt-glass" aria-label={t("place.title")}>
      <div className="lt-panel-head">
        <h2 className="lt-ellipsis" title={model.name}>
          {t("place.title")} · {model.name}
        </h2>
        <IconButton
          label={t("place.close")}
          hint="Esc"
          icon={X}
          onPress={() => run({ type: "close-place" })}
        />
      </div>
      <div className="lt-panel-body lt-scroll">
        <div className="lt-place">
          <StandingFacts model={model} />
          <div className="lt-row-buttons">
            <Button
              icon={Undo2}
              isDisabled={past.length === 0}
              onPress={() => run({ type: "undo-place", id: modelId })}
            >
              {t("place.undo")}
            </Button>
            <Button
              icon={RotateCcw}
              isDisabled={model.userPlace === null}
              onPress={() => run({ type: "reset-place", id: modelId })}
            >
              {t("place.reset")}
            </Button>
          </div>
        </div>
        <Section
          title={t("place.says")}
          aside={<span className="lt-aside">{t("place.count", { count: evidence.candidates.length })}</span>}
        >
          {evidence.candidates.length === 0 && <Empty>{t("place.saysNothing")}</Empty>}
          <ol className="lt-candidates">
            {evidence.candidates.map((candidate, i) => (
              <CandidateCard key={candidate.id} modelId={modelId} candidate={candidate} number={i + 1} />
            ))}
          </ol>
        </Section>
        <Section title={t("place.move")}>
          {standing ? <NudgePad modelId={modelId} /> : <Empty>{t("place.notYet")}</Empty>}
        </Section>
        <Section title={t("place.numbers")} startsClosed>
          <PlaceNumbers key={JSON.stringify(standing)} modelId={modelId} />
        </Section>
        <Section title={t("place.keep")} startsClosed>
          <PlaceSaving model={model} />
        </Section>
      </div>
    </aside>
  );
}
