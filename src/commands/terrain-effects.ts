import { TwinError } from "../base/errors.ts";
import type { Effects } from "./effect.ts";

type TerrainCommand =
  | "set-terrain"
  | "set-relief"
  | "draw-profile"
  | "add-profile-corner"
  | "finish-profile"
  | "measure-profile"
  | "close-profile"
  | "export-profile";

const SAME_DEG = 1e-7;

/** Effects of the commands about terrain and profiles over it. */
export const TERRAIN_EFFECTS: Effects<TerrainCommand> = {
  "set-terrain": ({ source }, { ports }) => ports.setTerrain(source),
  "set-relief": ({ exaggeration, shading, contours }, { stores }) => {
    const { display } = stores.terrain.get();
    stores.terrain.set({
      display: {
        exaggeration: exaggeration ?? display.exaggeration,
        shading: shading ?? display.shading,
        contours: contours === undefined ? display.contours : contours,
      },
    });
  },
  "draw-profile": (_args, { stores }) => {
    if (stores.terrain.get().source === null) throw noTerrain();
    stores.terrain.set({ drawing: [], profile: null, hovered: null });
  },
  "add-profile-corner": ({ longitudeDeg, latitudeDeg }, { stores }) => {
    const { drawing } = stores.terrain.get();
    if (!drawing) return;
    const [lon, lat] = drawing.at(-1) ?? [Number.NaN, Number.NaN];
    if (Math.abs(lon - longitudeDeg) < SAME_DEG && Math.abs(lat - latitudeDeg) < SAME_DEG) return;
    stores.terrain.set({ drawing: [...drawing, [longitudeDeg, latitudeDeg]] });
  },
  "finish-profile": async (_args, { stores, run }) => {
    const line = stores.terrain.get().drawing;
    if (!line || line.length < 2)
      throw new TwinError(
        "terrain.short-line",
        "A profile needs two places at least: click on the map twice.",
      );
    await run({ type: "measure-profile", line: line.map(([lon, lat]) => [lon, lat]) });
  },
  "measure-profile": async ({ line }, { stores, ports }) => {
    if (stores.terrain.get().source === null) throw noTerrain();
    stores.terrain.set({ drawing: null, hovered: null, profile: await ports.measureProfile(line) });
  },
  "close-profile": (_args, { stores }) => stores.terrain.set({ drawing: null, profile: null, hovered: null }),
  "export-profile": (_args, { ports }) => ports.exportProfile(),
};

function noTerrain(): TwinError {
  return new TwinError("terrain.none", "There is no terrain to measure: switch one on under Layers first.");
}
