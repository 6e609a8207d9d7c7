import { Color, DirectionalLight, type SkyBox } from "cesium";
import type { ReliefDisplay, TerrainRange } from "../domain/terrain.ts";
import { createGroundMaterial, type GroundMaterial } from "./ground-material.ts";
import { createReliefMaterial, type ReliefMaterial } from "./relief-material.ts";
import type { SceneLight } from "./scene-look.ts";
import { createSky } from "./sky.ts";
import type { Stage, StagePart } from "./stage.ts";

export interface SceneDress extends StagePart {
  setLight(light: SceneLight): void;
  /** Ground with relief, shaded and coloured; null where there is no terrain: its material costs more. */
  setRelief(relief: { readonly display: ReliefDisplay; readonly range: TerrainRange | null } | null): void;
  /** Once a frame: seen from space, the haze and the painted sky give way. */
  follow(height: number): void;
}

const SPACE_FROM = 60_000;
const SPACE_FULL = 400_000;

/** Sky, light and ground haze of a stage. */
export function createSceneDress(light: SceneLight): SceneDress {
  let stage: Stage | null = null;
  let current = light;
  let ground: GroundMaterial | ReliefMaterial | null = null;
  let relief: Parameters<SceneDress["setRelief"]>[0] = null;
  let share = 1;

  /** The material of the moment; a new one only when relief comes or goes. */
  const cover = (): void => {
    if (!stage) return;
    const old = ground;
    const isRelief = ground !== null && "setDisplay" in ground;
    if (!ground || isRelief !== (relief !== null)) {
      ground = relief ? createReliefMaterial(current) : createGroundMaterial(current);
      stage.scene.globe.material = ground.material;
      if (old && !old.material.isDestroyed()) old.material.destroy();
    }
    if (relief && "setDisplay" in ground) ground.setDisplay(relief.display, relief.range);
    ground.setShare(share);
    stage.requestRender();
  };

  const apply = (): void => {
    if (!stage) return;
    const { scene } = stage;
    const { palette } = current;
    (scene.skyBox as SkyBox | undefined)?.destroy();
    scene.skyBox = createSky(current);
    scene.backgroundColor = Color.fromCssColorString(palette.zenith);
    scene.globe.baseColor = Color.fromCssColorString(palette.ground.land);
    scene.globe.undergroundColor = Color.fromCssColorString(palette.ground.land);
    scene.light = new DirectionalLight({
      direction: { x: -current.sun.x, y: -current.sun.y, z: -current.sun.z } as DirectionalLight["direction"],
      color: Color.fromCssColorString(palette.sun),
      intensity: Math.max(0.8, 2 * palette.sunPower),
    });
    ground?.setLight(current);
    stage.requestRender();
  };

  return {
    setLight(next) {
      current = next;
      apply();
    },
    setRelief(next) {
      relief = next;
      cover();
    },
    follow(height) {
      share = 1 - Math.min(1, Math.max(0, (height - SPACE_FROM) / (SPACE_FULL - SPACE_FROM)));
      ground?.setShare(share);
      if (stage?.scene.skyBox) stage.scene.skyBox.show = share > 0.02;
    },
    attach(next) {
      stage = next;
      cover();
      apply();
    },
    detach() {
      stage = null;
      ground = null;
    },
  };
}
