import { DoorOpen } from "lucide-react";
import { useEffect, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import type { SensorKind } from "../../domain/scenario.ts";
import type { SensorRoom, SensorSurroundings as Surroundings } from "../../domain/sensor-surroundings.ts";
import { useNow, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { LevelMark } from "../kit/marks.tsx";
import { Facts, Section } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import "./sensor-surroundings.css";

/** How often neighbours are read again. */
const RENEW_MS = 5000;

function useSurroundings(sensorId: string): Surroundings | null {
  const { signals } = useTwin();
  const turn = useNow(RENEW_MS);
  const [known, setKnown] = useState<{ id: string; found: Surroundings | null } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn asks again
  useEffect(() => {
    let isCurrent = true;
    signals.surroundings(sensorId).then(
      (found) => {
        if (isCurrent) setKnown({ id: sensorId, found });
      },
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [signals, sensorId, turn]);
  return known?.id === sensorId ? known.found : null;
}

function RoomButton({ room }: { room: SensorRoom }) {
  const { run } = useTwin();
  const { t } = useWords();
  const open = async () => {
    await run({ type: "open-building", id: room.modelId });
    if (room.storeyId) await run({ type: "isolate-storey", id: room.modelId, storey: room.storeyId });
    if (room.elementId)
      await run({
        type: "select",
        target: { kind: "element", modelId: room.modelId, globalId: room.elementId },
      });
  };
  return (
    <div className="lt-row-buttons">
      <Button tone="main" icon={DoorOpen} onPress={() => open().catch(() => {})}>
        {t(room.room ? "sensor.openRoom" : "sensor.openStorey")}
      </Button>
    </div>
  );
}

/** The building and room that a sensor is in, and what others of its kind near it say. */
export function SensorSurroundings({ sensorId, kind }: { sensorId: string; kind: SensorKind | null }) {
  const { t, format } = useWords();
  const run = useRun();
  const found = useSurroundings(sensorId);
  if (!found) return null;
  const { neighbours, building, room } = found;
  const places = [
    ...(room ? [[t("sensor.in"), room.modelName] as const] : []),
    ...(room ? [[t("sensor.room"), [room.storey, room.room].filter(Boolean).join(" · ")] as const] : []),
    ...(building && !room ? [[t("sensor.in"), building.name || building.buildingId] as const] : []),
  ];
  return (
    <>
      {places.length > 0 && <Facts rows={places} />}
      {room && <RoomButton room={room} />}
      {neighbours.length > 0 && (
        <Section rank="minor" title={t("sensor.neighbours")}>
          <ul className="lt-neighbours">
            {neighbours.map(({ id, name, value, level, distance }) => (
              <li key={id}>
                <AriaButton onPress={() => run({ type: "select", target: { kind: "sensor", sensorId: id } })}>
                  <LevelMark level={level} size={12} />
                  <span className="lt-ellipsis">{t.text(name)}</span>
                  <span>{format.measure(value, kind?.unit ?? "", kind?.decimals ?? 1)}</span>
                  <small>{format.distance(distance)}</small>
                </AriaButton>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
