import { TwinError } from "../base/errors.ts";
import type { CityHighlight, CityPick } from "../city/contract.ts";
import type { Command, CommandArguments } from "../commands/schemas.ts";
import { buildingUseName } from "../domain/city-theme.ts";
import { isOutlineZone } from "../domain/incident-outline.ts";
import type { PlaceDeg } from "../domain/pose.ts";
import type { Zone } from "../domain/response.ts";
import type { AttributeValue, Selection } from "../domain/selection.ts";
import { ringAreaM2, ringCentroid } from "../geo/polygon.ts";
import type { AnalysisDesk } from "./analysis-desk.ts";
import { hoverWords } from "./hover-words.ts";
import type { ModelLibrary } from "./model-library.ts";
import { isPreviewTileset } from "./model-preview.ts";
import type { HoverHit, WireParts } from "./parts.ts";
import type { SensorDesk } from "./sensor-desk.ts";
import { modelTilesetId } from "./wire-models.ts";
import { wirePlacement } from "./wire-placement.ts";

type Target = CommandArguments<"select">["target"];

export interface SelectionWire {
  describe(target: Target): Promise<Selection>;
  zoomToSelection(): Promise<void>;
}

/** Features of the user's own files. */
export interface DataSource {
  /** The topmost feature that lies on the ground there. */
  pick(place: PlaceDeg): Promise<Extract<Target, { kind: "feature" }> | null>;
  describe(layerId: string, feature: number): Promise<DescribedFeature | null>;
}

export type DescribedFeature = Pick<
  Extract<Selection, { kind: "feature" }>,
  "title" | "attributes" | "place" | "size"
>;

interface Sources {
  readonly library: ModelLibrary;
  readonly desk: SensorDesk;
  readonly analysis: AnalysisDesk;
  readonly data: DataSource;
  readonly flyTo: (target: PlaceDeg, range: number) => Promise<void>;
}

/** Properties that can serve as the id of a feature of somebody else's tileset, best first. */
const ID_PROPERTIES = ["id", "ID", "gml_id", "gml:id", "GlobalId", "name", "Name", "batchId", "featureId"];

/** Clicks on the canvas become `select` commands; the selection becomes emphasis. */
export function wireSelection(parts: WireParts, sources: Sources): SelectionWire {
  const picks = new Picks(parts, sources);
  let ghostHeading = 0;
  watchClicks(parts, picks, () => ghostHeading);
  watchHover(parts, sources.desk);
  parts.scope.add(
    wirePlacement(parts, (heading) => {
      ghostHeading = heading;
    }),
  );
  watchSelection(parts, picks, sources.desk);
  return { describe: (target) => picks.describe(target), zoomToSelection: () => zoomTo(parts, sources) };
}

function watchClicks(
  { stores, view, scope, run }: WireParts,
  picks: Picks,
  ghostHeading: () => number,
): void {
  scope.add(
    view.on("clicked", ({ pick, place }) => {
      if (stores.response.get().drawing || stores.terrain.get().drawing) return;
      const { placing } = stores.models.get();
      if (placing) {
        if (place)
          void run({ type: "place-model", id: placing, ...place, height: 0, headingDeg: ghostHeading() });
        return;
      }
      if (pick.kind === "feature" && isPreviewTileset(pick.tilesetId)) return;
      const closer = closerLook(pick);
      if (closer) void run(closer);
      else if (pick.kind === "ground" && place)
        void picks.targetOnGround(place).then((target) => run({ type: "select", target }));
      else void run({ type: "select", target: picks.targetOf(pick, place) });
    }),
  );
}

function watchHover({ stores, view, scope, signals }: WireParts, desk: SensorDesk): void {
  scope.add(
    view.on("hovered", ({ pick, x, y }) => {
      signals.emit(
        "hovered",
        pick && !stores.models.get().placing ? hoverHit(pick, desk, stores, x, y) : null,
      );
    }),
  );
}

function watchSelection({ stores, view, scope }: WireParts, picks: Picks, desk: SensorDesk): void {
  scope.add(
    stores.selection.watch(
      (s) => s.selection,
      (selection) => {
        view.highlight(highlightOf(selection, picks.idProperties, desk));
      },
    ),
  );
}

