import type { RoadRoute, Unit, Zone } from "../domain/response.ts";
import type { SensorMoves } from "../domain/risk.ts";
import type { StormTrack } from "../domain/storm-track.ts";
import type { CityHighlight } from "./contract.ts";
import { createDraftOverlay } from "./draft-overlay.ts";
import type { LabelSource } from "./label-room.ts";
import type { LiveCity, SensorDisplayRequest, ZoneDraft } from "./live-contract.ts";
import { createRouteOverlay } from "./route-overlay.ts";
import type { SensorOverlay } from "./sensor-overlay.ts";
import type { StagePart } from "./stage.ts";
import { createStormOverlay } from "./storm-overlay.ts";
import { createUnitOverlay } from "./unit-overlay.ts";
import { createZoneOverlay } from "./zone-overlay.ts";

/** What is live, each in an overlay of its own that remembers what it was given. */
export class LiveLayers implements LiveCity {
  readonly #sensors: SensorOverlay;
  readonly #zones = createZoneOverlay();
  readonly #draft = createDraftOverlay();
  readonly #routes = createRouteOverlay();
  readonly #units = createUnitOverlay();
  readonly #storms = createStormOverlay();

  constructor(sensors: SensorOverlay) {
    this.#sensors = sensors;
  }

  /** Lies on the ground, under marks. */
  get ground(): readonly StagePart[] {
    return [this.#zones, this.#storms, this.#routes];
  }

  /** Who writes labels that make room for one another. */
  get named(): readonly LabelSource[] {
    return [this.#units, this.#zones];
  }

  /** Stands over everything else. */
  get standing(): readonly StagePart[] {
    return [this.#units, this.#draft];
  }

  setSensorDisplay(display: SensorDisplayRequest): void {
    this.#sensors.setDisplay(display);
  }

  moveSensors(moves: SensorMoves): void {
    this.#sensors.move(moves);
  }

  setStaleSensors(stale: Uint8Array): void {
    this.#sensors.setStale(stale);
  }

  setUnits(units: readonly Unit[]): void {
    this.#units.set(units);
  }

  setRoutes(routes: readonly RoadRoute[], chosenUnitId: string | null): void {
    this.#routes.set(routes, chosenUnitId);
  }

  setZones(zones: readonly Zone[]): void {
    this.#zones.set(zones);
  }

  setDraft(draft: ZoneDraft | null): void {
    this.#draft.set(draft);
  }

  setTracks(tracks: readonly StormTrack[], nowMs: number): void {
    this.#storms.set(tracks, nowMs);
  }

  setTheme(uiTheme: "night" | "day", accent: string): void {
    for (const overlay of this.#all) overlay.setTheme(uiTheme, accent);
  }

  choose(target: CityHighlight): void {
    this.#units.choose(target.kind === "unit" ? target.unitId : null);
    this.#zones.choose(target.kind === "zone" ? target.zoneId : null);
  }

  relabel(): void {
    for (const overlay of [this.#zones, this.#units, this.#storms]) overlay.relabel();
  }

  step(nowMs: number): boolean {
    return this.#units.step(nowMs);
  }

  get #all() {
    return [this.#zones, this.#draft, this.#routes, this.#units, this.#storms];
  }
}
