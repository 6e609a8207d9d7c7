import { Eye, EyeOff, FolderOpen, Globe, LocateFixed, MapPlus, Plus, Trash2 } from "lucide-react";
import { lazy, Suspense } from "react";
import { Button, Disclosure, DisclosurePanel } from "react-aria-components";
import type { Layer } from "../../domain/layer.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { IconButton, Button as TextButton } from "../kit/button.tsx";
import { ProvenanceBadge, ProvenanceMark } from "../kit/marks.tsx";
import { Range } from "../kit/range.tsx";
import { Empty } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import { listedLayers } from "./layer-order.ts";
import "./layer-list.css";

const OrderHandle = lazy(() => import("./order-handle.tsx").then((m) => ({ default: m.OrderHandle })));
const MapFacts = lazy(() => import("./map-facts.tsx").then((m) => ({ default: m.MapFacts })));
const TableButton = lazy(() => import("./map-facts.tsx").then((m) => ({ default: m.TableButton })));
const GradeNote = lazy(() => import("./map-facts.tsx").then((m) => ({ default: m.GradeNote })));
const DataFacts = lazy(() => import("./data-facts.tsx").then((m) => ({ default: m.DataFacts })));

/** The ways to bring more in: base map, file, tileset. */
export function LayerActions() {
  const { t } = useWords();
  const run = useRun();
  return (
    <>
      <IconButton
        label={t("layers.basemap")}
        icon={Globe}
        onPress={() => run({ type: "open-overlay", overlay: "basemap" })}
      />
      <IconButton label={t("data.open")} icon={FolderOpen} onPress={() => run({ type: "choose-files" })} />
      <IconButton
        label={t("layers.addMap")}
        icon={MapPlus}
        onPress={() => run({ type: "open-overlay", overlay: "add-map" })}
      />
      <IconButton
        label={t("layers.addTileset")}
        icon={Plus}
        onPress={() => run({ type: "open-overlay", overlay: "add-tileset" })}
      />
    </>
  );
}

function LayerOptions({ layer }: { layer: Layer }) {
  const { t, format } = useWords();
  const run = useRun();
  return (
    <div className="lt-layer-options">
      {layer.kind !== "terrain" && (
        <Range
          label={t("layers.opacity")}
          value={Math.round(layer.opacity * 100)}
          min={0}
          max={100}
          step={5}
          onChange={(value) => run({ type: "set-layer-opacity", id: layer.id, opacity: value / 100 })}
          show={(value) => format.measure(value, "%")}
        />
      )}
      <div className="lt-layer-source">
        <ProvenanceBadge provenance={layer.provenance} />
        <span>{t.text(layer.provenance.source)}</span>
      </div>
      <Suspense>
        {layer.map && <MapFacts layer={layer} map={layer.map} />}
        {layer.data && !layer.map && <DataFacts layer={layer} data={layer.data} />}
      </Suspense>
      {layer.url && (
        <p className="lt-layer-url lt-ellipsis" title={layer.url}>
          {layer.url}
        </p>
      )}
      <div className="lt-row-buttons">
        <TextButton icon={LocateFixed} onPress={() => run({ type: "zoom-to-layer", id: layer.id })}>
          {t("command.zoom-to-layer")}
        </TextButton>
        <Suspense>
          <TableButton layer={layer} />
        </Suspense>
        {layer.removable && (
          <TextButton icon={Trash2} onPress={() => run({ type: "remove-layer", id: layer.id })}>
            {t("action.remove")}
          </TextButton>
        )}
      </div>
    </div>
  );
}

function LayerStatus({ layer }: { layer: Layer }) {
  const { t } = useWords();
  if (layer.status === "ready")
    return layer.isAdrift ? <p className="lt-layer-status">{t("layers.adrift")}</p> : null;
  return (
    <p className="lt-layer-status" role={layer.status === "failed" ? "alert" : undefined}>
      {layer.status === "loading"
        ? t("layers.loading")
        : layer.error
          ? t.error(layer.error)
          : t("layers.failed")}
    </p>
  );
}

function LayerRow({ layer, place, count }: { layer: Layer; place: number | null; count: number }) {
  const { t } = useWords();
  const run = useRun();
  const name = t.text(layer.title);
  return (
    <li>
      <Disclosure className="lt-layer" data-off={!layer.visible} data-status={layer.status}>
        <div className="lt-layer-row">
          <IconButton
            label={t("layers.show", { name })}
            icon={layer.visible ? Eye : EyeOff}
            pressed={layer.visible}
            className="lt-eye"
            onPress={() => run({ type: "show-layer", id: layer.id, visible: !layer.visible })}
          />
          {place !== null && count > 1 && (
            <Suspense>
              <OrderHandle id={layer.id} name={name} place={place} count={count} />
            </Suspense>
          )}
          <Button slot="trigger" className="lt-layer-name">
            <span className="lt-ellipsis">{name}</span>
            <ProvenanceMark kind={layer.provenance.kind} />
            <span className="lt-layer-kind">{t(`provenance.${layer.provenance.kind}`)}</span>
          </Button>
        </div>
        <LayerStatus layer={layer} />
        {layer.map && (
          <Suspense>
            <GradeNote layer={layer} />
          </Suspense>
        )}
        <DisclosurePanel>
          <LayerOptions layer={layer} />
        </DisclosurePanel>
      </Disclosure>
    </li>
  );
}

export function LayerList() {
  const { stores } = useTwin();
  const { t } = useWords();
  const layers = useStore(stores.layers, (state) => state.layers);
  const isStarting = useStore(stores.ui, (state) => state.engine === "starting");
  if (layers.length === 0) return <Empty>{t(isStarting ? "app.loading" : "layers.empty")}</Empty>;
  const listed = listedLayers(layers);
  const ground = listed.filter(({ place }) => place !== null).length;
  return (
    <ul className="lt-layers">
      {listed.map(({ layer, place }) => (
        <LayerRow key={layer.id} layer={layer} place={place} count={ground} />
      ))}
    </ul>
  );
}
