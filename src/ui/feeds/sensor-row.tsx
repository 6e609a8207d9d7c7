import { Button } from "react-aria-components";
import type { RiskState } from "../../state/stores.ts";
import { useNow, useStore, useTwin, useWords } from "../context.tsx";
import { LevelMark } from "../kit/marks.tsx";
import { useRun } from "../use-run.ts";

/** One of the worst sensors: level, name, value, age. Choosing it selects and shows it. */
export function SensorRow({ item }: { item: RiskState["worst"][number] }) {
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
  return (
    <li>
      <Button className="lt-sensor-row" onPress={open}>
        <LevelMark level={item.level} size={13} />
        <span className="lt-ellipsis">{t.text(sensor.name)}</span>
        <span>{format.measure(item.value, sensor.unit, kind?.decimals ?? 1)}</span>
        <time title={`${format.dateTime(item.timeMs)} ${t("clock.zone")}`}>
          {format.age(item.timeMs, now)}
        </time>
      </Button>
    </li>
  );
}
