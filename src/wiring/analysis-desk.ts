import { isAbort } from "../base/abort.ts";
import { TwinError } from "../base/errors.ts";
import type { Coverage } from "../domain/coverage.ts";
import type { Unit } from "../domain/response.ts";
import type { Warning } from "../domain/risk.ts";
import type { AffectedBuilding, AffectedRoom, AffectedSummary } from "../domain/scenario.ts";
import type { UnitOrder } from "../domain/unit-order.ts";
import {
  type CoverageRequest,
  createAnalysisClient,
  type LonLatPlace,
  type ReleaseAnswer,
  type ReleaseRequest,
  type RouteAnswer,
  type RouteStart,
  type WaterMesh,
} from "../jobs/analysis-client.ts";
import type { WireParts } from "./parts.ts";

type RoomsInside = (area: Pick<Warning, "polygons" | "circles">) => Promise<readonly AffectedRoom[]>;

/** Questions about the city's buildings, answered in a worker; the index of the current city loads at the first question. */
export class AnalysisDesk {
  readonly #parts: WireParts;
  readonly #client = createAnalysisClient();
  readonly #roomsInside: RoomsInside;
  #loading: Promise<unknown> | null = null;

  /** `roomsInside`: rooms of opened models in an area. */
  constructor(parts: WireParts, roomsInside: RoomsInside) {
    this.#parts = parts;
    this.#roomsInside = roomsInside;
    parts.scope.add(() => this.#client.terminate());
    parts.scope.add(
      parts.stores.city.watch(
        (s) => s.city,
        () => {
          this.#loading = null;
        },
      ),
    );
  }

  /** Lists at most `limit` buildings, 200 when it is not given; counts all. */
  async inside(area: Pick<Warning, "polygons" | "circles">, limit?: number): Promise<AffectedSummary> {
    const { polygons, circles } = area;
    await this.#load();
    const [affected, rooms] = await Promise.all([
      this.#client.call((remote) => remote.inside({ polygons, circles }, limit)),
      this.#roomsInside({ polygons, circles }),
    ]);
    return rooms.length > 0 ? { ...affected, rooms } : affected;
  }

  async routes(to: LonLatPlace, from: readonly RouteStart[]): Promise<RouteAnswer> {
    await this.#load();
    return this.#client.call((remote) => remote.routes(to, from));
  }

  async units(orders: readonly UnitOrder[], timeMs: number): Promise<readonly Unit[]> {
    await this.#load();
    return this.#client.call((remote) => remote.units(orders, timeMs));
  }

  async steer(
    units: readonly Unit[],
    orders: readonly UnitOrder[],
    timeMs: number,
  ): Promise<readonly Unit[]> {
    await this.#load();
    return this.#client.call((remote) => remote.steer(units, orders, timeMs));
  }

  async inundate(
    level: number,
  ): Promise<{ mesh: WaterMesh; affected: AffectedSummary; floodedRows: Uint32Array }> {
    await this.#load();
    return this.#client.call((remote) => remote.inundate(level));
  }

  /** Answers an empty list where the index cannot be read: search then finds no buildings. */
  async find(text: string, limit: number): Promise<readonly AffectedBuilding[]> {
    try {
      await this.#load();
      return await this.#client.call((remote) => remote.find(text, limit));
    } catch (error) {
      if (isAbort(error)) return [];
      throw error;
    }
  }

  async coverage(request: CoverageRequest): Promise<Coverage> {
    await this.#load();
    return this.#client.call((remote) => remote.coverage(request));
  }

  release(request: ReleaseRequest): Promise<ReleaseAnswer> {
    return this.#client.call((remote) => remote.release(request));
  }

  outline(places: Float64Array, radius: number): Promise<Pick<Warning, "polygons" | "circles">> {
    return this.#client.call((remote) => remote.outline(places, radius));
  }

  async buildingAt(place: LonLatPlace): Promise<AffectedBuilding | null> {
    await this.#load();
    return this.#client.call((remote) => remote.buildingAt(place));
  }

  async building(id: string): Promise<AffectedBuilding | null> {
    return (await this.find(id, 5)).find((row) => row.buildingId === id) ?? null;
  }

  #load(): Promise<unknown> {
    if (!this.#loading) {
      const { baseUrl, stores, onError } = this.#parts;
      const url = `${baseUrl}tilesets/${stores.city.get().city}/`;
      this.#loading = this.#client
        .call((remote) => remote.load(url))
        .then(({ problems }) => {
          for (const problem of problems)
            onError(new TwinError(problem.code, problem.message, problem.params));
        });
      this.#loading.catch(() => {
        this.#loading = null;
      });
    }
    return this.#loading;
  }
}
