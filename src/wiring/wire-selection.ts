import { TwinError } from "../base/errors.ts";
import type { CityHighlight, CityPick } from "../city/contract.ts";
import type { CommandArguments } from "../commands/schemas.ts";
import { buildingUseName } from "../domain/city-theme.ts";
import type { PlaceDeg } from "../domain/pose.ts";
import type { AttributeValue, Selection } from "../domain/selection.ts";
import type { AnalysisDesk } from "./analysis-desk.ts";
import type { ModelLibrary } from "./model-library.ts";
import type { HoverHit, WireParts } from "./parts.ts";
import type { SensorDesk } from "./sensor-desk.ts";
import { modelTilesetId } from "./wire-models.ts";

type Target = CommandArguments<"select">["target"];

export interface SelectionWire {
  describe(target: Target): Promise<Selection>;
  zoomToSelection(): Promise<void>;
}

interface Sources {
  readonly library: ModelLibrary;
  readonly desk: SensorDesk;
  readonly analysis: AnalysisDesk;
  readonly flyTo: (target: PlaceDeg, range: number) => Promise<void>;
}

/** Properties that can serve as the id of a feature of somebody else's tileset, best first. */
const ID_PROPERTIES = ["id", "ID", "gml_id", "gml:id", "GlobalId", "name", "Name", "batchId", "featureId"];

/** Clicks on the canvas become `select` commands; the selection becomes emphasis. */
export function wireSelection(parts: WireParts, sources: Sources): SelectionWire {
  const { stores, view, scope, signals, run } = parts;
  let lastPick: {
    id: string;
    property: string;
    attributes: Readonly<Record<string, AttributeValue>>;
    place: PlaceDeg | null;
  } | null = null;
  const idProperties = new Map<string, string>();

  const targetOf = (pick: CityPick, place: PlaceDeg | null): Target => {
    if (pick.kind === "sensor") {
      const sensor = sources.desk.sensors[pick.row];
      return sensor ? { kind: "sensor", sensorId: sensor.id } : { kind: "none" };
    }
    if (pick.kind === "warning") return { kind: "warning", warningId: pick.warningId };
    if (pick.kind === "ground") return { kind: "none" };
    const model = stores.models.get().models.find((entry) => modelTilesetId(entry.id) === pick.tilesetId);
    if (model) return { kind: "element", modelId: model.id, globalId: String(pick.attributes.GlobalId) };
    const property = ID_PROPERTIES.find((name) => pick.attributes[name] !== undefined) ?? "";
    const id = String(pick.attributes[property] ?? "feature");
    idProperties.set(pick.tilesetId, property);
    lastPick = { id, property, attributes: pick.attributes, place };
    return { kind: "building", layerId: pick.tilesetId, buildingId: id };
  };

  scope.add(
    view.on("clicked", ({ pick, place }) => {
      const { placing } = stores.models.get();
      if (placing) {
        if (place)
          void run({ type: "place-model", id: placing, ...place, height: 0, headingDeg: ghostHeading });
        return;
      }
      void run({ type: "select", target: targetOf(pick, place) });
    }),
  );
  scope.add(
    view.on("hovered", ({ pick, x, y }) => {
      signals.emit(
        "hovered",
        pick && !stores.models.get().placing
          ? hoverHit(pick, sources.desk, stores.ui.get().locale, x, y)
          : null,
      );
    }),
  );
  let ghostHeading = 0;
  scope.add(
    wirePlacement(parts, (heading) => {
      ghostHeading = heading;
    }),
  );
  scope.add(
    stores.selection.watch(
      (s) => s.selection,
      (selection) => {
        view.highlight(highlightOf(selection, idProperties, sources.desk));
      },
    ),
  );

  const describe = async (target: Target): Promise<Selection> => {
    switch (target.kind) {
      case "none":
      case "warning":
        return target;
      case "sensor":
        if (sources.desk.rowOf(target.sensorId) < 0) throw unknown(target.sensorId);
        return target;
      case "element": {
        const row = await sources.library.rowOf(target.modelId, target.globalId);
        if (row < 0) throw unknown(target.globalId);
        return target;
      }
      case "building": {
        if (lastPick?.id === target.buildingId) {
          const { attributes, place } = lastPick;
          return { ...target, attributes, ...(place && { place }) };
        }
        const row = await sources.analysis.building(target.buildingId);
        if (!row) throw unknown(target.buildingId);
        idProperties.set(target.layerId, "id");
        return {
          ...target,
          attributes: {
            id: row.buildingId,
            name: row.name,
            use: buildingUseName(row.use).en.toLowerCase(),
            floors: row.floors,
            height: row.height,
            residentsDay: row.residentsDay,
            residentsNight: row.residentsNight,
          },
          place: { longitudeDeg: row.longitudeDeg, latitudeDeg: row.latitudeDeg, height: row.height / 2 },
        };
      }
    }
  };
  return { describe, zoomToSelection: () => zoomTo(parts, sources) };
}

