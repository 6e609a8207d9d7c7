import { TwinError } from "../base/errors.ts";
import type { FoundPlace } from "../domain/found-place.ts";
import type { CheckedModel, RedLineReport } from "../domain/red-line.ts";
import { createOnemapClient, type FilteredBuildings } from "../jobs/onemap-client.ts";
import type { WireParts } from "./parts.ts";
import { type TableHolder, tableOf } from "./table-holder.ts";

/** Questions about the city's buildings as rows, its plan and its places, answered in a worker that starts at the first one. */
export class OnemapDesk {
  readonly #parts: WireParts;
  #client: ReturnType<typeof createOnemapClient> | null = null;

  constructor(parts: WireParts) {
    this.#parts = parts;
    parts.scope.add(() => this.#client?.terminate());
  }

  async buildings(): Promise<TableHolder> {
    return tableOf(await this.#ready());
  }

  async buildingRow(id: string): Promise<number> {
    const client = await this.#ready();
    return client.call((remote) => remote.buildingRow(id));
  }

  async filterBuildings(filter: string): Promise<FilteredBuildings> {
    const client = await this.#ready();
    return client.call((remote) => remote.filterBuildings(filter));
  }

  async redLines(models: readonly CheckedModel[]): Promise<RedLineReport> {
    const client = await this.#ready();
    return client.call((remote) => remote.redLines(models));
  }

  /** Places of the city by name, pinyin or code; what of its files could not be read is told. */
  async findPlaces(text: string, limit: number): Promise<readonly FoundPlace[]> {
    const client = await this.#ready();
    const found = await client.call((remote) => remote.findPlaces(text, limit));
    for (const { code, message, params } of await client.call((remote) => remote.problems()))
      this.#parts.onError(new TwinError(code, message, params));
    return found;
  }

  async #ready() {
    const { baseUrl, stores } = this.#parts;
    if (!this.#client || this.#client.isTerminated) this.#client = createOnemapClient();
    const client = this.#client;
    const { city } = stores.city.get();
    await client.call((remote) => remote.setCity(`${baseUrl}tilesets/${city}/`, `${baseUrl}catalogue/`));
    return client;
  }
}
