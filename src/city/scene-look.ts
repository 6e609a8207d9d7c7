import { Cartesian3, Cartesian4 } from "cesium";
import type { CityLook } from "../domain/city.ts";
import type { PlaceDeg } from "../domain/pose.ts";
import { ecefFromEnu } from "../geo/ellipsoid.ts";
import { sunPosition } from "../geo/sun.ts";
import type { ShadeSlope } from "./ground-shade.ts";
import { type LookPalette, linearFromHex, paletteFor } from "./look-palette.ts";

/** Mid October: a low, warm afternoon sun at these latitudes. Fixed, so that the same hour always looks the same. */
const AUTUMN_MIDNIGHT_UTC = Date.UTC(2026, 9, 14, 16);
const HOUR_MS = 3_600_000;

/** Everything that decides how the scene is lit: a pure record of choices. */
export interface LookChoice {
  readonly look: CityLook;
  readonly uiTheme: "night" | "day";
  /** Local (Beijing) hour. */
  readonly hour: number;
  readonly center: PlaceDeg;
}

/** A choice worked out: palette and directions in ECEF. */
export interface SceneLight {
  readonly choice: LookChoice;
  readonly palette: LookPalette;
  readonly up: Cartesian3;
  readonly east: Cartesian3;
  readonly north: Cartesian3;
  /** Towards the sun, or towards the moon at night; unit. */
  readonly sun: Cartesian3;
  readonly sunAzimuthDeg: number;
  readonly sunElevationDeg: number;
}

/** Clean looks keep the light off the horizon; at night a high moon from the south-east gives the towers shape. */
function lightDirection(choice: LookChoice): { azimuthDeg: number; elevationDeg: number; trueDeg: number } {
  const sun = sunPosition(
    choice.center.longitudeDeg,
    choice.center.latitudeDeg,
    AUTUMN_MIDNIGHT_UTC + choice.hour * HOUR_MS,
  );
  if (choice.look === "night" || sun.elevationDeg < -3)
    return { azimuthDeg: 140, elevationDeg: 42, trueDeg: choice.look === "night" ? -20 : sun.elevationDeg };
  const lowest = choice.look === "natural" ? 7 : 24;
  return {
    azimuthDeg: sun.azimuthDeg,
    elevationDeg: Math.max(lowest, sun.elevationDeg),
    trueDeg: sun.elevationDeg,
  };
}

export function computeSceneLight(choice: LookChoice): SceneLight {
  const frame = ecefFromEnu(choice.center);
  const axis = (k: 0 | 4 | 8) => new Cartesian3(frame[k]!, frame[k + 1]!, frame[k + 2]!);
  const [east, north, up] = [axis(0), axis(4), axis(8)];
  const { azimuthDeg, elevationDeg, trueDeg } = lightDirection(choice);
  const az = (azimuthDeg * Math.PI) / 180;
  const el = (elevationDeg * Math.PI) / 180;
  const sun = new Cartesian3();
  for (const [vector, share] of [
    [east, Math.sin(az) * Math.cos(el)],
    [north, Math.cos(az) * Math.cos(el)],
    [up, Math.sin(el)],
  ] as const)
    Cartesian3.add(sun, Cartesian3.multiplyByScalar(vector, share, new Cartesian3()), sun);
  return {
    choice,
    palette: paletteFor(choice.look, choice.uiTheme, trueDeg),
    up,
    east,
    north,
    sun: Cartesian3.normalize(sun, sun),
    sunAzimuthDeg: azimuthDeg,
    sunElevationDeg: elevationDeg,
  };
}

export function linearColor(hex: string, power = 1): Cartesian3 {
  const [r, g, b] = linearFromHex(hex);
  return new Cartesian3(r * power, g * power, b * power);
}

/** Uniform values of the air, linear colours; the same names in every shader that draws air. */
export function airUniforms(light: SceneLight): Record<string, Cartesian3 | Cartesian4> {
  const { palette } = light;
  return {
    u_airUp: light.up,
    u_airSun: light.sun,
    u_airColor: linearColor(palette.horizon),
    u_airSunward: linearColor(palette.sunward),
    u_airDensity: new Cartesian4(palette.mist, palette.mistHeight, palette.air, palette.airHeight),
  };
}

/** What buildings throw on the ground; lengths in steps, so that a small change of hour does not redraw the base map. */
export function shadeSlope(light: SceneLight): ShadeSlope {
  const { palette, sunAzimuthDeg, sunElevationDeg } = light;
  const length = Math.min(2.4, 1 / Math.tan((Math.max(12, sunElevationDeg) * Math.PI) / 180));
  const azimuth = (Math.round(sunAzimuthDeg / 6) * 6 * Math.PI) / 180;
  const step = (value: number) => Math.round(value * 10) / 10;
  return {
    east: step(-Math.sin(azimuth) * length),
    north: step(-Math.cos(azimuth) * length),
    strength: palette.groundShade,
  };
}
