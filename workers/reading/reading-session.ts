import type { IfcModel } from "../../src/domain/model.ts";
import type { PropertyName } from "../../src/domain/reading/property-name.ts";
import { readBcf } from "./bcf-read.ts";
import { writeBcf } from "./bcf-write.ts";
import { colourBy } from "./colouring.ts";
import type { OnIndexing, ReadingWorker } from "./contract.ts";
import { checkIds } from "./ids-check.ts";
import { type PropertyTable, readPropertyTable } from "./property-table.ts";
import { searchTable } from "./search.ts";
import { buildTree } from "./trees.ts";

type ReadModelFile = (modelId: string, path: string) => Promise<ArrayBuffer>;

const MAX_NAMES = 400;
/** Models whose properties are kept: one of ten thousand elements takes about 15 MB. */
const MAX_TABLES = 3;

/** @param readFile gives a file of a model's folder */
export function createReadingSession(readFile: ReadModelFile): ReadingWorker {
  const tables = new Map<string, Promise<PropertyTable>>();
  const tableOf = (modelId: string, onIndexing: OnIndexing): Promise<PropertyTable> => {
    const known = tables.get(modelId);
    if (known) return known;
    const reading = readPropertyTable((path) => readFile(modelId, path), onIndexing);
    reading.catch(() => tables.delete(modelId));
    tables.set(modelId, reading);
    for (const oldest of [...tables.keys()].slice(0, -MAX_TABLES)) tables.delete(oldest);
    return reading;
  };
  const modelOf = async (modelId: string) =>
    JSON.parse(new TextDecoder().decode(await readFile(modelId, "model.json"))) as IfcModel;
  const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer());
  return {
    async search(modelId, query, onIndexing) {
      const table = await tableOf(modelId, onIndexing);
      const start = performance.now();
      const rows = searchTable(table, query);
      return { rows, ms: performance.now() - start };
    },
    tree: async (modelId, order, onIndexing) => buildTree(await tableOf(modelId, onIndexing), order),
    properties: async (modelId, onIndexing) => propertyNames(await tableOf(modelId, onIndexing)),
    colour: async (modelId, property, onIndexing) => colourBy(await tableOf(modelId, onIndexing), property),
    checkIds: async (modelId, file, fileName, onIndexing) =>
      checkIds(await tableOf(modelId, onIndexing), await bytesOf(file), fileName),
    async writeBcf(modelId, viewpoints, snapshots, version, aspect) {
      const { name, fileName, georeference } = await modelOf(modelId);
      return writeBcf({ viewpoints, snapshots, modelName: name, fileName, georeference, aspect }, version);
    },
    async readBcf(modelId, file) {
      return readBcf(await bytesOf(file), modelId, (await modelOf(modelId)).georeference);
    },
    async forget(modelId) {
      tables.delete(modelId);
    },
  };
}

function propertyNames({ columns, fields }: PropertyTable): PropertyName[] {
  const own = [...fields]
    .filter(([name, { rows }]) => name !== "globalid" && rows.length > 0)
    .map(([property, { rows, distinct }]) => ({
      property,
      elements: rows.length,
      values: distinct.length,
    }));
  const properties = columns
    .map(({ set, name, rows, distinct }) => ({
      property: `${set}.${name}`,
      elements: rows.length,
      values: distinct.length,
    }))
    .sort((a, b) => b.elements - a.elements);
  return [...own, ...properties].slice(0, MAX_NAMES);
}
