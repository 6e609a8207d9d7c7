import type { BuildingModel } from "./building-model.ts";
import type { Vec3 } from "./plan.ts";
import type { Room } from "./room.ts";
import { typed } from "./step-writer.ts";

/** Gas detectors where gas may leak, smoke detectors elsewhere; each is contained in its room. */
export function addSensors(model: BuildingModel, rooms: readonly Room[]): void {
  for (const room of rooms) {
    if (room.kind === "gas" || room.kind === "kitchen") addGasSensors(model, room);
    else if (room.kind !== "parking" && room.name !== "走廊") addSmokeSensor(model, room);
  }
}

/** Natural gas rises: detectors hang 0.3 m under the ceiling (GB 50116-2013, 8.2.2), two in rooms over 60 m². */
function addGasSensors(model: BuildingModel, room: Room): void {
  const shape = model.shapes.mapped("gas-sensor", () =>
    model.shapes.solids(
      model.shapes.cylinder([0, 0, 0], 0.09, 0.12, "gasYellow"),
      model.shapes.cylinder([0, 0, 0.12], 0.05, 0.18, "steel"),
    ),
  );
  const area = (room.x1 - room.x0) * (room.y1 - room.y0);
  const count = area > 60 ? 2 : 1;
  const alarm = model.shapes.mapped("gas-alarm", () =>
    model.shapes.solids(model.shapes.box([-0.12, -0.06, 0], [0.12, 0.06, 0.2], "fireRed")),
  );
  for (let i = 0; i < count; i++) {
    const at: Vec3 = [
      room.x0 + ((i + 0.5) / count) * (room.x1 - room.x0),
      (room.y0 + room.y1) / 2 + 0.8,
      room.height - 0.6,
    ];
    const mark = `GAS-${room.number}-${i + 1}`;
    model.element({
      class: "IFCSENSOR",
      name: `可燃气体探测器 ${mark}`,
      in: model.storey(room.storey),
      room: room.space,
      at,
      shape,
      predefined: "GASSENSOR",
      system: "可燃气体探测系统",
      sets: {
        Pset_SensorTypeGasSensor: { GasDetected: "CH4" },
        可燃气体探测器: {
          编号: mark,
          探测气体: "天然气（甲烷）",
          量程: "0-100 %LEL",
          量程下限: typed("IFCREAL", 0),
          量程上限: typed("IFCREAL", 100),
          单位: "%LEL",
          低限报警值: typed("IFCREAL", 10),
          高限报警值: typed("IFCREAL", 25),
          联动: "切断燃气紧急切断阀，启动事故排风",
        },
      },
    });
  }
  model.element({
    class: "IFCALARM",
    name: `声光报警器 ${room.number}`,
    in: model.storey(room.storey),
    room: room.space,
    at: [room.x0 + 0.4, room.y0 + 0.4, 2.4],
    shape: alarm,
    system: "可燃气体探测系统",
  });
}

function addSmokeSensor(model: BuildingModel, room: Room): void {
  const shape = model.shapes.mapped("smoke-sensor", () =>
    model.shapes.solids(model.shapes.cylinder([0, 0, 0], 0.06, 0.06, "plaster")),
  );
  model.element({
    class: "IFCSENSOR",
    name: "点型感烟火灾探测器",
    in: model.storey(room.storey),
    room: room.space,
    at: [(room.x0 + room.x1) / 2 + 0.9, (room.y0 + room.y1) / 2 + 1.6, room.height - 0.08],
    shape,
    predefined: "SMOKESENSOR",
    system: "火灾自动报警系统",
  });
}
