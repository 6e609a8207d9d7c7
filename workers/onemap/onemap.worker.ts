import { expose, transfer } from "comlink";
import { TwinError, toPlainError } from "../../src/base/errors.ts";
import type { OnemapWorker } from "./contract.ts";
import { OnemapSession } from "./onemap-session.ts";

async function fetchBytes(url: string): Promise<ArrayBuffer | null> {
  const response = await fetch(url);
  if (response.status === 404) return null;
  if (!response.ok)
    throw new TwinError(
      "analysis.fetch",
      `${url} could not be loaded (HTTP ${response.status}). Try again.`,
      {
        url,
        status: response.status,
      },
    );
  return response.arrayBuffer();
}

const session = new OnemapSession(fetchBytes, async () => (await import("./speak-names.ts")).speakName);
/** Comlink keeps only the message of an Error: thrown as plain data, code and params arrive as well. */
const plainly = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error: unknown) => {
    throw toPlainError(error);
  });
const worker: OnemapWorker = {
  setCity: async (cityUrl, catalogueUrl) => session.setCity(cityUrl, catalogueUrl),
  buildingRow: (id) => plainly(session.buildingRow(id)),
  filterBuildings: async (filter) => {
    const found = await plainly(session.filterBuildings(filter));
    return transfer(found, [found.leftOut.buffer]);
  },
  buildingOf: (row) => plainly(session.buildingOf(row)),
  redLines: (models) => plainly(session.redLines(models)),
  findPlaces: (text, limit) => plainly(session.findPlaces(text, limit)),
  problems: async () => session.takeProblems(),
  tableQuery: (query) => plainly(session.table().then((table) => table.tableQuery(query))),
  tableRows: (from, to) => plainly(session.table().then((table) => table.tableRows(from, to))),
  tablePosition: (feature) => plainly(session.table().then((table) => table.tablePosition(feature))),
  tableClasses: (column) => plainly(session.table().then((table) => table.tableClasses(column))),
  tableExport: (format, words) => plainly(session.table().then((table) => table.tableExport(format, words))),
};
expose(worker);
