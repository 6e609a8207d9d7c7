import { Color, DirectionalLight, type SkyBox } from "cesium";
import { createGroundMaterial, type GroundMaterial } from "./ground-material.ts";
import type { SceneLight } from "./scene-look.ts";
import { createSky } from "./sky.ts";
import type { Stage, StagePart } from "./stage.ts";

export interface SceneDress extends StagePart {
  setLight(light: SceneLight): void;
  /** Once a frame: seen from space, the haze and the painted sky give way. */
  follow(height: number): void;
}

const SPACE_FROM = 60_000;
const SPACE_FULL = 400_000;

/** Sky, light and ground haze of a stage. */
export function createSceneDress(light: SceneLight): SceneDress {
  let stage: Stage | null = null;
  let current = light;
  let ground: GroundMaterial | null = null;

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
    follow(height) {
      const share = 1 - Math.min(1, Math.max(0, (height - SPACE_FROM) / (SPACE_FULL - SPACE_FROM)));
      ground?.setShare(share);
      if (stage?.scene.skyBox) stage.scene.skyBox.show = share > 0.02;
    },
    attach(next) {
      stage = next;
      ground = createGroundMaterial(current);
      next.scene.globe.material = ground.material;
      apply();
    },
    detach() {
      stage = null;
      ground = null;
    },
  };
}