async function zoomTo({ stores }: WireParts, sources: Sources): Promise<void> {
  const { selection } = stores.selection.get();
  if (selection.kind === "building" || selection.kind === "element") {
    if (selection.place) await sources.flyTo(selection.place, 320);
  } else if (selection.kind === "sensor") {
    const sensor = sources.desk.sensors[sources.desk.rowOf(selection.sensorId)];
    if (sensor) await sources.flyTo(sensor, 420);
  }
}

/** The ghost follows the pointer; `[` and `]` turn it by 5 degrees. */
function wirePlacement({ stores, view }: WireParts, onHeading: (headingDeg: number) => void): () => void {
  let heading = 0;
  let at: PlaceDeg | null = null;
  const draw = () => {
    const { placing, models } = stores.models.get();
    const model = models.find((entry) => entry.id === placing);
    if (!model || !at) return view.setPlacementGhost(null);
    const [minEast, minNorth, minUp] = model.box.min;
    const [maxEast, maxNorth, maxUp] = model.box.max;
    view.setPlacementGhost({
      place: at,
      headingDeg: heading,
      halfEast: (maxEast - minEast) / 2,
      halfNorth: (maxNorth - minNorth) / 2,
      height: maxUp - minUp,
    });
  };
  const onMove = (event: PointerEvent) => {
    if (!stores.models.get().placing) return;
    const rect = view.canvas.getBoundingClientRect();
    at = view.groundAt(event.clientX - rect.left, event.clientY - rect.top);
    draw();
  };
  const onKey = (event: KeyboardEvent) => {
    if (!stores.models.get().placing || (event.key !== "[" && event.key !== "]")) return;
    heading = (heading + (event.key === "]" ? 5 : 355)) % 360;
    onHeading(heading);
    draw();
  };
  const unwatch = stores.models.watch(
    (s) => s.placing,
    (placing) => {
      heading = 0;
      onHeading(0);
      const { clientWidth, clientHeight } = view.canvas;
      at = placing ? view.groundAt(clientWidth / 2, clientHeight / 2) : null;
      draw();
    },
  );
  window.addEventListener("pointermove", onMove);
  window.addEventListener("keydown", onKey);
  return () => {
    unwatch();
    window.removeEventListener("pointermove", onMove);
    window.removeEventListener("keydown", onKey);
  };
}

function highlightOf(
  selection: Selection,
  idProperties: ReadonlyMap<string, string>,
  desk: SensorDesk,
): CityHighlight {
  switch (selection.kind) {
    case "none":
      return { kind: "none" };
    case "warning":
      return { kind: "warning", warningId: selection.warningId };
    case "sensor":
      return { kind: "sensor", row: desk.rowOf(selection.sensorId) };
    case "element":
      return {
        kind: "feature",
        tilesetId: modelTilesetId(selection.modelId),
        property: "GlobalId",
        value: selection.globalId,
      };
    case "building":
      return {
        kind: "feature",
        tilesetId: selection.layerId,
        property: idProperties.get(selection.layerId) ?? "id",
        value: selection.buildingId,
      };
  }
}

function hoverHit(
  pick: CityPick,
  desk: SensorDesk,
  locale: "zh-CN" | "en",
  x: number,
  y: number,
): HoverHit | null {
  const language = locale === "en" ? "en" : "zh";
  if (pick.kind === "sensor") {
    const sensor = desk.sensors[pick.row];
    if (!sensor) return null;
    const value = desk.values[pick.row] ?? Number.NaN;
    const reading = Number.isNaN(value) ? "—" : `${value.toFixed(1)} ${sensor.unit}`;
    return { title: sensor.name[language], subtitle: reading, x, y };
  }
  if (pick.kind !== "feature") return null;
  const { attributes } = pick;
  const title = String(
    attributes.name || attributes.Name || attributes.address || attributes.class || attributes.id || "",
  );
  const height =
    typeof attributes.height === "number"
      ? `${attributes.height.toFixed(1)} m`
      : String(attributes.class ?? "");
  return title ? { title, subtitle: height, x, y } : null;
}

function unknown(id: string): TwinError {
  return new TwinError("select.unknown", `${id} is not in the loaded layers.`, { id });
}
