import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { UNIT_KINDS, type Unit, type UnitKind } from "../../domain/response.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { ProvenanceBadge } from "../kit/marks.tsx";
import { Empty } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import { minutesOf, standsStill, type UnitRow, unitRows } from "./unit-rows.ts";
import "./response.css";

/** As many as can be compared at a glance; the filter brings the others. */
const SHOWN = 12;

interface UnitListProps {
  /** Whom units are sent for; null lists them without sending. */
  readonly incidentId: string | null;
}

function KindFilter({
  units,
  kind,
  onChange,
}: {
  units: readonly Unit[];
  kind: UnitKind | null;
  onChange: (kind: UnitKind | null) => void;
}) {
  const { t, format } = useWords();
  const kinds = UNIT_KINDS.filter((one) => units.some((unit) => unit.kind === one));
  const choice = (one: UnitKind | null, label: string, count: number) => (
    <AriaButton
      key={label}
      className="lt-unit-kind"
      aria-pressed={kind === one}
      onPress={() => onChange(one)}
    >
      {label}
      <small>{format.number(count)}</small>
    </AriaButton>
  );
  return (
    <fieldset className="lt-unit-kinds" aria-label={t("unit.filter")}>
      {choice(null, t("unit.all"), units.length)}
      {kinds.map((one) =>
        choice(one, t(`unit.kind.${one}`), units.filter((unit) => unit.kind === one).length),
      )}
    </fieldset>
  );
}

function Way({ row, isKnown }: { row: UnitRow; isKnown: boolean }) {
  const { t, format } = useWords();
  if (row.unit.status === "onScene") return null;
  if (row.route === null)
    return isKnown ? <span className="lt-unit-way">{t("unit.unreachable")}</span> : null;
  const { durationS, length } = row.route;
  return (
    <span className="lt-unit-way">
      <strong>{t("unit.minutes", { minutes: format.number(minutesOf(durationS)) })}</strong>
      <small>{format.distance(Math.round(length / 100) * 100)}</small>
    </span>
  );
}

function Order({ unit, incidentId }: { unit: Unit; incidentId: string }) {
  const { t } = useWords();
  const run = useRun();
  const isHere = unit.incidentId === incidentId;
  if (isHere)
    return <Button onPress={() => run({ type: "recall-unit", unitId: unit.id })}>{t("unit.recall")}</Button>;
  const isBusy = unit.incidentId !== null;
  return (
    <Button onPress={() => run({ type: "dispatch-unit", unitId: unit.id, incidentId })}>
      {t(isBusy ? "unit.redirect" : "unit.dispatch")}
    </Button>
  );
}

interface RowProps {
  readonly row: UnitRow;
  readonly incidentId: string | null;
  readonly isKnown: boolean;
  /** In a what-if, without an order. */
  readonly isStill: boolean;
}

function Row({ row, incidentId, isKnown, isStill }: RowProps) {
  const { t } = useWords();
  const { run } = useTwin();
  const { unit } = row;
  const isElsewhere = unit.incidentId !== null && unit.incidentId !== incidentId;
  const look = () => {
    run({ type: "select", target: { kind: "unit", unitId: unit.id } })
      .then(() => run({ type: "zoom-to-selection" }))
      .catch(() => {});
  };
  return (
    <li className="lt-unit-row">
      <AriaButton className="lt-unit-name" onPress={look}>
        <span className="lt-ellipsis">{t.text(unit.name)}</span>
        <small>
          {t(`unit.kind.${unit.kind}`)} ·{" "}
          <span data-status={unit.status}>{t(`unit.status.${unit.status}`)}</span>
          {isElsewhere && ` · ${t("unit.elsewhere")}`}
          {isStill && ` · ${t("unit.still")}`}
        </small>
      </AriaButton>
      <Way row={row} isKnown={isKnown} />
      {incidentId !== null && <Order unit={unit} incidentId={incidentId} />}
    </li>
  );
}

/** Units by time to the chosen incident: who can be there when, and the button that sends or recalls them. */
export function UnitList({ incidentId }: UnitListProps) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const [kind, setKind] = useState<UnitKind | null>(null);
  const units = useStore(stores.response, (state) => state.units);
  const routes = useStore(stores.response, (state) => state.routes);
  const target = useStore(stores.response, (state) => state.routeTarget);
  const fromMs = useStore(stores.timeline, (state) => state.branch?.fromMs ?? null);
  if (units.length === 0) return <Empty>{t("unit.empty")}</Empty>;
  const isKnown = target !== null && target.incidentId === incidentId;
  const rows = unitRows(units, isKnown ? routes : [], incidentId, kind);
  return (
    <div className="lt-units">
      <KindFilter units={units} kind={kind} onChange={setKind} />
      {incidentId !== null && !isKnown && <Empty>{t("unit.computing")}</Empty>}
      {rows.length === 0 ? (
        <Empty>{t("unit.emptyKind")}</Empty>
      ) : (
        <ul>
          {rows.slice(0, SHOWN).map((row) => (
            <Row
              key={row.unit.id}
              row={row}
              incidentId={incidentId}
              isKnown={isKnown}
              isStill={standsStill(row.unit, fromMs)}
            />
          ))}
        </ul>
      )}
      {rows.length > SHOWN && (
        <p className="lt-note">{t("unit.more", { count: format.number(rows.length - SHOWN) })}</p>
      )}
      {fromMs !== null && <p className="lt-note">{t("unit.stillNote", { time: format.time(fromMs) })}</p>}
      <p className="lt-note lt-unit-source">
        <ProvenanceBadge provenance={units[0]!.provenance} />
        {t("unit.note")}
      </p>
    </div>
  );
}
