import { Button } from "react-aria-components";
import { CITY_LOOKS, type CityLook, THEME_PROPERTIES, type ThemeProperty } from "../../domain/city.ts";
import type { Legend } from "../../domain/layer.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Range } from "../kit/range.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { useRun } from "../use-run.ts";
import { LookSwatch } from "./look-swatch.tsx";
import "./look-controls.css";

function Looks() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const chosen = useStore(stores.city, (state) => state.look);
  return (
    <fieldset className="lt-looks">
      <legend className="lt-hidden">{t("look.label")}</legend>
      {CITY_LOOKS.map((look: CityLook) => (
        <Button
          key={look}
          className="lt-look"
          aria-pressed={look === chosen}
          onPress={() => run({ type: "set-look", look })}
        >
          <LookSwatch look={look} />
          {t(`look.${look}`)}
        </Button>
      ))}
    </fieldset>
  );
}

/** Colours and words of the theme in force. */
export function LegendList({ legend }: { legend: Legend }) {
  const { t } = useWords();
  return (
    <div>
      <p className="lt-legend-title">
        {t.text(legend.title)}
        {legend.unit && <span>{legend.unit}</span>}
      </p>
      <ul className="lt-legend" aria-label={t.text(legend.title)}>
        {legend.entries.map((entry) => (
          <li key={`${entry.color}${entry.label.en}`}>
            <span style={{ background: entry.color }} aria-hidden />
            {t.text(entry.label)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Four looks, colour by attribute, hour of sun. */
export function LookControls() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const { theme, legend, hour } = useStore(stores.city, (state) => state);
  const options: readonly (ThemeProperty | "none")[] = ["none", ...THEME_PROPERTIES];
  return (
    <div className="lt-look-controls">
      <Looks />
      <div className="lt-look-theme">
        <span className="lt-label">{t("look.themeBy")}</span>
        <Segmented
          label={t("look.themeBy")}
          value={theme ?? "none"}
          options={options.map((id) => ({ id, label: t(`look.theme.${id}`) }))}
          onChange={(id) => run({ type: "style-by", property: id === "none" ? null : id })}
        />
      </div>
      {theme && legend && <LegendList legend={legend} />}
      <Range
        className="lt-hour"
        label={t("look.hour")}
        value={hour}
        min={0}
        max={24}
        step={0.25}
        onChange={(value) => run({ type: "set-hour", hour: value })}
        show={(value) => format.hour(value)}
      />
    </div>
  );
}
