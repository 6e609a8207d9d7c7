import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "./root.ts";
import { BuildingModel } from "./sample-ifc/building-model.ts";
import { addCores } from "./sample-ifc/cores.ts";
import { addHallStairs } from "./sample-ifc/hall-stairs.ts";
import { addLandscape } from "./sample-ifc/landscape.ts";
import { addPodium } from "./sample-ifc/podium.ts";
import { addRoofs } from "./sample-ifc/roofs.ts";
import { addRooms } from "./sample-ifc/rooms.ts";
import { addSensors } from "./sample-ifc/sensors.ts";
import { addServices } from "./sample-ifc/services.ts";
import { addStructure } from "./sample-ifc/structure.ts";
import { addTower } from "./sample-ifc/tower.ts";

/**
 * The sample building as the text of an IFC4 file: 沈阳市政务服务中心（示范）, twelve storeys, a roof and a basement, in
 * EPSG:4550 at SAMPLE_SITE. The same text every time, byte for byte.
 */
export function writeSampleIfc(): string {
  const model = new BuildingModel();
  addStructure(model);
  addCores(model);
  addPodium(model);
  addTower(model);
  addRoofs(model);
  addHallStairs(model);
  const rooms = addRooms(model);
  addServices(model, rooms);
  addSensors(model, rooms);
  addLandscape(model);
  model.relations.flush(model.project.building.ref);
  return model.step.toText({
    description: "ViewDefinition [ReferenceView_V1.2]",
    fileName: "liaotwin-municipal.ifc",
    timestamp: "2026-10-01T08:00:00",
    author: "LiaoTwin",
    organization: "LiaoTwin",
    system: "LiaoTwin sample building",
    schema: "IFC4",
  });
}

if (process.argv[1]?.endsWith("sample-ifc.ts")) {
  const target = process.argv[2] ?? join(ROOT, "public/samples/liaotwin-municipal.ifc");
  const text = writeSampleIfc();
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(`${target}.part`, text);
  renameSync(`${target}.part`, target);
  process.stdout.write(`${target}: ${(text.length / 1e6).toFixed(2)} MB\n`);
}
