import { type FormEvent, useId, useState } from "react";
import { useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { Field } from "../kit/field.tsx";
import { useAttempt } from "../use-attempt.ts";
import { useRun } from "../use-run.ts";
import { isTilesetAddress } from "./tileset-address.ts";

/** Asks for a tileset's address; stays open until the tileset is there. */
export function TilesetDialog() {
  const { t } = useWords();
  const run = useRun();
  const form = useId();
  const [url, setUrl] = useState("");
  const [name, setName] = useState("");
  const [wasTried, setTried] = useState(false);
  const { isBusy, error, start } = useAttempt();
  const close = () => run({ type: "open-overlay", overlay: "none" });
  const add = async () => {
    setTried(true);
    if (!isTilesetAddress(url) || isBusy) return;
    if (await start([{ type: "add-tileset", url: url.trim(), name: name.trim() || null }])) close();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void add();
  };
  const complaint = wasTried && !isTilesetAddress(url) ? t("tileset.required") : error && t.error(error);
  return (
    <Dialog title={t("tileset.title")} onClose={close}>
      <form id={form} className="lt-form" onSubmit={submit}>
        <Field
          autoFocus
          label={t("tileset.url")}
          value={url}
          onChange={setUrl}
          inputMode="url"
          placeholder="https://example.com/tileset.json"
          hint={t("tileset.about")}
          error={complaint}
        />
        <Field label={t("tileset.name")} value={name} onChange={setName} />
      </form>
      <div className="lt-dialog-foot">
        <Button tone="quiet" onPress={close}>
          {t("action.cancel")}
        </Button>
        <Button tone="main" submits={form} isDisabled={isBusy}>
          {t(isBusy ? "layers.loading" : "action.add")}
        </Button>
      </div>
    </Dialog>
  );
}
