import { ChartSpline } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { CONTOUR_STEPS, MAX_EXAGGERATION, RELIEF_SHADINGS } from "../../domain/terrain.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Field } from "../kit/field.tsx";
import { Range } from "../kit/range.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { useAttempt } from "../use-attempt.ts";
import { useRun } from "../use-run.ts";
import { ReliefLegend } from "./relief-legend.tsx";
import "./terrain.css";

const OFF = "off";
const DEMO = "demo";
const OTHER = "other";
type Choice = typeof OFF | typeof DEMO | typeof OTHER;

/** Asks where a terrain lies; stays until it is there. */
function AddressForm({ onDone }: { onDone: () => void }) {
  const { t } = useWords();
  const form = useId();
  const [url, setUrl] = useState("");
  const { isBusy, error, start } = useAttempt();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (url.trim() === "" || isBusy) return;
    if (await start([{ type: "set-terrain", source: url.trim() }])) onDone();
  };
  return (
    <form id={form} className="lt-terrain-address" onSubmit={(event) => void submit(event)}>
      <Field
        label={t("terrain.address")}
        value={url}
        onChange={setUrl}
        inputMode="url"
        placeholder="tilesets/my-terrain/"
        hint={t("terrain.addressHint")}
        error={error && t.error(error)}
      />
      <Button tone="main" isDisabled={isBusy || url.trim() === ""} submits={form}>
        {t(isBusy ? "layers.loading" : "action.add")}
      </Button>
    </form>
  );
}

/** How the ground is drawn, and what its colours mean. */
function ReliefControls() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const { exaggeration, shading, contours } = useStore(stores.terrain, (state) => state.display);
  return (
    <>
      <Range
        label={t("terrain.exaggeration")}
        value={exaggeration}
        min={1}
        max={MAX_EXAGGERATION}
        step={0.5}
        onChange={(value) => run({ type: "set-relief", exaggeration: value })}
        show={(value) => `× ${format.number(value, 1)}`}
      />
      <span className="lt-label" aria-hidden>
        {t("terrain.shading")}
      </span>
      <Segmented
        label={t("terrain.shading")}
        value={shading}
        options={RELIEF_SHADINGS.map((id) => ({ id, label: t(`terrain.shading.${id}`) }))}
        onChange={(next) => run({ type: "set-relief", shading: next })}
      />
      <span className="lt-label" aria-hidden>
        {t("terrain.contours")}
      </span>
      <Segmented
        label={t("terrain.contours")}
        value={String(contours ?? 0)}
        options={[
          { id: "0", label: t("terrain.noContours") },
          ...CONTOUR_STEPS.map((step) => ({ id: String(step), label: format.measure(step, "m") })),
        ]}
        onChange={(next) => run({ type: "set-relief", contours: Number(next) || null })}
      />
      <ReliefLegend />
      <Button icon={ChartSpline} onPress={() => run({ type: "draw-profile" })}>
        {t("command.draw-profile")}
      </Button>
    </>
  );
}

/** The shape of the ground: which, how it is drawn, what does not follow it. */
export function TerrainControl() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const source = useStore(stores.terrain, (state) => state.source);
  const [isAsking, setAsking] = useState(false);
  const choice: Choice = isAsking ? OTHER : source === null ? OFF : source === DEMO ? DEMO : OTHER;
  const choose = (next: Choice) => {
    setAsking(next === OTHER);
    if (next !== OTHER) run({ type: "set-terrain", source: next === DEMO ? DEMO : null });
  };
  return (
    <section className="lt-terrain" aria-label={t("terrain.title")}>
      <h3 className="lt-subhead">{t("terrain.title")}</h3>
      <Segmented
        label={t("terrain.title")}
        value={choice}
        options={([OFF, DEMO, OTHER] as const).map((id) => ({ id, label: t(`terrain.source.${id}`) }))}
        onChange={choose}
      />
      {isAsking && <AddressForm onDone={() => setAsking(false)} />}
      {source !== null && (
        <>
          <p className="lt-note">{t(source === DEMO ? "terrain.aboutDemo" : "terrain.aboutOther")}</p>
          <ReliefControls />
        </>
      )}
    </section>
  );
}
