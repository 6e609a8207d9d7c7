import { ArrowLeft, FileText } from "lucide-react";
import type { Incident } from "../../domain/incident.ts";
import { CapSection } from "../cap/cap-section.tsx";
import { useStore, useTwin, useWords } from "../context.tsx";
import { useArrival } from "../focus/focus-care.ts";
import { Button } from "../kit/button.tsx";
import { ProvenanceBadge } from "../kit/marks.tsx";
import { Empty, Section } from "../kit/section.tsx";
import { ReleaseForm } from "../response/release-form.tsx";
import { UnitList } from "../response/unit-list.tsx";
import { useRun } from "../use-run.ts";
import { ZoneSection } from "../zones/zone-list.tsx";
import { Acknowledge } from "./acknowledge.tsx";
import { ActorLine } from "./actor-line.tsx";
import { Affected } from "./affected.tsx";
import { Assignee } from "./assignee.tsx";
import { History } from "./history.tsx";
import { LevelFields } from "./level-fields.tsx";
import { Notes } from "./notes.tsx";
import { PhaseStepper } from "./phase-stepper.tsx";
import { useIsPast } from "./use-moment.ts";
import { Views } from "./views.tsx";
import "./incident.css";

function Title({ incident }: { incident: Incident }) {
  const { t, format } = useWords();
  const heading = useArrival<HTMLHeadingElement>();
  const { id, title, origin, openedMs, closedMs, provenance } = incident;
  const when = (atMs: number) => <time title={t("clock.zone")}>{format.dateTime(atMs)}</time>;
  return (
    <div className="lt-detail-title lt-incident-title">
      <h3 ref={heading} tabIndex={-1}>
        {t.text(title)}
      </h3>
      <p>
        <code>{id}</code>
        {provenance && <ProvenanceBadge provenance={provenance} />}
      </p>
      <p className="lt-note">
        {t(`incident.from.${origin.kind}`)} · {t("incident.opened")} {when(openedMs)}
        {closedMs !== null && (
          <>
            {" · "}
            {t("incident.closed")} {when(closedMs)}
          </>
        )}
      </p>
    </div>
  );
}

/** One incident: what it is, where it stands, what was done, whom it concerns. */
export function IncidentPanel({ incidentId }: { incidentId: string }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const isPast = useIsPast();
  const incident = useStore(stores.incidents, (state) =>
    state.incidents.find((one) => one.id === incidentId),
  );
  const scenario = useStore(stores.scenario, (state) => state.active);
  const entries = useStore(stores.incidents, (state) => state.entries);
  const back = (
    <div className="lt-row-buttons lt-incident-back">
      <Button tone="quiet" icon={ArrowLeft} onPress={() => run({ type: "choose-incident", id: null })}>
        {t("incident.back")}
      </Button>
    </div>
  );
  if (!incident)
    return (
      <div className="lt-detail">
        {back}
        <Empty>{t("incident.gone")}</Empty>
      </div>
    );
  const count = (value: number) => <span className="lt-aside">{format.number(value)}</span>;
  return (
    <article className="lt-incident">
      <div className="lt-detail">
        {back}
        <Title incident={incident} />
        {isPast && <p className="lt-fault">{t("incident.past")}</p>}
        <div className="lt-incident-verbs" inert={isPast}>
          <Acknowledge incident={incident} />
          <PhaseStepper incident={incident} entries={entries} />
          <LevelFields incident={incident} />
          <Assignee incident={incident} />
        </div>
      </div>
      <Section title={t("affected.title")}>
        <Affected incident={incident} />
      </Section>
      <Section title={t("cap.section")} aside={count(incident.issued.length)}>
        <CapSection incident={incident} />
      </Section>
      {scenario?.release && (
        <Section title={t("release.title")}>
          <ReleaseForm key={incident.id} incidentId={incident.id} scenario={scenario} />
        </Section>
      )}
      <Section title={t("unit.title")}>
        <UnitList incidentId={incident.id} />
      </Section>
      <ZoneSection incidentId={incident.id} />
      <Section title={t("incident.notes")} aside={count(incident.notes.length)}>
        <Notes key={incident.id} incident={incident} />
      </Section>
      <Section title={t("incident.views")} aside={count(incident.views.length)}>
        <Views incident={incident} />
      </Section>
      <Section title={t("incident.log")} aside={count(entries.length)}>
        <History entries={entries} joined={isPast ? undefined : incident.joined} />
        <ActorLine />
      </Section>
      <div className="lt-row-buttons lt-incident-report">
        <Button icon={FileText} onPress={() => run({ type: "open-report", incidentId: incident.id })}>
          {t("report.open")}
        </Button>
      </div>
    </article>
  );
}
