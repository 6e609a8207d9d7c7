import { Eye, EyeOff, ScanEye } from "lucide-react";
import type { IfcStorey, ModelEntry } from "../../domain/model.ts";
import { useWords } from "../context.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { useRun } from "../use-run.ts";

function StoreyRow({ model, storey }: { model: ModelEntry; storey: IfcStorey }) {
  const { t, format } = useWords();
  const run = useRun();
  const isVisible = !model.hiddenStoreys.includes(storey.globalId);
  return (
    <li className="lt-storey" data-off={!isVisible}>
      <IconButton
        label={t("layers.show", { name: storey.name })}
        icon={isVisible ? Eye : EyeOff}
        pressed={isVisible}
        className="lt-eye"
        onPress={() =>
          run({ type: "show-storey", id: model.id, storey: storey.globalId, visible: !isVisible })
        }
      />
      <span className="lt-ellipsis">{storey.name}</span>
      <span className="lt-storey-level">{format.measure(storey.elevation, "m", 2)}</span>
      <IconButton
        label={t("models.isolate", { name: storey.name })}
        icon={ScanEye}
        onPress={() => run({ type: "isolate-storey", id: model.id, storey: storey.globalId })}
      />
    </li>
  );
}

/** Storeys from the top down, each to show, hide or isolate. */
export function StoreyList({ model }: { model: ModelEntry }) {
  const { t } = useWords();
  const run = useRun();
  const fromTop = [...model.storeys].sort((a, b) => b.elevation - a.elevation);
  return (
    <>
      <ul className="lt-storeys lt-scroll">
        {fromTop.map((storey) => (
          <StoreyRow key={storey.globalId} model={model} storey={storey} />
        ))}
      </ul>
      {model.hiddenStoreys.length > 0 && (
        <Button tone="quiet" onPress={() => run({ type: "isolate-storey", id: model.id, storey: null })}>
          {t("models.showAll")}
        </Button>
      )}
    </>
  );
}
