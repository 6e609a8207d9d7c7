import { type FormEvent, useState } from "react";
import { useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { Field } from "../kit/field.tsx";
import { useRun } from "../use-run.ts";
import { isTilesetAddress } from "./tileset-address.ts";

export function TilesetDialog() {
  const { t } = useWords();
  const run = useRun();
  const [url, setUrl] = useState("");
  const [name, setName] = useState("");
  const [wasTried, setTried] = useState(false);
  const close = () => run({ type: "open-overlay", overlay: "none" });
  const add = () => {
    setTried(true);
    if (!isTilesetAddress(url)) return;
    run({ type: "add-tileset", url: url.trim(), name: name.trim() || null });
    close();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add();
  };
  return (
    <Dialog title={t("tileset.title")} onClose={close}>
      <form className="lt-form" onSubmit={submit}>
        <Field
          autoFocus
          label={t("tileset.url")}
          value={url}
          onChange={setUrl}
          inputMode="url"
          placeholder="https://example.com/tileset.json"
          hint={t("tileset.about")}
          error={wasTried && !isTilesetAddress(url) ? t("tileset.required") : null}
        />
        <Field label={t("tileset.name")} value={name} onChange={setName} />
        <button type="submit" className="lt-hidden" tabIndex={-1}>
          {t("action.add")}
        </button>
      </form>
      <div className="lt-dialog-foot">
        <Button tone="quiet" onPress={close}>
          {t("action.cancel")}
        </Button>
        <Button tone="main" onPress={add}>
          {t("action.add")}
        </Button>
      </div>
    </Dialog>
  );
}
