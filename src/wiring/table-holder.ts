import type { TableVerbs } from "../jobs/onemap-client.ts";
import type { WorkerClient } from "../jobs/worker-client.ts";

/** A table in a worker, whichever it is. */
export type TableHolder = TableVerbs;

/** The table verbs of a worker whose calls always settle. */
export function tableOf(client: WorkerClient<TableVerbs>): TableHolder {
  return {
    tableQuery: (query) => client.call((remote) => remote.tableQuery(query)),
    tableRows: (from, to) => client.call((remote) => remote.tableRows(from, to)),
    tablePosition: (feature) => client.call((remote) => remote.tablePosition(feature)),
    tableClasses: (column) => client.call((remote) => remote.tableClasses(column)),
    tableExport: (format, words) => client.call((remote) => remote.tableExport(format, words)),
  };
}
