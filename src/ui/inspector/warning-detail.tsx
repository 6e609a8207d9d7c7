import { ArrowLeft } from "lucide-react";
import { openIncidentOf } from "../../domain/incident-opening.ts";
import type { Warning } from "../../domain/risk.ts";
import type { MessageKey } from "../../i18n/zh-CN.ts";
import { useNow, useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { LevelBadge, ProvenanceBadge } from "../kit/marks.tsx";
import { Empty, Facts } from "../kit/section.tsx";
import { AffectedList } from "../scenario/affected-list.tsx";
import { useRun } from "../use-run.ts";

function Times({ warning }: { warning: Warning }) {
  const { t, format } = useWords();
  const now = useNow(10_000);
  const when = (atMs: number) => (
    <time title={t("clock.zone")} dateTime={new Date(atMs).toISOString()}>
      {format.dateTime(atMs)}
    </time>
  );
  return (
    <Facts
      rows={[
        [t("warning.area"), t.text(warning.areaDesc)],
        [t("warning.sender"), warning.sender],
        [
          t("warning.sent"),
          <span key="sent">
            {when(warning.sentMs)} · {format.age(warning.sentMs, now)}
          </span>,
        ],
        [t("warning.effective"), when(warning.effectiveMs)],
        [t("warning.expires"), warning.expiresMs === null ? t("warning.noExpiry") : when(warning.expiresMs)],
        [t("warning.status"), t.maybe(`warning.status.${warning.status}`, warning.status)],
      ]}
    />
  );
}

function Prose({ title, text }: { title: MessageKey; text: string }) {
  const { t } = useWords();
  if (!text) return null;
  return (
    <div>
      <h3 className="lt-subhead">{t(title)}</h3>
      <p className="lt-prose">{text}</p>
    </div>
  );
}

/** One press makes an incident of the warning, or goes to the one that there is. */
function OpenIncident({ warningId }: { warningId: string }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const known = useStore(stores.incidents, ({ incidents }) =>
    openIncidentOf(incidents, { kind: "warning", id: warningId }),
  );
  return (
    <div className="lt-row-buttons">
      {known ? (
        <Button onPress={() => run({ type: "choose-incident", id: known.id })}>{t("incident.goTo")}</Button>
      ) : (
        <Button tone="main" onPress={() => run({ type: "open-incident", warningId })}>
          {t("incident.openFrom")}
        </Button>
      )}
    </div>
  );
}

/** A warning in force: level, headline, area, times, what to do, whom it concerns. */
export function WarningDetail({ warningId }: { warningId: string }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const warning = useStore(stores.risk, (state) => state.warnings.find((one) => one.id === warningId));
  const { affected, chosenWarning } = useStore(stores.scenario, (state) => state);
  const isSelected = useStore(stores.selection, (state) => state.selection.kind === "warning");
  const back = () => {
    if (chosenWarning !== null) run({ type: "choose-warning", id: null });
    if (isSelected) run({ type: "clear-selection" });
  };
  const backButton = (
    <div className="lt-row-buttons">
      <Button tone="quiet" icon={ArrowLeft} onPress={back}>
        {t("warning.back")}
      </Button>
    </div>
  );
  if (!warning)
    return (
      <div className="lt-detail">
        {backButton}
        <Empty>{t("warning.gone")}</Empty>
      </div>
    );
  return (
    <article className="lt-detail lt-warning-detail" data-level={warning.level}>
      {backButton}
      <div className="lt-detail-title">
        <div className="lt-warning-marks">
          <LevelBadge level={warning.level} warning />
          <ProvenanceBadge provenance={warning.provenance} />
        </div>
        <h3>{t.text(warning.headline)}</h3>
      </div>
      <OpenIncident warningId={warningId} />
      <Prose title="warning.instruction" text={t.text(warning.instruction)} />
      <Times warning={warning} />
      <Prose title="warning.description" text={t.text(warning.description)} />
      {chosenWarning === warningId && <AffectedList affected={affected} />}
    </article>
  );
}
