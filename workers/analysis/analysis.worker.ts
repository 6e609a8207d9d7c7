import { expose, transfer } from "comlink";
import { toPlainError } from "../../src/base/errors.ts";
import { AnalysisSession } from "./analysis-session.ts";
import type { AnalysisWorker } from "./contract.ts";

const session = new AnalysisSession();
/** Comlink keeps only the message of an Error: thrown as plain data, code and params arrive as well. */
const plainly = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error: unknown) => {
    throw toPlainError(error);
  });
const worker: AnalysisWorker = {
  load: (cityUrl) => plainly(session.load(cityUrl)),
  inside: (area, limit) => plainly(session.inside(area, limit)),
  inundate: async (level) => {
    const answer = await plainly(session.inundate(level));
    const { vertices, indices } = answer.mesh;
    return transfer(answer, [vertices.buffer, indices.buffer, answer.floodedRows.buffer]);
  },
  routes: (to, from) => plainly(session.routes(to, from)),
  units: (orders, timeMs) => plainly(session.units(orders, timeMs)),
  steer: (units, orders, timeMs) => plainly(session.steer(units, orders, timeMs)),
  coverage: (request) => plainly(session.coverage(request)),
  release: (request) => plainly(session.release(request)),
  outline: (places, radius) => plainly(session.outline(places, radius)),
  buildingAt: (place) => plainly(session.buildingAt(place)),
  find: (text, limit) => plainly(session.find(text, limit)),
};
expose(worker);
