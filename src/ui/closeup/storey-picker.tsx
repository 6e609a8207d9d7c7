import { ChevronDown } from "lucide-react";
import { Button, Dialog, DialogTrigger, Popover } from "react-aria-components";
import type { ModelEntry } from "../../domain/model.ts";
import { useWords } from "../context.tsx";
import { StoreyList } from "../models/storey-list.tsx";
import "../kit/menu.css";
import "../models/models.css";

/** What the storey filter shows in one word: all, the only one, or how many. */
export function StoreyPicker({ model }: { model: ModelEntry }) {
  const { t } = useWords();
  const shown = model.storeys.filter((storey) => !model.hiddenStoreys.includes(storey.globalId));
  const word =
    shown.length === model.storeys.length
      ? t("closeup.allStoreys")
      : shown.length === 1 && shown[0]
        ? shown[0].name
        : `${shown.length} / ${model.storeys.length}`;
  return (
    <DialogTrigger>
      <Button className="lt-button lt-button-plain">
        <span className="lt-hidden">{t("closeup.storey")}</span>
        <span>{word}</span>
        <ChevronDown className="lt-icon" aria-hidden />
      </Button>
      <Popover className="lt-popover lt-storey-popover" placement="bottom end" offset={6}>
        <Dialog className="lt-storey-dialog" aria-label={t("closeup.storey")}>
          <StoreyList model={model} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
