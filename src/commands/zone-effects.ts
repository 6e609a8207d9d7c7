import { TwinError } from "../base/errors.ts";
import type { Zone } from "../domain/response.ts";
import { freshTitle, problemOfCorner, problemOfRing, type RingProblem } from "../domain/zone.ts";
import { putNotice } from "../state/put-notice.ts";
import type { Stores } from "../state/stores.ts";
import type { Effects } from "./effect.ts";

type ZoneCommand =
  | "set-sensor-display"
  | "draw-zone"
  | "add-zone-corner"
  | "remove-zone-corner"
  | "finish-zone"
  | "cancel-drawing"
  | "set-zone"
  | "remove-zone";

/** Effects of the commands that choose how sensors look and draw zones. */
export const ZONE_EFFECTS: Effects<ZoneCommand> = {
  "set-sensor-display": ({ mode, kind }, { stores }) => {
    const before = stores.display.get().sensors;
    stores.display.set({ sensors: { mode, kind: kind === undefined ? before.kind : kind } });
  },
  "draw-zone": ({ kind, incidentId }, { stores }) =>
    stores.response.set({ drawing: { kind, incidentId, ring: [] } }),
  "add-zone-corner": ({ longitudeDeg, latitudeDeg }, { stores }) => {
    const drawing = stores.response.get().drawing;
    if (!drawing) throw notDrawing();
    const corner = [longitudeDeg, latitudeDeg] as const;
    const last = drawing.ring.at(-1);
    if (last?.[0] === corner[0] && last[1] === corner[1]) return;
    refuse(problemOfCorner(drawing.ring, corner));
    stores.response.set({ drawing: { ...drawing, ring: [...drawing.ring, corner] } });
  },
  "remove-zone-corner": (_args, { stores }) => {
    const drawing = stores.response.get().drawing;
    if (!drawing) throw notDrawing();
    stores.response.set({ drawing: { ...drawing, ring: drawing.ring.slice(0, -1) } });
  },
  "finish-zone": async (_args, { stores, run }) => {
    const { drawing, zones } = stores.response.get();
    if (!drawing) throw notDrawing();
    refuse(problemOfRing(drawing.ring));
    await run({
      type: "set-zone",
      zone: {
        id: freshId(zones),
        kind: drawing.kind,
        title: freshTitle(drawing.kind, zones),
        ring: drawing.ring.map(([lon, lat]): [number, number] => [lon, lat]),
        incidentId: drawing.incidentId,
        origin: "drawn",
        provenance: { kind: "LIVE", source: { zh: "在本系统中绘制", en: "Drawn in this system" } },
      },
    });
    stores.response.set({ drawing: null });
  },
  "cancel-drawing": (_args, { stores }) => stores.response.set({ drawing: null }),
  "set-zone": async ({ zone }, { ports }) => {
    refuse(problemOfRing(zone.ring));
    await ports.setZone(zone as Zone);
  },
  "remove-zone": async ({ id }, { stores, ports, run }) => {
    const zone = stores.response.get().zones.find((one) => one.id === id);
    if (!zone) throw new TwinError("zone.unknown", `There is no zone ${id}.`, { id });
    await ports.removeZone(id);
    const { selection } = stores.selection.get();
    if (selection.kind === "zone" && selection.zoneId === id) await run({ type: "clear-selection" });
    tellRemoved(stores, zone);
  },
};

function tellRemoved(stores: Stores, zone: Zone): void {
  const title = stores.ui.get().locale === "en" ? zone.title.en : zone.title.zh;
  putNotice(stores, {
    tone: "info",
    key: "zone.removed",
    params: { title },
    action: { key: "action.undo", commands: [{ type: "set-zone", zone }] },
  });
}

function refuse(problem: RingProblem): void {
  if (problem === "few")
    throw new TwinError("zone.too-few-corners", "A zone needs three corners or more; add corners first.");
  if (problem === "crosses")
    throw new TwinError(
      "zone.crosses-itself",
      "The outline would cross itself; put the corner elsewhere, or take the last one back.",
    );
}

function notDrawing(): TwinError {
  return new TwinError("zone.not-drawing", "No zone is being drawn; begin one first.");
}

function freshId(zones: readonly Zone[]): string {
  const stem = `zone-${Date.now().toString(36)}`;
  for (let n = 0; ; n++) {
    const id = n === 0 ? stem : `${stem}-${n}`;
    if (!zones.some((zone) => zone.id === id)) return id;
  }
}
