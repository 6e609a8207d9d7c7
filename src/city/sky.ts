import { CubeMapPanorama, Matrix3, type SkyBox } from "cesium";
import { linearFromHex } from "./look-palette.ts";
import type { SceneLight } from "./scene-look.ts";

const FACE_SIZE = 160;

type Vector = readonly [number, number, number];

/** For each face: direction in the city's east-north-up frame for s to the right and t down the picture, which Cesium uploads upside down. */
const FACES: Readonly<Record<string, (s: number, t: number) => Vector>> = {
  positiveX: (s, t) => [1, t, -s],
  negativeX: (s, t) => [-1, t, s],
  positiveY: (s, t) => [s, 1, -t],
  negativeY: (s, t) => [s, -1, t],
  positiveZ: (s, t) => [s, t, 1],
  negativeZ: (s, t) => [-s, t, -1],
};

function encodeSrgb(linear: number): number {
  const c = linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.min(255, Math.max(0, c * 255));
}

/** Ordered noise against banding in slow gradients. */
function dither(x: number, y: number): number {
  return (((x * 7 + y * 13 + ((x * y) % 5) * 3) % 16) / 16 - 0.5) * 1.2;
}

interface SkyModel {
  readonly zenith: readonly number[];
  readonly horizon: readonly number[];
  readonly sunward: readonly number[];
  readonly sun: readonly number[];
  readonly sunDirection: Vector;
  readonly sunDisc: number;
}

/** The same sky as `twinSky` in the facade shader, plus the sun's glow. Linear RGB. */
function skyColor(model: SkyModel, dir: Vector, out: number[]): void {
  const [east, north, up] = dir;
  const flat = Math.hypot(east, north) || 1;
  const sunFlat = Math.hypot(model.sunDirection[0], model.sunDirection[1]) || 1;
  const cosFlat = (east * model.sunDirection[0] + north * model.sunDirection[1]) / (flat * sunFlat);
  const toSun = Math.min(1, Math.max(0, 0.5 + 0.5 * cosFlat)) ** 6;
  const t = Math.min(1, Math.max(0, up / 0.55));
  const rise = t * t * (3 - 2 * t);
  const cosSun = east * model.sunDirection[0] + north * model.sunDirection[1] + up * model.sunDirection[2];
  const glow = Math.max(0, cosSun) ** 24 * 0.22 + Math.max(0, cosSun) ** 900 * 0.9;
  for (let k = 0; k < 3; k++) {
    const rim = model.horizon[k]! + (model.sunward[k]! - model.horizon[k]!) * toSun;
    out[k] =
      rim + (model.zenith[k]! - rim) * rise + model.sun[k]! * glow * model.sunDisc * (up > -0.02 ? 1 : 0);
  }
}

function drawFace(model: SkyModel, direction: (s: number, t: number) => Vector): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = FACE_SIZE;
  canvas.height = FACE_SIZE;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  const image = context.createImageData(FACE_SIZE, FACE_SIZE);
  const color = [0, 0, 0];
  for (let y = 0; y < FACE_SIZE; y++) {
    for (let x = 0; x < FACE_SIZE; x++) {
      const dir = direction((2 * (x + 0.5)) / FACE_SIZE - 1, (2 * (y + 0.5)) / FACE_SIZE - 1);
      const length = Math.hypot(dir[0], dir[1], dir[2]);
      skyColor(model, [dir[0] / length, dir[1] / length, dir[2] / length], color);
      const noise = dither(x, y);
      const at = (y * FACE_SIZE + x) * 4;
      for (let k = 0; k < 3; k++) image.data[at + k] = encodeSrgb(color[k]!) + noise;
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

function modelOf(light: SceneLight): SkyModel {
  const { palette } = light;
  const az = (light.sunAzimuthDeg * Math.PI) / 180;
  const el = (light.sunElevationDeg * Math.PI) / 180;
  return {
    zenith: linearFromHex(palette.zenith),
    horizon: linearFromHex(palette.horizon),
    sunward: linearFromHex(palette.sunward),
    sun: linearFromHex(palette.sun),
    sunDirection: [Math.sin(az) * Math.cos(el), Math.cos(az) * Math.cos(el), Math.sin(el)],
    sunDisc: light.choice.look === "natural" && palette.ground.glow < 0.5 ? 1 : 0,
  };
}

/**
 * A painted sky that ends exactly in the colour of the haze, so that the far ground melts into it. It stands where
 * Cesium's star box stands; the panorama option `returnCommand` is what SkyBox itself uses.
 */
export function createSky(light: SceneLight): SkyBox {
  const model = modelOf(light);
  const sources = Object.fromEntries(
    Object.entries(FACES).map(([face, direction]) => [face, drawFace(model, direction)]),
  );
  const { east, north, up } = light;
  const transform = new Matrix3(east.x, north.x, up.x, east.y, north.y, up.y, east.z, north.z, up.z);
  const options = { sources, transform, returnCommand: true };
  return new CubeMapPanorama(
    options as ConstructorParameters<typeof CubeMapPanorama>[0],
  ) as unknown as SkyBox;
}
