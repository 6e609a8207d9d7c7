import { Wind } from "lucide-react";
import { useState } from "react";
import type { ScenarioManifest } from "../../domain/scenario.ts";
import { STABILITIES, type Stability, SUBSTANCES } from "../../domain/substance.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Range } from "../kit/range.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { useRun } from "../use-run.ts";
import "./response.css";

/** What the scenario's own vanes and anemometers say now, when it has such. */
function useMeasured(scenario: ScenarioManifest, kind: string): number | null {
  const { stores } = useTwin();
  const id = scenario.indicators.find((one) => one.kind === kind && one.measure === "mean")?.id;
  return useStore(stores.scenario, (state) => state.indicators.find((one) => one.id === id)?.value ?? null);
}

/** Substance, rate and wind of a gas release, and the button that puts its zones on the map. */
export function ReleaseForm({ incidentId, scenario }: { incidentId: string; scenario: ScenarioManifest }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const measuredWind = useMeasured(scenario, "wind-speed");
  const measuredFrom = useMeasured(scenario, "wind-from");
  const [substance, setSubstance] = useState(scenario.release?.substance ?? SUBSTANCES[0]!.id);
  const [rate, setRate] = useState(1);
  const [windNow, setWind] = useState<number | null>(null);
  const [fromNow, setFrom] = useState<number | null>(null);
  const [stability, setStability] = useState<Stability>("D");
  const hasZones = useStore(stores.response, ({ zones }) =>
    zones.some((zone) => zone.origin === "release" && zone.incidentId === incidentId),
  );
  const wind = windNow ?? Math.max(0.5, Math.round((measuredWind ?? 3) * 10) / 10);
  const windFromDeg = fromNow ?? (Math.round((measuredFrom ?? 225) / 5) * 5) % 360;
  const compute = () => run({ type: "isolate", incidentId, substance, rate, wind, windFromDeg, stability });
  return (
    <div className="lt-release">
      <label className="lt-release-substance">
        <span>{t("release.substance")}</span>
        <select value={substance} onChange={(event) => setSubstance(event.target.value)}>
          {SUBSTANCES.map(({ id, name }) => (
            <option key={id} value={id}>
              {t.text(name)}
            </option>
          ))}
        </select>
      </label>
      <Range
        label={t("release.rate")}
        value={rate}
        min={0.1}
        max={20}
        step={0.1}
        onChange={setRate}
        show={(value) => format.measure(value, "kg/s", 1)}
      />
      <Range
        label={t("release.wind")}
        value={wind}
        min={0.5}
        max={15}
        step={0.1}
        onChange={setWind}
        show={(value) => format.measure(value, "m/s", 1)}
      />
      <Range
        label={t("release.windFrom")}
        value={windFromDeg}
        min={0}
        max={355}
        step={5}
        onChange={setFrom}
        show={(value) => format.degrees(value)}
      />
      <div className="lt-release-stability">
        <span>{t("release.stability")}</span>
        <Segmented
          label={t("release.stability")}
          value={stability}
          onChange={setStability}
          options={STABILITIES.map((id) => ({ id, label: id }))}
        />
      </div>
      <div className="lt-row-buttons">
        <Button icon={Wind} tone="main" onPress={compute}>
          {t(hasZones ? "release.renew" : "release.compute")}
        </Button>
      </div>
      <p className="lt-note">{t("release.note")}</p>
    </div>
  );
}
