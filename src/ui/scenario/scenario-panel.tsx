import type { Indicator, IndicatorValue, ScenarioManifest } from "../../domain/scenario.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Figure } from "../inspector/figure.tsx";
import { Button } from "../kit/button.tsx";
import { LevelBadge, LevelMark } from "../kit/marks.tsx";
import { Empty, Section } from "../kit/section.tsx";
import { LayerLegend } from "../layers/layer-legend.tsx";
import { CoverageList } from "../response/coverage-list.tsx";
import { useRun } from "../use-run.ts";
import { WarningRow } from "./warning-row.tsx";
import { WaterLevel } from "./water-level.tsx";
import { worstFirst } from "./worst-first.ts";
import "./scenario-panel.css";

function IndicatorFigure({ indicator, value }: { indicator: Indicator; value: IndicatorValue | undefined }) {
  const { t } = useWords();
  const level = value?.level ?? 255;
  return (
    <Figure
      label={t.text(indicator.title)}
      value={value?.value ?? null}
      unit={t.text(indicator.unit)}
      decimals={indicator.decimals}
      mark={level >= 1 && level <= 4 ? <LevelMark level={level} size={13} /> : undefined}
    />
  );
}

function Warnings() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const warnings = useStore(stores.risk, (state) => state.warnings);
  return (
    <Section
      title={t("scenario.warnings")}
      aside={<span className="lt-aside">{format.number(warnings.length)}</span>}
    >
      {warnings.length === 0 && <Empty>{t("scenario.noWarnings")}</Empty>}
      <ul className="lt-warning-rows">
        {worstFirst(warnings).map((warning) => (
          <WarningRow key={warning.id} warning={warning} />
        ))}
      </ul>
    </Section>
  );
}

/** Legends of the layers that the scenario shows, the topmost first. */
function ScenarioMaps({ maps }: { maps: readonly string[] }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const layers = useStore(stores.layers, (state) => state.layers);
  return layers
    .filter(({ id, visible, map }) => visible && map?.legend && maps.includes(id))
    .reverse()
    .map((layer) => (
      <Section key={layer.id} title={t.text(layer.title)}>
        {layer.map?.legend && <LayerLegend legend={layer.map.legend} />}
      </Section>
    ));
}

/** An open scenario: indicators, warnings, analyses, legend. All of it comes from its manifest. */
export function ScenarioPanel({ scenario }: { scenario: ScenarioManifest }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const values = useStore(stores.scenario, (state) => state.indicators);
  const isMeasuredHere = (id: string) => values.length === 0 || values.some((one) => one.id === id);
  const indicators = scenario.indicators.filter(({ id }) => isMeasuredHere(id));
  return (
    <div className="lt-scenario">
      <div className="lt-scenario-about">
        <p>{t.text(scenario.summary)}</p>
        <div className="lt-scenario-foot">
          <span>{t("scenario.task", { task: scenario.task })}</span>
          <Button tone="quiet" onPress={() => run({ type: "close-scenario" })}>
            {t("scenario.close")}
          </Button>
        </div>
      </div>
      {indicators.length > 0 && (
        <Section title={t("scenario.indicators")}>
          <dl className="lt-figures lt-figures-pair">
            {indicators.map((indicator) => (
              <IndicatorFigure
                key={indicator.id}
                indicator={indicator}
                value={values.find((one) => one.id === indicator.id)}
              />
            ))}
          </dl>
        </Section>
      )}
      {scenario.redLines && (
        <Section title={t("redLine.title")}>
          <p className="lt-note">{t("redLine.about")}</p>
          <Button tone="main" onPress={() => run({ type: "check-red-lines" })}>
            {t("redLine.check")}
          </Button>
        </Section>
      )}
      {scenario.maps && <ScenarioMaps maps={scenario.maps} />}
      {scenario.feeds.length > 0 && <Warnings />}
      {scenario.feeds.length > 0 && <CoverageList />}
      {scenario.analyses.map((analysis) => (
        <Section key={analysis.id} title={t.text(analysis.title)}>
          <WaterLevel analysis={analysis} />
        </Section>
      ))}
      {scenario.legend.length > 0 && (
        <Section title={t("scenario.legend")} startsClosed>
          <ul className="lt-level-legend">
            {scenario.legend.map((entry) => (
              <li key={entry.level}>
                <LevelBadge level={entry.level} />
                <span>{t.text(entry.label)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}
