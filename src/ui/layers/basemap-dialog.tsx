import { useState } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import type { Basemap } from "../../domain/layer.ts";
import { useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { Field } from "../kit/field.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { useAttempt } from "../use-attempt.ts";
import { useRun } from "../use-run.ts";
import { type BasemapDraft, commandsOf, draftFrom } from "./basemap-draft.ts";
import "./basemap-dialog.css";

const KINDS: readonly Basemap["kind"][] = ["offline", "xyz", "wmts", "tianditu", "ion"];

interface FieldsProps {
  readonly draft: BasemapDraft;
  readonly change: (part: Partial<BasemapDraft>) => void;
}

function DatumChoice({ draft, change }: FieldsProps) {
  const { t } = useWords();
  return (
    <div className="lt-field">
      <span className="lt-label">{t("basemap.datum")}</span>
      <Segmented
        label={t("basemap.datum")}
        value={draft.datum}
        options={[
          { id: "WGS84", label: t("basemap.datum.WGS84") },
          { id: "GCJ02", label: t("basemap.datum.GCJ02") },
        ]}
        onChange={(datum) => change({ datum })}
      />
      <p className="lt-note">{t("basemap.datum.about")}</p>
    </div>
  );
}

function AddressFields({ draft, change }: FieldsProps) {
  const { t } = useWords();
  return (
    <>
      <Field
        label={t("basemap.url")}
        value={draft.url}
        inputMode="url"
        placeholder={
          draft.kind === "xyz" ? "https://example.com/{z}/{x}/{y}.png" : "https://example.com/wmts"
        }
        onChange={(url) => change({ url })}
      />
      {draft.kind === "wmts" && (
        <div className="lt-field-pair">
          <Field label={t("basemap.layer")} value={draft.layer} onChange={(layer) => change({ layer })} />
          <Field
            label={t("basemap.matrixSet")}
            value={draft.tileMatrixSet}
            onChange={(tileMatrixSet) => change({ tileMatrixSet })}
          />
        </div>
      )}
      <DatumChoice draft={draft} change={change} />
    </>
  );
}

function ProviderFields({ draft, change }: FieldsProps) {
  const { t } = useWords();
  if (draft.kind === "ion")
    return (
      <>
        <Field
          label={t("basemap.asset")}
          value={draft.assetId}
          inputMode="numeric"
          onChange={(assetId) => change({ assetId })}
        />
        <Field secret label={t("basemap.token")} value={draft.ion} onChange={(ion) => change({ ion })} />
      </>
    );
  return (
    <>
      <div className="lt-field">
        <span className="lt-label">{t("basemap.theme")}</span>
        <Segmented
          label={t("basemap.theme")}
          value={draft.theme}
          options={(["vec", "img", "ter"] as const).map((id) => ({ id, label: t(`basemap.theme.${id}`) }))}
          onChange={(theme) => change({ theme })}
        />
      </div>
      <Field
        secret
        label={t("basemap.key")}
        value={draft.tianditu}
        onChange={(tianditu) => change({ tianditu })}
      />
    </>
  );
}

/** Which map lies on the globe. */
export function BasemapDialog() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const [draft, setDraft] = useState<BasemapDraft>(() => draftFrom(stores.city.get().basemap));
  const change = (part: Partial<BasemapDraft>) => setDraft((before) => ({ ...before, ...part }));
  const commands = commandsOf(draft);
  const close = () => run({ type: "open-overlay", overlay: "none" });
  const { isBusy, error, start } = useAttempt();
  const use = async () => {
    if (commands && (await start(commands))) close();
  };
  return (
    <Dialog title={t("basemap.title")} onClose={close} width={560}>
      <div className="lt-form">
        <RadioGroup
          className="lt-basemaps"
          value={draft.kind}
          onChange={(kind) => change({ kind: kind as Basemap["kind"] })}
        >
          <Label className="lt-hidden">{t("basemap.title")}</Label>
          {KINDS.map((kind) => (
            <Radio key={kind} value={kind} className="lt-basemap">
              <b>{t(`basemap.${kind}`)}</b>
              <span>{t(`basemap.${kind}.about`)}</span>
            </Radio>
          ))}
        </RadioGroup>
        {(draft.kind === "xyz" || draft.kind === "wmts") && <AddressFields draft={draft} change={change} />}
        {(draft.kind === "tianditu" || draft.kind === "ion") && (
          <ProviderFields draft={draft} change={change} />
        )}
        {error && (
          <p className="lt-form-error" role="alert">
            {t.error(error)}
          </p>
        )}
      </div>
      <div className="lt-dialog-foot">
        <Button tone="quiet" onPress={close}>
          {t("action.cancel")}
        </Button>
        <Button tone="main" isDisabled={commands === null || isBusy} onPress={use}>
          {t(isBusy ? "layers.loading" : "basemap.use")}
        </Button>
      </div>
    </Dialog>
  );
}
