import type { ReactNode } from "react";
import type { Incident, IncidentEntry } from "../../domain/incident.ts";
import { type ReportMaterial, summarize } from "../../domain/incident-report.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { inWords } from "../incident/duration.ts";
import { GradeMark, ResponseMark } from "../incident/level-marks.tsx";
import { describeCommand, nameOfActor } from "../incident/log-lines.ts";
import { LevelMark } from "../kit/marks.tsx";

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** Views that were kept while it lasted, as they looked then. */
export function ViewPart({ incident }: { incident: Incident }) {
  const { t, format } = useWords();
  const { views } = incident;
  if (views.length === 0) return null;
  return (
    <Part title={t("incident.views")}>
      <div className="lt-report-views">
        {views.map((view) => {
          const name = t("incident.viewOf", { name: nameOfActor(view.by, t) });
          return (
            <figure key={view.entryId}>
              {view.image ? <img src={view.image} alt={name} /> : <p>{t("report.noPicture")}</p>}
              <figcaption>
                {name} · {format.dateTime(view.atMs)} {t("clock.zone")}
              </figcaption>
            </figure>
          );
        })}
      </div>
    </Part>
  );
}

function Table({ head, rows }: { head: readonly string[]; rows: readonly (readonly ReactNode[])[] }) {
  return (
    <table>
      <thead>
        <tr>
          {head.map((cell) => (
            <th key={cell} scope="col">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a report do not move
          <tr key={i}>
            {cells.map((cell, column) => (
              <td key={head[column]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Of {
  readonly incident: Incident;
}

/** Levels, times and the phases with how long each lasted. */
export function SummaryPart({ incident, entries }: Of & { entries: readonly IncidentEntry[] }) {
  const { t, format } = useWords();
  const { phases, acknowledgedAfterMs, escalations, worstWarning, worstResponse, people } = summarize(
    incident,
    entries,
  );
  const none = t("incident.none");
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      t("report.warning"),
      worstWarning === null ? (
        none
      ) : (
        <>
          <LevelMark level={worstWarning} /> {t(`warning.level.${worstWarning as 1}`)}
        </>
      ),
    ],
    [
      t("report.response"),
      worstResponse === null ? (
        none
      ) : (
        <>
          <ResponseMark level={worstResponse as 1} /> {t(`incident.response.${worstResponse as 1}`)}
        </>
      ),
    ],
    [
      t("report.grade"),
      incident.eventGrade === null ? (
        none
      ) : (
        <>
          <GradeMark grade={incident.eventGrade} /> {t(`incident.grade.${incident.eventGrade}`)}
        </>
      ),
    ],
    [
      t("report.acknowledged"),
      incident.acknowledged
        ? t("report.acknowledgedBy", {
            name: nameOfActor(incident.acknowledged.by, t),
            after: inWords(acknowledgedAfterMs ?? incident.acknowledged.atMs - incident.openedMs, t),
          })
        : t("report.nobody"),
    ],
    [t("report.escalations"), format.number(escalations)],
    [t("report.assignee"), incident.assignee ?? none],
    [t("report.people"), people.map((name) => nameOfActor(name, t)).join("、")],
  ];
  return (
    <Part title={t("report.summary")}>
      <dl className="lt-report-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Table
        head={[t("report.phase"), t("report.from"), t("report.lasted"), t("report.by")]}
        rows={phases.map(({ phase, fromMs, untilMs, by }) => [
          t(`incident.phase.${phase}`),
          `${format.dateTime(fromMs)}`,
          untilMs === null ? "—" : inWords(untilMs - fromMs, t),
          nameOfActor(by, t),
        ])}
      />
    </Part>
  );
}

/** Everything that was done, in order, by whom and when. */
export function DecisionPart({ entries }: { entries: readonly IncidentEntry[] }) {
  const { t, format } = useWords();
  return (
    <Part title={t("report.decisions")}>
      <Table
        head={[`${t("report.time")} ${t("clock.zone")}`, t("report.by"), t("report.what")]}
        rows={entries.map(({ timeMs, actor, command }) => [
          format.time(timeMs),
          nameOfActor(actor, t),
          describeCommand(command, t),
        ])}
      />
    </Part>
  );
}

const EVIDENCE = 4;

/** What raised it, with the readings. */
export function AlertPart({ material }: { material: ReportMaterial }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const sensors = useStore(stores.risk, (state) => state.sensors);
  const { alerts, warnings } = material;
  if (alerts.length + warnings.length === 0) return null;
  const sensorOf = (id: string) => sensors.find((one) => one.id === id);
  const level = (value: number) => (
    <>
      <LevelMark level={value} /> {t(`level.${value as 1}`)}
    </>
  );
  return (
    <Part title={t("report.alerts")}>
      {warnings.length > 0 && (
        <Table
          head={[t("report.level"), t("report.warningText"), t("warning.sender"), t("warning.sent")]}
          rows={warnings.map((one) => [
            level(one.level),
            `${t.text(one.headline)} · ${t.maybe(`warning.status.${one.status}`, one.status)}`,
            one.sender,
            format.dateTime(one.sentMs),
          ])}
        />
      )}
      {alerts.length > 0 && (
        <Table
          head={[t("report.level"), t("report.rule"), t("report.raised"), t("report.evidence")]}
          rows={alerts.map(({ title, alert }) => [
            level(alert.level),
            <>
              {title ? t.text(title) : alert.ruleId}
              <br />
              <small>{alert.sensorIds.map((id) => t.text(sensorOf(id)?.name ?? id)).join("、")}</small>
            </>,
            `${format.time(alert.raisedMs)} – ${alert.clearedMs === null ? "" : format.time(alert.clearedMs)}`,
            alert.evidence
              .slice(-EVIDENCE)
              .map(
                (one) =>
                  `${format.time(one.timeMs)} ${format.measure(one.value, sensorOf(one.sensorId)?.unit ?? "", 1)}`,
              )
              .join("；"),
          ])}
        />
      )}
    </Part>
  );
}

/** The warnings that went out, and where to. */
export function CapPart({ incident }: Of) {
  const { t, format } = useWords();
  const { caps = [] } = incident;
  if (caps.length === 0) return null;
  return (
    <Part title={t("report.issued")}>
      <Table
        head={[t("report.time"), t("report.what"), t("report.by"), t("cap.to")]}
        rows={caps.map(({ message, issuedMs, by, outlets, deliveries }) => [
          format.dateTime(issuedMs),
          <>
            <LevelMark level={message.draft.level} /> {t(`cap.msgType.${message.msgType}`)}（
            {t(`warning.status.${message.status}`)}） {t.text(message.draft.headline)}
            <br />
            <small>{message.identifier}</small>
          </>,
          nameOfActor(by, t),
          outlets.length === 0
            ? t("cap.toNobody")
            : outlets
                .map(({ id, title }) => {
                  const last = deliveries.find(({ outlet }) => outlet === id);
                  return `${t.text(title)}：${last ? t(`cap.result.${last.result}`) : t("cap.state.waiting")}`;
                })
                .join("；"),
        ])}
      />
    </Part>
  );
}

/** Whom it concerns, what was noted, and who was sent. */
export function AffectedPart({ incident }: Of) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const affected = useStore(stores.incidents, (state) =>
    state.chosen === incident.id ? state.affected : null,
  );
  const units = useStore(stores.response, (state) => state.units);
  const own = units.filter(({ incidentId }) => incidentId === incident.id);
  const { notes } = incident;
  return (
    <>
      {affected && (
        <Part title={t("affected.title")}>
          <dl className="lt-report-facts">
            {(
              [
                [t("affected.buildings"), format.number(affected.buildings)],
                [t("affected.day"), format.number(affected.residentsDay)],
                [t("affected.night"), format.number(affected.residentsNight)],
                [t("affected.area"), format.measure(affected.area, "km²", 2)],
              ] as const
            ).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
      {own.length > 0 && (
        <Part title={t("report.units")}>
          <p>
            {own
              .map(({ name, crew }) => `${t.text(name)}（${format.measure(crew, t("unit.people"))}）`)
              .join("、")}
          </p>
        </Part>
      )}
      {notes.length > 0 && (
        <Part title={t("incident.notes")}>
          <Table
            head={[t("report.time"), t("report.by"), t("report.note")]}
            rows={notes.map(({ atMs, by, text }) => [format.dateTime(atMs), nameOfActor(by, t), text])}
          />
        </Part>
      )}
    </>
  );
}

/** What kind of data all this rests on. */
export function SourcePart({ incident }: Of) {
  const { stores } = useTwin();
  const { t } = useWords();
  const feeds = useStore(stores.feeds, (state) => state.feeds);
  const affected = useStore(stores.incidents, (state) => state.affected);
  const lines = [
    ...feeds.map(({ title, provenance }) => [t.text(title), provenance] as const),
    ...(incident.provenance ? [[t("report.origin"), incident.provenance] as const] : []),
    ...(affected ? [[t("affected.title"), affected.provenance] as const] : []),
  ];
  return (
    <Part title={t("report.sources")}>
      <Table
        head={[t("report.what"), t("feed.provenance"), t("feed.source")]}
        rows={lines.map(([name, { kind, source }]) => [name, t(`provenance.${kind}`), t.text(source)])}
      />
    </Part>
  );
}
