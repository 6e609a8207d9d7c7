import { TwinError } from "../base/errors.ts";
import { PropertyStore } from "../domain/ifc/property-store.ts";
import type { ElementDetail, IfcModel } from "../domain/model.ts";
import { readModelFile } from "../local/model-files.ts";

interface Shelf {
  readonly model: IfcModel;
  readonly rowOfGlobalId: ReadonlyMap<string, number>;
  properties: Promise<PropertyStore> | null;
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

  async element(id: string, globalId: string): Promise<ElementDetail | null> {
    const shelf = await this.#shelf(id);
    const row = shelf.rowOfGlobalId.get(globalId);
    if (row === undefined) return null;
    const { elements, storeys } = shelf.model;
    const properties = await this.#properties(id, shelf);
    return {
      class: elements.class[row] ?? "",
      name: elements.name[row] ?? "",
      globalId,
      storeyName: storeys[elements.storey[row] ?? -1]?.name ?? "",
      propertySets: await properties.setsOf(row, elements.expressId[row] ?? 0),
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
      properties: null,
    }));
    loading.catch(() => this.#shelves.delete(id));
    this.#shelves.set(id, loading);
    return loading;
  }

  #properties(id: string, shelf: Shelf): Promise<PropertyStore> {
    if (shelf.properties) return shelf.properties;
    const opening = PropertyStore.open((path) => readStored(id, path));
    opening.catch(() => {
      shelf.properties = null;
    });
    shelf.properties = opening;
    return opening;
  }
}

async function readStored(id: string, path: string): Promise<ArrayBuffer> {
  try {
    return await readModelFile(id, path);
  } catch (error) {
    throw unreadable(id, path, error);
  }
}

async function readJson<T>(id: string, path: string): Promise<T> {
  try {
    return JSON.parse(new TextDecoder().decode(await readModelFile(id, path))) as T;
  } catch (error) {
    throw unreadable(id, path, error);
  }
}

function unreadable(id: string, path: string, cause: unknown): TwinError {
  return new TwinError(
    "model.unreadable",
    `The stored model ${id.slice(0, 8)} cannot be read (${path}): open its IFC file again.`,
    { id: id.slice(0, 8), path },
    cause,
  );
}