/** What was picked last, and by which property the features of a tileset are known. */
class Picks {
  readonly idProperties = new Map<string, string>();
  readonly #stores: WireParts["stores"];
  readonly #sources: Sources;
  #last: {
    readonly id: string;
    readonly attributes: Readonly<Record<string, AttributeValue>>;
    readonly place: PlaceDeg | null;
  } | null = null;

  constructor({ stores }: WireParts, sources: Sources) {
    this.#stores = stores;
    this.#sources = sources;
  }

  targetOf(pick: CityPick, place: PlaceDeg | null): Target {
    if (pick.kind === "sensor") {
      const sensor = this.#sources.desk.sensors[pick.row];
      return sensor ? { kind: "sensor", sensorId: sensor.id } : { kind: "none" };
    }
    if (pick.kind === "warning") return { kind: "warning", warningId: pick.warningId };
    if (pick.kind === "data") return { kind: "feature", layerId: pick.layerId, feature: pick.feature };
    if (pick.kind === "cluster") return this.targetOf({ kind: "sensor", row: pick.worstRow }, place);
    if (pick.kind === "unit") return { kind: "unit", unitId: pick.unitId };
    if (pick.kind === "zone")
      return isOutlineZone(pick.zoneId) ? { kind: "none" } : { kind: "zone", zoneId: pick.zoneId };
    if (pick.kind !== "feature") return { kind: "none" };
    const { models } = this.#stores.models.get();
    const model = models.find((entry) => modelTilesetId(entry.id) === pick.tilesetId.split("/")[0]);
    if (model) return { kind: "element", modelId: model.id, globalId: String(pick.attributes.GlobalId) };
    const property = ID_PROPERTIES.find((name) => pick.attributes[name] !== undefined) ?? "";
    const id = String(pick.attributes[property] ?? "feature");
    this.idProperties.set(pick.tilesetId, property);
    this.#last = { id, attributes: pick.attributes, place };
    return { kind: "building", layerId: pick.tilesetId, buildingId: id };
  }

  /** What lies draped on the ground there, else nothing. */
  async targetOnGround(place: PlaceDeg): Promise<Target> {
    return (await this.#sources.data.pick(place)) ?? { kind: "none" };
  }

  async describe(target: Target): Promise<Selection> {
    const { desk, library } = this.#sources;
    switch (target.kind) {
      case "none":
      case "warning":
        return target;
      case "sensor":
        if (desk.rowOf(target.sensorId) < 0) throw unknown(target.sensorId);
        return target;
      case "unit":
        if (!this.#stores.response.get().units.some(({ id }) => id === target.unitId))
          throw unknown(target.unitId);
        return target;
      case "zone":
        if (!this.#stores.response.get().zones.some(({ id }) => id === target.zoneId))
          throw unknown(target.zoneId);
        return target;
      case "element": {
        const row = await library.rowOf(target.modelId, target.globalId);
        if (row < 0) throw unknown(target.globalId);
        return target;
      }
      case "building":
        return this.#describeBuilding(target);
      case "feature": {
        const found = await this.#sources.data.describe(target.layerId, target.feature);
        if (!found) throw unknown(`${target.layerId} ${target.feature}`);
        return { ...target, ...found };
      }
    }
  }

  async #describeBuilding(target: Extract<Target, { kind: "building" }>): Promise<Selection> {
    if (this.#last?.id === target.buildingId) {
      const { attributes, place } = this.#last;
      return { ...target, attributes, ...(place && { place }) };
    }
    const row = await this.#sources.analysis.building(target.buildingId);
    if (!row) throw unknown(target.buildingId);
    this.idProperties.set(target.layerId, "id");
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

async function zoomTo({ stores }: WireParts, sources: Sources): Promise<void> {
  const { selection } = stores.selection.get();
  if (selection.kind === "building" || selection.kind === "element") {
    if (selection.place) await sources.flyTo(selection.place, 320);
  } else if (selection.kind === "feature") {
    await sources.flyTo(selection.place, Math.max(320, selection.size * 2));
  } else if (selection.kind === "sensor") {
    const sensor = sources.desk.sensors[sources.desk.rowOf(selection.sensorId)];
    if (sensor) await sources.flyTo(sensor, 420);
  } else if (selection.kind === "unit") {
    const unit = stores.response.get().units.find(({ id }) => id === selection.unitId);
    if (unit) await sources.flyTo({ ...unit, height: 0 }, 700);
  } else if (selection.kind === "zone") {
    const zone = stores.response.get().zones.find(({ id }) => id === selection.zoneId);
    if (zone) await sources.flyTo({ ...ringCentroid(zone.ring), height: 0 }, rangeForZone(zone));
  }
}

/** Metres from which the whole zone is in view. */
function rangeForZone({ ring }: Zone): number {
  return Math.max(600, 2.6 * Math.sqrt(ringAreaM2(ring)));
}

/** Members closer together than this will not part however near the camera comes. */
const SAME_PLACE_M = 4;

/** A gathered mark or column is looked at from nearer, until what it stands for comes apart; null when it is no such thing. */
function closerLook(pick: CityPick): Command | null {
  if (pick.kind !== "cluster" && pick.kind !== "hexagon") return null;
  if (pick.kind === "cluster" && pick.radius < SAME_PLACE_M) return null;
  const { longitudeDeg, latitudeDeg } = pick.center;
  const range = Math.max(260, pick.radius * 3);
  return { type: "fly-to", longitudeDeg, latitudeDeg, range, headingDeg: 340, pitchDeg: -42 };
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
    case "feature":
      return { kind: "data", layerId: selection.layerId, feature: selection.feature };
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
    case "unit":
    case "zone":
      return selection;
  }
}

function hoverHit(
  pick: CityPick,
  desk: SensorDesk,
  stores: WireParts["stores"],
  x: number,
  y: number,
): HoverHit | null {
  const language = stores.ui.get().locale === "en" ? "en" : "zh";
  const words = hoverWords(pick, stores, desk);
  return words ? { title: words.title[language], subtitle: words.subtitle[language], x, y } : null;
}

function unknown(id: string): TwinError {
  return new TwinError("select.unknown", `${id} is not in the loaded layers.`, { id });
}
