import { type FormEvent, useId, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import type { CrsQuestion } from "../../state/map-stores.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { Field } from "../kit/field.tsx";
import { useAttempt } from "../use-attempt.ts";
import { useRun } from "../use-run.ts";
import "./crs-dialog.css";

/** What a file from Liaoning is mostly in: CGCS2000 with and without the zone before the easting, degrees, web maps. */
const COMMON: readonly { readonly code: string; readonly name: string; readonly zone?: number }[] = [
  { code: "EPSG:4549", name: "CGCS2000 3° · 120°E" },
  { code: "EPSG:4550", name: "CGCS2000 3° · 123°E" },
  { code: "EPSG:4528", name: "CGCS2000 3°", zone: 40 },
  { code: "EPSG:4529", name: "CGCS2000 3°", zone: 41 },
  { code: "EPSG:4490", name: "CGCS2000" },
  { code: "EPSG:4326", name: "WGS 84" },
  { code: "EPSG:32651", name: "WGS 84 / UTM 51N" },
  { code: "EPSG:3857", name: "Web Mercator" },
];

/** Asks for the coordinate system of a file that names none, or of a layer that is to be read again; stays open until it is read. */
export function CrsDialog() {
  const { stores } = useTwin();
  const asked = useStore(stores.crsQuestion, (state) => state.asked);
  return asked ? <Question key={asked.subject} asked={asked} /> : null;
}

function Question({ asked }: { asked: CrsQuestion }) {
  const { t } = useWords();
  const run = useRun();
  const form = useId();
  const [crs, setCrs] = useState(asked.crs);
  const [wasTried, setTried] = useState(false);
  const { isBusy, error, start } = useAttempt();
  const close = () => run({ type: "open-overlay", overlay: "none" });
  const read = async (name: string) => {
    setTried(true);
    if (name.trim() === "" || isBusy) return;
    const { of, gcj02 } = asked;
    const reading = { crs: name.trim(), gcj02 };
    const isRead = await start([
      "layerId" in of
        ? { type: "read-layer-as", id: of.layerId, ...reading }
        : { type: "open-files", sources: [...of.sources], ...reading },
    ]);
    if (isRead) close();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void read(crs);
  };
  return (
    <Dialog title={t("data.crs.title")} onClose={close} width={520}>
      <form id={form} className="lt-form" onSubmit={submit}>
        <p className="lt-crs-question">
          {asked.error ? t.error(asked.error) : t("data.crs.ask", { name: asked.subject })}
        </p>
        <Field
          autoFocus
          label={t("data.crs.title")}
          value={crs}
          onChange={setCrs}
          placeholder="EPSG:4549"
          hint={t("data.crs.hint")}
          error={wasTried && crs.trim() === "" ? t("data.crs.required") : error && t.error(error)}
        />
        <fieldset className="lt-crs-common">
          <legend className="lt-label">{t("data.crs.common")}</legend>
          {COMMON.map(({ code, name, zone }) => (
            <AriaButton
              key={code}
              className="lt-button"
              aria-pressed={crs === code}
              onPress={() => setCrs(code)}
            >
              <b>{code}</b>
              <span className="lt-aside">
                {zone === undefined ? name : `${name} · ${t("data.crs.zone", { zone })}`}
              </span>
            </AriaButton>
          ))}
        </fieldset>
      </form>
      <div className="lt-dialog-foot">
        <Button tone="quiet" onPress={close}>
          {t("action.cancel")}
        </Button>
        <Button tone="main" submits={form} isDisabled={isBusy}>
          {t(isBusy ? "layers.loading" : "data.crs.read")}
        </Button>
      </div>
    </Dialog>
  );
}
