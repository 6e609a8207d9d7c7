import { Check, Undo2, X } from "lucide-react";
import { problemOfRing, zoneAreaKm2 } from "../../domain/zone.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { useRun } from "../use-run.ts";
import { ZoneMark } from "./zone-mark.tsx";

/** While a zone is drawn: how, how large it is by now, and the ways on and out. The cross is where Enter puts a corner. */
export function DrawingBanner() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const drawing = useStore(stores.response, (state) => state.drawing);
  if (!drawing) return null;
  const { kind, ring } = drawing;
  const problem = problemOfRing(ring);
  const word =
    problem === "crosses" && ring.length > 3
      ? t("zone.closesBadly")
      : problem === "few"
        ? t("zone.hint")
        : t("zone.hintReady");
  return (
    <>
      <span className="lt-crosshair" aria-hidden />
      <section className="lt-drawing lt-glass" data-region="first" aria-label={t("command.draw-zone")}>
        <p className="lt-drawing-title">
          <ZoneMark kind={kind} />
          <b>{t(`zone.kind.${kind}`)}</b>
          <span>{t("zone.cornerCount", { count: ring.length })}</span>
          <strong>{format.measure(zoneAreaKm2(ring), "km²", 2)}</strong>
        </p>
        <p className="lt-drawing-hint" role="status">
          {word}
        </p>
        <div className="lt-row-buttons">
          <Button
            tone="main"
            icon={Check}
            isDisabled={problem !== null}
            onPress={() => run({ type: "finish-zone" })}
          >
            {t("zone.finish")}
          </Button>
          <Button
            icon={Undo2}
            isDisabled={ring.length === 0}
            onPress={() => run({ type: "remove-zone-corner" })}
          >
            {t("zone.undoCorner")}
          </Button>
          <Button tone="quiet" icon={X} onPress={() => run({ type: "cancel-drawing" })}>
            {t("action.cancel")}
          </Button>
        </div>
      </section>
    </>
  );
}
