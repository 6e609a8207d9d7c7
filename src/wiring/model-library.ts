import { TwinError } from "../base/errors.ts";
import type { ElementDetail, IfcModel, PropertyChunk, SpatialNode } from "../domain/model.ts";
import { readModelFile } from "../local/model-files.ts";

interface Shelf {
  readonly model: IfcModel;
  readonly rowOfGlobalId: ReadonlyMap<string, number>;
  readonly chunks: Map<number, Promise<PropertyChunk>>;
}

/** Descriptions of converted models, read from the browser's own storage once and kept. */
export class ModelLibrary {
  readonly #shelves = new Map<string, Promise<Shelf>>();

  async model(id: string): Promise<IfcModel> {
    return (await this.#shelf(id)).model;
  }

  /** Row of an element in the model's columns; -1 when the model has none such. */
  async rowOf(id: string, globalId: string): Promise<number> {
    return (await this.#shelf(id)).rowOfGlobalId.get(globalId) ?? -1;
  }

  async tree(id: string): Promise<SpatialNode> {
    return (await this.model(id)).spatialTree;
  }

  async element(id: string, globalId: string): Promise<ElementDetail | null> {
    const shelf = await this.#shelf(id);
    const row = shelf.rowOfGlobalId.get(globalId);
    if (row === undefined) return null;
    const { elements, storeys } = shelf.model;
    const chunk = await this.#chunk(id, shelf, elements.chunk[row] ?? 0);
    return {
      class: elements.class[row] ?? "",
      name: elements.name[row] ?? "",
      globalId,
      storeyName: storeys[elements.storey[row] ?? -1]?.name ?? "",
      propertySets: chunk[globalId] ?? [],
    };
  }

  forget(id: string): void {
    this.#shelves.delete(id);
  }

  #shelf(id: string): Promise<Shelf> {
    const known = this.#shelves.get(id);
    if (known) return known;
    const loading = readJson<IfcModel>(id, "model.json").then((model) => ({
      model,
      rowOfGlobalId: new Map(model.elements.globalId.map((globalId, row) => [globalId, row])),
      chunks: new Map(),
    }));
    loading.catch(() => this.#shelves.delete(id));
    this.#shelves.set(id, loading);
    return loading;
  }

  #chunk(id: string, shelf: Shelf, index: number): Promise<PropertyChunk> {
    const known = shelf.chunks.get(index);
    if (known) return known;
    const loading = readJson<PropertyChunk>(id, `properties/${index}.json`);
    loading.catch(() => shelf.chunks.delete(index));
    shelf.chunks.set(index, loading);
    return loading;
  }
}

async function readJson<T>(id: string, path: string): Promise<T> {
  try {
    return JSON.parse(new TextDecoder().decode(await readModelFile(id, path))) as T;
  } catch (error) {
    throw new TwinError(
      "model.unreadable",
      `The stored model ${id.slice(0, 8)} cannot be read (${path}): open its IFC file again.`,
      { id: id.slice(0, 8), path },
      error,
    );
  }
}
