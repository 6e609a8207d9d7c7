import { Button } from "react-aria-components";
import { FACILITY_KINDS, type FacilityKind } from "../../domain/response.ts";
import type { AffectedFacility, AffectedPipes, AffectedRoom } from "../../domain/scenario.ts";
import { useTwin, useWords } from "../context.tsx";
import { Section } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";

/** Metres from which a facility is looked at. */
const LOOK_RANGE = 600;

function FacilityRow({ facility }: { facility: AffectedFacility }) {
  const { t, format } = useWords();
  const run = useRun();
  const { longitudeDeg, latitudeDeg } = facility;
  return (
    <li>
      <Button
        className="lt-affected-row"
        onPress={() => run({ type: "fly-to", longitudeDeg, latitudeDeg, range: LOOK_RANGE })}
      >
        <span className="lt-ellipsis">{t.text(facility.name)}</span>
        <span>{facility.capacity === null ? "" : format.measure(facility.capacity, t("unit.people"))}</span>
        <span>
          {facility.distance === null ? "" : format.distance(Math.round(facility.distance / 10) * 10)}
        </span>
      </Button>
    </li>
  );
}

/** What matters first, whatever its distance: those who cannot leave by themselves, then what may make it worse. */
const ORDER: readonly FacilityKind[] = ["hospital", "care", "school", "hazard", "transit", "shelter"];

/** Schools, hospitals, care homes, hazardous sites, stations and shelters, a fold for each kind. */
export function AffectedFacilities({ facilities }: { facilities: readonly AffectedFacility[] }) {
  const { t, format } = useWords();
  const kinds = [...ORDER, ...FACILITY_KINDS.filter((kind) => !ORDER.includes(kind))];
  return kinds.map((kind) => {
    const rows = facilities.filter((one) => one.kind === kind);
    if (rows.length === 0) return null;
    const capacity = rows.reduce((sum, row) => sum + (row.capacity ?? 0), 0);
    const aside =
      capacity > 0
        ? `${format.number(rows.length)} · ${format.measure(capacity, t("unit.people"))}`
        : format.number(rows.length);
    return (
      <Section
        key={kind}
        rank="minor"
        startsClosed
        title={t(`facility.${kind}`)}
        aside={<span className="lt-aside">{aside}</span>}
      >
        <ul className="lt-affected-facilities">
          {rows.map((row) => (
            <FacilityRow key={row.id} facility={row} />
          ))}
        </ul>
      </Section>
    );
  });
}

/** Kilometres of main by kind, the widest named. */
export function AffectedMains({ pipes }: { pipes: readonly AffectedPipes[] }) {
  const { t, format } = useWords();
  if (pipes.length === 0) return null;
  return (
    <div>
      <h4 className="lt-subhead">{t("affected.pipes")}</h4>
      <ul className="lt-affected-pipes">
        {pipes.map(({ kind, length, largestMm }) => (
          <li key={kind}>
            <span>{t(`pipe.${kind}`)}</span>
            <span>{format.measure(length / 1000, "km", 1)}</span>
            <small>{t("affected.largest", { diameter: format.measure(largestMm, "mm") })}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Rooms of opened building models inside the area: pressing one opens its storey. */
export function AffectedRooms({ rooms }: { rooms: readonly AffectedRoom[] }) {
  const { run } = useTwin();
  const { t, format } = useWords();
  const open = async ({ modelId, storeyId }: AffectedRoom) => {
    await run({ type: "open-building", id: modelId });
    if (storeyId !== null) await run({ type: "isolate-storey", id: modelId, storey: storeyId });
  };
  const models = [...new Set(rooms.map(({ modelId }) => modelId))];
  return models.map((modelId) => {
    const inside = rooms.filter((room) => room.modelId === modelId);
    return (
      <Section
        key={modelId}
        rank="minor"
        startsClosed
        title={t("affected.roomsOf", { model: inside[0]!.modelName })}
        aside={<span className="lt-aside">{format.number(inside.length)}</span>}
      >
        <ul className="lt-affected-facilities">
          {inside.map((room) => (
            <li key={room.globalId}>
              <Button className="lt-affected-row" onPress={() => open(room).catch(() => {})}>
                <span className="lt-ellipsis">{room.name}</span>
                <span />
                <span className="lt-ellipsis">{room.storey}</span>
              </Button>
            </li>
          ))}
        </ul>
      </Section>
    );
  });
}
