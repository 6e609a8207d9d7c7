import { Button } from "react-aria-components";
import type { AffectedBuilding, AffectedSummary } from "../../domain/scenario.ts";
import { chinaHour, peopleAt } from "../../domain/time-of-day.ts";
import { useNow, useTwin, useWords } from "../context.tsx";
import { useArrowList } from "../focus/use-arrow-list.ts";
import { wordOfUse } from "../inspector/building-attributes.ts";
import { Figure } from "../inspector/figure.tsx";
import { ProvenanceBadge } from "../kit/marks.tsx";
import { Empty } from "../kit/section.tsx";
import { buildingCommands } from "../palette/building-commands.ts";
import { AffectedFacilities, AffectedMains, AffectedRooms } from "./affected-surroundings.tsx";
import { DayCurve } from "./day-curve.tsx";
import "./affected-list.css";

const MINUTE_MS = 60_000;

/** How many people are there now, and by hour of day. */
function People({ affected }: { affected: AffectedSummary }) {
  const { t, format } = useWords();
  const hour = chinaHour(useNow(MINUTE_MS));
  const byHour = affected.residentsByHour;
  if (byHour === undefined || affected.buildings === 0) return null;
  return (
    <div className="lt-affected-people">
      <p>
        {t("affected.now", { hour: format.hour(hour) })}
        <strong>{format.measure(peopleAt(byHour, hour), t("unit.people"))}</strong>
      </p>
      <DayCurve byHour={byHour} hour={hour} />
      <p className="lt-note">{t("affected.curveNote")}</p>
    </div>
  );
}

function BuildingRow({ row, showsDepth }: { row: AffectedBuilding; showsDepth: boolean }) {
  const { stores, run } = useTwin();
  const { t, format } = useWords();
  const open = async () => {
    for (const command of buildingCommands(row, stores)) await run(command).catch(() => {});
  };
  return (
    <li>
      <Button className="lt-affected-row" onPress={open}>
        <span className="lt-affected-name">
          <span className="lt-ellipsis">{row.name || row.buildingId}</span>
          <small>{wordOfUse(row.use, t)}</small>
        </span>
        <span>{format.number(row.residentsDay)}</span>
        <span>{showsDepth ? format.measure(row.depth, "m", 1) : format.measure(row.height, "m")}</span>
      </Button>
    </li>
  );
}

/** The tallest (or deepest under water) of the buildings; one stop of Tab, arrows go through it. */
function Buildings({ affected }: { affected: AffectedSummary }) {
  const { t, format } = useWords();
  const list = useArrowList<HTMLUListElement>();
  const showsDepth = affected.rows.some((row) => row.depth !== null);
  const unlisted = affected.buildings - affected.rows.length;
  return (
    <div className="lt-affected-table">
      <div className="lt-affected-row lt-affected-columns" aria-hidden>
        <span>{t("affected.name")}</span>
        <span>{t("affected.day")}</span>
        <span>{t(showsDepth ? "affected.depth" : "affected.height")}</span>
      </div>
      <ul {...list} aria-label={t("affected.buildings")} aria-description={t("list.keys")}>
        {affected.rows.map((row) => (
          <BuildingRow key={row.buildingId} row={row} showsDepth={showsDepth} />
        ))}
      </ul>
      {unlisted > 0 && <p className="lt-note">{t("affected.more", { count: format.number(unlisted) })}</p>}
    </div>
  );
}

/** Buildings, people, facilities, mains and rooms inside an area or under water; null while it is being counted. */
export function AffectedList({ affected }: { affected: AffectedSummary | null }) {
  const { t } = useWords();
  if (affected === null) return <Empty>{t("affected.waiting")}</Empty>;
  return (
    <section className="lt-affected" aria-label={t("affected.title")}>
      <div className="lt-affected-head">
        <h3 className="lt-subhead">{t("affected.title")}</h3>
        <ProvenanceBadge provenance={affected.provenance} />
      </div>
      <dl className="lt-figures lt-figures-pair">
        <Figure label={t("affected.buildings")} value={affected.buildings} unit={t("unit.buildings")} />
        <Figure
          label={t("affected.area")}
          value={affected.area}
          unit="km²"
          decimals={affected.area < 10 ? 2 : 1}
        />
        <Figure label={t("affected.day")} value={affected.residentsDay} unit={t("unit.people")} />
        <Figure label={t("affected.night")} value={affected.residentsNight} unit={t("unit.people")} />
      </dl>
      <People affected={affected} />
      {affected.facilities && <AffectedFacilities facilities={affected.facilities} />}
      {affected.pipes && <AffectedMains pipes={affected.pipes} />}
      {affected.rooms && <AffectedRooms rooms={affected.rooms} />}
      {affected.rows.length === 0 ? <Empty>{t("affected.none")}</Empty> : <Buildings affected={affected} />}
    </section>
  );
}
