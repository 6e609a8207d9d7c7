import { type ReactNode, useMemo } from "react";
import { Button } from "react-aria-components";
import { commandsOfTarget } from "../../commands/target-commands.ts";
import type { LocalText } from "../../domain/provenance.ts";
import type { SituationChange, SituationTarget } from "../../domain/situation.ts";
import { useNow, useStore, useTwin, useWords } from "../context.tsx";
import { LevelMark } from "../kit/marks.tsx";
import { Empty } from "../kit/section.tsx";
import { type GlanceLine, waitingForMe, worstNow } from "./glance.ts";
import "./glance.css";

const MOST_WORST = 5;
const MOST_CHANGES = 12;

export function useWorst(): readonly GlanceLine[] {
  const { stores } = useTwin();
  const { warnings, sensors } = useStore(stores.risk, (state) => state);
  const groups = useStore(stores.alerts, (state) => state.groups);
  const incidents = useStore(stores.incidents, (state) => state.incidents);
  const feeds = useStore(stores.feeds, (state) => state.feeds);
  const byId = useMemo(() => new Map(sensors.map((sensor) => [sensor.id, sensor])), [sensors]);
  return useMemo(
    () => worstNow({ warnings, groups, incidents, feeds }, (id) => byId.get(id)),
    [warnings, groups, incidents, feeds, byId],
  );
}

/** Goes to a thing of the situation. */
function useGoTo(): (target: SituationTarget) => void {
  const { stores, run } = useTwin();
  return async (target) => {
    for (const command of commandsOfTarget(stores, target)) await run(command).catch(() => {});
  };
}

interface LineProps {
  readonly level: number;
  readonly text: LocalText;
  readonly note: ReactNode;
  readonly target: SituationTarget;
  readonly isLarge?: boolean;
  readonly isCalm?: boolean;
}

export function Line({ level, text, note, target, isLarge = false, isCalm = false }: LineProps) {
  const { t } = useWords();
  const goTo = useGoTo();
  return (
    <li>
      <Button className="lt-glance-line" data-large={isLarge} data-calm={isCalm} onPress={() => goTo(target)}>
        <LevelMark level={level === 0 ? 255 : level} size={isLarge ? 24 : 16} />
        <span className="lt-glance-words">
          <span>{t.text(text)}</span>
          <small>{note}</small>
        </span>
      </Button>
    </li>
  );
}

export function Block({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  const { format } = useWords();
  return (
    <section className="lt-glance-block" aria-label={title}>
      <h3>
        <span>{title}</span>
        <span className="lt-aside">{format.number(count)}</span>
      </h3>
      {children}
    </section>
  );
}

/** Level word, where, since when. */
export function WorstNote({ line }: { line: GlanceLine }) {
  const { t, format } = useWords();
  const now = useNow(10_000);
  const level = line.level === 0 ? null : t(`level.${line.level as 1}`);
  const parts = [
    level,
    line.kind === "feed" ? t("feed.state.lost") : t(`glance.kind.${line.kind}`),
    line.where && t.text(line.where),
  ];
  return (
    <>
      {parts.filter(Boolean).join(" · ")}
      {line.atMs !== null && (
        <>
          {" · "}
          <span className="lt-whole">{format.age(line.atMs, now)}</span>
        </>
      )}
    </>
  );
}

/** The five worst things, large. */
export function WorstBlock() {
  const { t } = useWords();
  const worst = useWorst();
  return (
    <Block title={t("glance.worst")} count={worst.length}>
      {worst.length === 0 && (
        <Empty>
          {t("now.empty")} {t("now.emptyHint")}
        </Empty>
      )}
      <ul>
        {worst.slice(0, MOST_WORST).map((line) => (
          <Line
            key={line.id}
            level={line.level}
            text={line.text}
            target={line.target}
            note={<WorstNote line={line} />}
            isLarge
          />
        ))}
      </ul>
    </Block>
  );
}

/** Minutes and seconds: 03:12. */
export function waited(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

/** What waits for somebody here, with how long. */
export function WaitingBlock() {
  const { stores } = useTwin();
  const { t } = useWords();
  const now = useNow(1000);
  const incidents = useStore(stores.incidents, (state) => state.incidents);
  const outbox = useStore(stores.cap, (state) => state.outbox);
  const waiting = useMemo(() => waitingForMe(incidents, outbox), [incidents, outbox]);
  const count = waiting.incidents.length + waiting.unsent.length;
  return (
    <Block title={t("glance.waiting")} count={count}>
      {count === 0 && <Empty>{t("glance.waitingNone")}</Empty>}
      <ul>
        {waiting.incidents.map((one) => (
          <Line
            key={one.id}
            level={one.warningLevel ?? 0}
            text={one.title}
            note={
              <>
                {t("glance.unacknowledged", { time: waited(now - one.openedMs) })}
                {one.escalation > 0 && ` · ${t("glance.escalated", { count: one.escalation })}`}
              </>
            }
            target={{ kind: "incident", id: one.id }}
          />
        ))}
        {waiting.unsent.map((one) => (
          <Line
            key={`${one.capKey}/${one.outlet}`}
            level={0}
            text={one.outletTitle}
            note={`${t("glance.unsent")} · ${t(one.needsSecret ? "cap.needsToken" : `cap.state.${one.state}`)}`}
            target={{ kind: "incident", id: one.incidentId }}
          />
        ))}
      </ul>
    </Block>
  );
}

/** What happened, in words. */
export function useChangeWords(): (change: SituationChange) => string {
  const { t } = useWords();
  return ({ kind, detail }) => {
    const name =
      kind === "incidentPhase"
        ? t.maybe(`incident.phase.${detail}`, detail)
        : kind === "incidentLevel"
          ? t.maybe(`level.${detail}`, detail)
          : kind === "capIssued"
            ? t.maybe(`cap.msgType.${detail}`, detail)
            : detail;
    return t(`glance.change.${kind}`, { name });
  };
}

/** The last ten minutes, newest first. */
export function ChangedBlock() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const items = useStore(stores.changes, (state) => state.items);
  const words = useChangeWords();
  return (
    <Block title={t("glance.changed")} count={items.length}>
      {items.length === 0 && <Empty>{t("glance.changedNone")}</Empty>}
      <ul>
        {items.slice(0, MOST_CHANGES).map((change) => (
          <Line
            key={change.id}
            level={change.level}
            text={change.text}
            note={`${format.shortTime(change.atMs)} · ${words(change)}`}
            target={change.target}
            isCalm={change.kind === "alertCleared" || change.kind === "warningOver"}
          />
        ))}
      </ul>
    </Block>
  );
}
