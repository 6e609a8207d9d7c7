import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort } from "node:worker_threads";
import { parseFacilities } from "../../../src/domain/facility-parser.ts";
import type { UnitOrder } from "../../../src/domain/unit-order.ts";
import { RoadNetwork, roadLinesOf } from "../../../workers/analysis/road-network.ts";
import { UnitSimulation } from "../../../workers/analysis/unit-simulation.ts";
import type { UnitThreadReply, UnitThreadRequest } from "./unit-show.ts";

// Off the server's own thread: the roads of a city take a second or two to read.
let simulation: UnitSimulation | null = null;
const orders: UnitOrder[] = [];

function start(folder: string): UnitThreadReply {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), "utf8"));
  simulation = new UnitSimulation(
    parseFacilities(read("facilities.json")),
    new RoadNetwork(roadLinesOf(read("base.json"))),
  );
  return { kind: "ready" };
}

function answer(request: UnitThreadRequest): UnitThreadReply | null {
  if (request.kind === "start") return start(request.folder);
  if (request.kind === "order") {
    orders.push(request.order);
    return null;
  }
  return { kind: "units", units: simulation?.at(orders, request.simulatedMs) ?? [] };
}

parentPort!.on("message", (request: UnitThreadRequest) => {
  const reply = answer(request);
  if (reply) parentPort!.postMessage(reply);
});
