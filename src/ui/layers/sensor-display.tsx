import { ChevronDown } from "lucide-react";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { SENSOR_DISPLAYS } from "../../domain/sensor-display.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { useRun } from "../use-run.ts";
import { SensorLegend } from "./sensor-legend.tsx";
import "../kit/menu.css";
import "./sensor-display.css";

const EVERY_KIND = "*";

function KindMenu() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const { mode, kind } = useStore(stores.display, (state) => state.sensors);
  const shown = useStore(stores.display, (state) => state.heatScale?.kind ?? state.sensors.kind);
  const kinds = useStore(stores.scenario, (state) => state.active?.sensorKinds);
  if (!kinds) return null;
  const choices = Object.entries(kinds)
    .filter(([, { circular }]) => mode !== "heat" || !circular)
    .map(([id, { title }]) => ({ id, name: t.text(title) }));
  const all = mode === "heat" ? choices : [{ id: EVERY_KIND, name: t("display.everyKind") }, ...choices];
  const current = all.find(({ id }) => id === (shown ?? EVERY_KIND)) ?? all[0];
  return (
    <MenuTrigger>
      <Button className="lt-kind-button" aria-label={t("display.kind", { name: current?.name ?? "" })}>
        <span className="lt-ellipsis">{current?.name}</span>
        <ChevronDown className="lt-icon" aria-hidden />
      </Button>
      <Popover className="lt-popover" placement="bottom start" offset={6}>
        <Menu
          className="lt-menu"
          aria-label={t("display.kinds")}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[kind ?? current?.id ?? EVERY_KIND]}
          onAction={(key) =>
            run({ type: "set-sensor-display", mode, kind: key === EVERY_KIND ? null : String(key) })
          }
        >
          {all.map(({ id, name }) => (
            <MenuItem key={id} id={id} className="lt-menu-item" textValue={name}>
              {name}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** How sensors are drawn, of which kind, and what the drawing means. Nothing while no scenario brings sensors. */
export function SensorDisplayControl() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const { mode } = useStore(stores.display, (state) => state.sensors);
  const hasSensors = useStore(stores.risk, (state) => state.sensors.length > 0);
  if (!hasSensors) return null;
  return (
    <section className="lt-display" aria-label={t("display.title")}>
      <h3 className="lt-subhead">{t("display.title")}</h3>
      <Segmented
        label={t("display.title")}
        value={mode}
        options={SENSOR_DISPLAYS.map((id) => ({ id, label: t(`display.mode.${id}`) }))}
        onChange={(next) => run({ type: "set-sensor-display", mode: next })}
      />
      {mode !== "none" && <KindMenu />}
      {mode === "marks" && <SensorLegend />}
    </section>
  );
}
