import { Button } from "react-aria-components";
import type { RiskState } from "../../state/stores.ts";
import { useNow, useStore, useTwin, useWords } from "../context.tsx";
import { LevelMark } from "../kit/marks.tsx";
import { useRun } from "../use-run.ts";

interface SensorRowProps {
  readonly item: RiskState["worst"][number];
  /** Two lines, the second with kind and age: for a column that is read from afar. */
  readonly isTall?: boolean;
}

/** One of the worst sensors: level, name, value, age. Choosing it selects and shows it. */
export function SensorRow({ item, isTall = false }: SensorRowProps) {
  const { stores, run: command } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const now = useNow(1000);
  const sensor = useStore(stores.risk, (state) => state.sensors[item.row]);
  const kind = useStore(stores.scenario, (state) =>
    sensor ? state.active?.sensorKinds[sensor.kind] : undefined,
  );
  if (!sensor) return null;
  const open = () => {
    command({ type: "select", target: { kind: "sensor", sensorId: sensor.id } }).then(
      () => run({ type: "zoom-to-selection" }),
      () => {},
    );
  };
  const age = (
    <time title={`${format.dateTime(item.timeMs)} ${t("clock.zone")}`}>{format.age(item.timeMs, now)}</time>
  );
  return (
    <li>
      <Button className="lt-sensor-row" data-tall={isTall} onPress={open}>
        <LevelMark level={item.level} size={isTall ? 16 : 13} />
        <span className="lt-sensor-words">
          <span className="lt-ellipsis">{t.text(sensor.name)}</span>
          {isTall && (
            <small>
              {kind ? t.text(kind.title) : sensor.kind} · {age}
            </small>
          )}
        </span>
        <span className="lt-sensor-value">
          {format.measure(item.value, sensor.unit, kind?.decimals ?? 1)}
        </span>
        {!isTall && age}
      </Button>
    </li>
  );
}
