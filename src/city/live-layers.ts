import type { RoadRoute, Unit, Zone } from "../domain/response.ts";
import type { SensorMoves } from "../domain/risk.ts";
import type { StormTrack } from "../domain/storm-track.ts";
import type { LiveCity, SensorDisplayRequest, ZoneDraft } from "./live-contract.ts";

const PLAIN: SensorDisplayRequest = { mode: "marks", kind: null, scale: null, measure: "count" };

/** What is live, as remembered state. */
export class LiveLayers implements LiveCity {
  display = PLAIN;
  units: readonly Unit[] = [];
  routes: readonly RoadRoute[] = [];
  zones: readonly Zone[] = [];
  draft: ZoneDraft | null = null;
  tracks: readonly StormTrack[] = [];
  moved: SensorMoves | null = null;
  stale = new Uint8Array(0);

  setSensorDisplay(display: SensorDisplayRequest): void {
    this.display = display;
  }

  moveSensors(moves: SensorMoves): void {
    this.moved = moves;
  }

  setStaleSensors(stale: Uint8Array): void {
    this.stale = stale.slice();
  }

  setUnits(units: readonly Unit[]): void {
    this.units = units;
  }

  setRoutes(routes: readonly RoadRoute[], _chosenUnitId: string | null): void {
    this.routes = routes;
  }

  setZones(zones: readonly Zone[]): void {
    this.zones = zones;
  }

  setDraft(draft: ZoneDraft | null): void {
    this.draft = draft;
  }

  setTracks(tracks: readonly StormTrack[], _nowMs: number): void {
    this.tracks = tracks;
  }
}
