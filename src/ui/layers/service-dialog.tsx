import { useState } from "react";
import {
  Button as AriaButton,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
} from "react-aria-components";
import { type PlainError, toPlainError } from "../../base/errors.ts";
import type { Command } from "../../commands/schemas.ts";
import { MAP_SERVICE_KINDS, type MapServiceKind } from "../../domain/map-service.ts";
import type { ServiceLayer } from "../../domain/service-layer.ts";
import { useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { Field } from "../kit/field.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { useAttempt } from "../use-attempt.ts";
import { useRun } from "../use-run.ts";
import { canAsk, EMPTY_DRAFT, type ServiceDraft, serviceOf, withLayer } from "./service-draft.ts";
import "../kit/menu.css";
import "./service-dialog.css";

const PLACEHOLDERS: Readonly<Partial<Record<MapServiceKind, string>>> = {
  wmts: "https://example.com/wmts",
  wms: "https://example.com/wms",
  xyz: "https://example.com/{z}/{x}/{y}.png",
  tms: "https://example.com/tms/1.0.0/layer/",
  arcgis: "https://example.com/arcgis/rest/services/Map/MapServer",
  mvt: "https://example.com/{z}/{x}/{y}.pbf",
  geojson: "https://example.com/data.geojson",
  kml: "https://example.com/data.kml",
  czml: "https://example.com/data.czml",
  tiles: "https://example.com/tileset.json",
};
const TIANDITU = ["vec", "cva", "img", "cia", "ter", "cta", "ibo"] as const;

interface Props {
  readonly draft: ServiceDraft;
  readonly change: (part: Partial<ServiceDraft>) => void;
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly id: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <Select
      className="lt-field"
      value={value}
      onChange={(key) => {
        if (key !== null) onChange(key as T);
      }}
    >
      <Label>{label}</Label>
      <AriaButton className="lt-service-choice">
        <SelectValue />
        <span aria-hidden>▾</span>
      </AriaButton>
      <Popover className="lt-popover">
        <ListBox className="lt-menu lt-scroll lt-service-list">
          {options.map((one) => (
            <ListBoxItem key={one.id} id={one.id} className="lt-menu-item" textValue={one.label}>
              {one.label}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}

function OfferedLayers({ draft, change }: Props) {
  const { signals } = useTwin();
  const { t } = useWords();
  const [offered, setOffered] = useState<readonly ServiceLayer[] | null>(null);
  const [error, setError] = useState<PlainError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    setError(null);
    try {
      setOffered(await signals.serviceLayers(draft.kind as "wms", draft.url.trim()));
    } catch (caught) {
      setError(toPlainError(caught));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button isDisabled={!canAsk(draft) || isBusy} onPress={ask}>
        {t(isBusy ? "map.asking" : "map.ask")}
      </Button>
      {error && (
        <p className="lt-form-error" role="alert">
          {t.error(error)}
        </p>
      )}
      {offered?.length === 0 && <p className="lt-note">{t("map.offersNothing")}</p>}
      {offered && offered.length > 0 && (
        <ListBox
          className="lt-offered lt-scroll"
          aria-label={t("map.offered", { count: offered.length })}
          selectionMode="single"
          selectedKeys={draft.layer ? [draft.layer] : []}
          onSelectionChange={(keys) => {
            const layer = keys === "all" ? undefined : offered.find(({ name }) => keys.has(name));
            if (layer) change(withLayer(draft, layer));
          }}
        >
          {offered.map((one) => (
            <ListBoxItem key={one.name} id={one.name} className="lt-menu-item" textValue={one.title}>
              <span className="lt-ellipsis">{one.title}</span>
              <small className="lt-ellipsis">{one.name}</small>
            </ListBoxItem>
          ))}
        </ListBox>
      )}
    </>
  );
}

function TiandituFields({ draft, change }: Props) {
  const { t } = useWords();
  return (
    <>
      <Choice
        label={t("map.tianditu.layer")}
        value={draft.tianditu}
        options={TIANDITU.map((id) => ({ id, label: t(`map.tianditu.${id}`) }))}
        onChange={(tianditu) => change({ tianditu })}
      />
      <Field
        secret
        label={t("basemap.key")}
        value={draft.key}
        onChange={(key) => change({ key })}
        hint={t("map.keyAbout")}
      />
    </>
  );
}

function AddressFields({ draft, change }: Props) {
  const { t } = useWords();
  const { kind } = draft;
  return (
    <>
      <Field
        label={t("basemap.url")}
        value={draft.url}
        inputMode="url"
        placeholder={PLACEHOLDERS[kind] ?? ""}
        onChange={(url) => change({ url })}
      />
      {(kind === "wms" || kind === "wmts") && <OfferedLayers draft={draft} change={change} />}
      {(kind === "wms" || kind === "wmts" || kind === "arcgis") && (
        <div className="lt-field-pair">
          <Field label={t("basemap.layer")} value={draft.layer} onChange={(layer) => change({ layer })} />
          {kind === "wmts" && (
            <Field
              label={t("basemap.matrixSet")}
              value={draft.matrixSet}
              onChange={(matrixSet) => change({ matrixSet })}
            />
          )}
        </div>
      )}
      {(kind === "xyz" || kind === "wmts") && (
        <div className="lt-field">
          <span className="lt-label">{t("basemap.datum")}</span>
          <Segmented
            label={t("basemap.datum")}
            value={draft.datum}
            options={(["WGS84", "GCJ02"] as const).map((id) => ({ id, label: t(`basemap.datum.${id}`) }))}
            onChange={(datum) => change({ datum })}
          />
        </div>
      )}
    </>
  );
}

/** Asks for a map service: its kind, its address, one of the layers that it offers. Stays open until the service has answered. */
export function ServiceDialog() {
  const { t } = useWords();
  const run = useRun();
  const [draft, setDraft] = useState<ServiceDraft>(EMPTY_DRAFT);
  const change = (part: Partial<ServiceDraft>) => setDraft((before) => ({ ...before, ...part }));
  const { isBusy, error, start } = useAttempt();
  const service = serviceOf(draft);
  const close = () => run({ type: "open-overlay", overlay: "none" });
  const add = async () => {
    if (!service) return;
    const commands: Command[] = [
      ...(draft.kind === "tianditu" && draft.key.trim()
        ? [{ type: "set-secret", name: "tianditu", value: draft.key.trim() } as const]
        : []),
      { type: "add-map", service, name: draft.name.trim() || null },
    ];
    if (await start(commands)) close();
  };
  return (
    <Dialog title={t("map.title")} onClose={close} width={560}>
      <div className="lt-form">
        <Choice
          label={t("map.kind")}
          value={draft.kind}
          options={MAP_SERVICE_KINDS.map((id) => ({ id, label: t(`map.kind.${id}`) }))}
          onChange={(kind) => change({ kind })}
        />
        {draft.kind === "tianditu" ? (
          <TiandituFields draft={draft} change={change} />
        ) : (
          <AddressFields draft={draft} change={change} />
        )}
        <Field label={t("tileset.name")} value={draft.name} onChange={(name) => change({ name })} />
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
        <Button tone="main" isDisabled={service === null || isBusy} onPress={add}>
          {t(isBusy ? "layers.loading" : "action.add")}
        </Button>
      </div>
    </Dialog>
  );
}
