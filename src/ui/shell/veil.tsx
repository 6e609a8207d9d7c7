import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import "./veil.css";

/** Over the city until the engine is ready; says why when it will not be. */
export function Veil() {
  const { stores } = useTwin();
  const { t } = useWords();
  const engine = useStore(stores.ui, (state) => state.engine);
  const error = useStore(stores.ui, (state) => state.engineError);
  if (engine === "ready") return null;
  if (engine === "starting")
    return (
      <div className="lt-veil-note" role="status">
        <span className="lt-veil-line" aria-hidden />
        {t("city.loading")}
      </div>
    );
  return (
    <div className="lt-veil" role="alert">
      <div className="lt-veil-card lt-glass">
        <h2>{t("veil.failed")}</h2>
        {error && <p>{t.error(error)}</p>}
        <p>{t("veil.hint")}</p>
        <Button tone="main" onPress={() => location.reload()}>
          {t("action.reload")}
        </Button>
      </div>
    </div>
  );
}
