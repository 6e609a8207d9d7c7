import { useState } from "react";
import type { CapOutletState } from "../../state/duty-stores.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Field } from "../kit/field.tsx";
import { useRun } from "../use-run.ts";

/** Asks for an outlet's token; it stays in memory for the session and goes nowhere else. */
export function OutletToken({ outlet }: { outlet: Pick<CapOutletState, "secret" | "hasSecret"> }) {
  const { t } = useWords();
  const run = useRun();
  const [token, setToken] = useState("");
  if (outlet.hasSecret)
    return (
      <span className="lt-cap-token-set">
        {t("cap.tokenSet")}{" "}
        <Button tone="quiet" onPress={() => run({ type: "set-secret", name: outlet.secret, value: null })}>
          {t("cap.tokenForget")}
        </Button>
      </span>
    );
  const keep = () => {
    run({ type: "set-secret", name: outlet.secret, value: token });
    setToken("");
  };
  return (
    <form
      className="lt-cap-token"
      onSubmit={(event) => {
        event.preventDefault();
        if (token !== "") keep();
      }}
    >
      <Field label={t("cap.token")} secret value={token} onChange={setToken} />
      <Button isDisabled={token === ""} onPress={keep}>
        {t("cap.tokenUse")}
      </Button>
    </form>
  );
}

/** Where the message goes: which of the outlets, and their tokens. */
export function CapOutlets({
  chosen,
  onChange,
}: {
  chosen: ReadonlySet<string>;
  onChange: (ids: ReadonlySet<string>) => void;
}) {
  const { stores } = useTwin();
  const { t } = useWords();
  const outlets = useStore(stores.cap, (state) => state.outlets);
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  };
  return (
    <section className="lt-cap-outlets" aria-label={t("cap.outlets")}>
      <h3 className="lt-subhead">{t("cap.outlets")}</h3>
      {outlets.length === 0 && <p className="lt-note">{t("cap.noOutlets")}</p>}
      {outlets.map((outlet) => (
        <div key={outlet.id} className="lt-cap-outlet">
          <label>
            <input type="checkbox" checked={chosen.has(outlet.id)} onChange={() => toggle(outlet.id)} />
            <span>
              {t.text(outlet.title)} <small>{outlet.kind === "mqtt" ? "MQTT" : "HTTP POST"}</small>
            </span>
          </label>
          {chosen.has(outlet.id) && <OutletToken outlet={outlet} />}
        </div>
      ))}
    </section>
  );
}
