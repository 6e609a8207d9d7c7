import { MapPin } from "lucide-react";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { useRun } from "../use-run.ts";
import "./overlays.css";

/** While a model waits for its place: what to do, and the way out. */
export function PlacingBanner() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const model = useStore(stores.models, (state) => state.models.find((one) => one.id === state.placing));
  if (!model) return null;
  return (
    <div className="lt-placing lt-glass" role="status">
      <MapPin className="lt-icon" aria-hidden />
      <span>{t("models.placing", { name: model.name })}</span>
      <Button onPress={() => run({ type: "cancel-placing" })}>{t("action.cancel")}</Button>
    </div>
  );
}
