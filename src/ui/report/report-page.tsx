import { Languages, Printer, X } from "lucide-react";
import { useEffect, useState } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import type { Incident } from "../../domain/incident.ts";
import type { ReportMaterial } from "../../domain/incident-report.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { useRun } from "../use-run.ts";
import {
  AffectedPart,
  AlertPart,
  CapPart,
  DecisionPart,
  SourcePart,
  SummaryPart,
  ViewPart,
} from "./report-parts.tsx";
import "./report.css";

function useMaterial(incidentId: string): ReportMaterial | null {
  const { signals } = useTwin();
  const [material, setMaterial] = useState<ReportMaterial | null>(null);
  useEffect(() => {
    let isOver = false;
    signals.report(incidentId).then(
      (found) => {
        if (!isOver) setMaterial(found);
      },
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [signals, incidentId]);
  return material;
}

function Pictures({ material }: { material: ReportMaterial }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const feeds = useStore(stores.feeds, (state) => state.feeds);
  const kinds = [...new Set(feeds.map(({ provenance }) => provenance.kind))].map((kind) =>
    t(`provenance.${kind}`),
  );
  return material.pictures.map((picture) => (
    <figure key={picture.atMs} className="lt-report-picture">
      <img src={picture.url} alt={t(`report.picture.${picture.kind}`)} />
      <figcaption>
        {t(`report.picture.${picture.kind}`)} · {format.dateTime(picture.atMs)} {t("clock.zone")}
        {kinds.length > 0 && ` · ${t("report.data", { kinds: kinds.join("、") })}`}
      </figcaption>
    </figure>
  ));
}

function Report({ incident }: { incident: Incident }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const locale = useStore(stores.ui, (state) => state.locale);
  const material = useMaterial(incident.id);
  const [madeMs] = useState(() => Date.now());
  const close = () => run({ type: "open-overlay", overlay: "none" });
  return (
    <>
      <div className="lt-report-bar">
        <Button tone="main" icon={Printer} autoFocus isDisabled={!material} onPress={() => window.print()}>
          {t("report.print")}
        </Button>
        <Button
          icon={Languages}
          onPress={() => run({ type: "set-locale", locale: locale === "en" ? "zh-CN" : "en" })}
        >
          {t("report.language")}
        </Button>
        <Button tone="quiet" icon={X} onPress={close}>
          {t("action.close")}
        </Button>
        {!material && <span role="status">{t("report.loading")}</span>}
      </div>
      <article className="lt-report-sheet" lang={locale}>
        <header>
          <p className="lt-report-kind">{t("report.title")}</p>
          <h1>{t.text(incident.title)}</h1>
          <p className="lt-report-span">
            <code>{incident.id}</code> · {format.dateTime(incident.openedMs)} –{" "}
            {incident.closedMs === null ? t("report.stillOpen") : format.dateTime(incident.closedMs)} ·{" "}
            {t("clock.zone")}
          </p>
        </header>
        {material && (
          <>
            <SummaryPart incident={incident} entries={material.entries} />
            <Pictures material={material} />
            <ViewPart incident={incident} />
            <DecisionPart entries={material.entries} />
            <AlertPart material={material} />
            <CapPart incident={incident} />
            <AffectedPart incident={incident} />
            <SourcePart incident={incident} />
          </>
        )}
        <footer>{t("report.made", { time: `${format.dateTime(madeMs)} ${t("clock.zone")}` })}</footer>
      </article>
    </>
  );
}

/** The after-action report of an incident: a page to read, print or keep as PDF. */
export function ReportPage() {
  const { stores } = useTwin();
  const id = useStore(stores.report, (state) => state.incidentId);
  const incident = useStore(stores.incidents, (state) => state.incidents.find((one) => one.id === id));
  const { t } = useWords();
  const run = useRun();
  if (!incident) return null;
  return (
    <ModalOverlay
      className="lt-report"
      isOpen
      onOpenChange={(isOpen) => !isOpen && run({ type: "open-overlay", overlay: "none" })}
    >
      <Modal>
        <Dialog aria-label={t("report.title")} className="lt-report-dialog">
          <Report incident={incident} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
