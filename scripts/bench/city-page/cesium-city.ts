import {
  Cartesian3,
  Cesium3DTileset,
  Math as CesiumMath,
  Color,
  GeoJsonDataSource,
  GeoJsonPrimitive,
} from "cesium";
import { createFacadeShader } from "../../../src/city/facade-shader.ts";
import { computeSceneLight } from "../../../src/city/scene-look.ts";
import { createStage, type Stage } from "../../../src/city/stage.ts";
import { type ArrivalTimes, median, watchArrival } from "./picture-watch.ts";

const FRAMES = 40;

export interface CityView {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly range: number;
  readonly pitchDeg: number;
}

export interface CityCost extends ArrivalTimes {
  /** Main-thread milliseconds of a frame with a camera that turns, the graphics process drained in between. */
  readonly frameMs: number;
  readonly worstFrameMs: number;
}

function openStage(view: CityView): Stage {
  const host = document.querySelector<HTMLElement>("#stage")!;
  const stage = createStage(host, document.createElement("div"), () => {}, "light");
  stage.scene.globe.show = false;
  stage.scene.requestRenderMode = false;
  turn(stage, view, 0);
  return stage;
}

function turn(
  { scene }: Stage,
  { longitudeDeg, latitudeDeg, range, pitchDeg }: CityView,
  degrees: number,
): void {
  const pitch = CesiumMath.toRadians(-pitchDeg);
  const back = (range * Math.cos(pitch)) / 111_000;
  scene.camera.setView({
    destination: Cartesian3.fromDegrees(longitudeDeg, latitudeDeg - back, range * Math.sin(pitch)),
    orientation: { heading: CesiumMath.toRadians(degrees), pitch: CesiumMath.toRadians(pitchDeg), roll: 0 },
  });
}

/** Renders; reading the pixels waits for the graphics process, as no later frame shall pay for this one. */
function draw({ widget }: Stage): Uint8Array {
  widget.render();
  const gl = widget.canvas.getContext("webgl2")!;
  const pixels = new Uint8Array(4 * widget.canvas.width * widget.canvas.height);
  gl.readPixels(0, 0, widget.canvas.width, widget.canvas.height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  return pixels;
}

async function judge(stage: Stage, view: CityView, load: () => Promise<() => boolean>): Promise<CityCost> {
  for (let i = 0; i < 5; i++) draw(stage);
  const empty = draw(stage);
  const startMs = performance.now();
  let isBusy = (): boolean => true;
  load().then((busy) => {
    isBusy = busy;
  });
  const times = await watchArrival(
    () => draw(stage),
    empty,
    startMs,
    () => isBusy(),
  );
  const frames: number[] = [];
  for (let i = 0; i < FRAMES; i++) {
    draw(stage);
    const before = performance.now();
    turn(stage, view, i % 2 ? 0.05 : 0);
    stage.widget.render();
    frames.push(performance.now() - before);
  }
  draw(stage);
  return { ...times, frameMs: median(frames), worstFrameMs: Math.round(Math.max(...frames) * 100) / 100 };
}

/** The product's tiles with its own shader of facades. */
export function showTiles(url: string, view: CityView): Promise<CityCost> {
  const stage = openStage(view);
  return judge(stage, view, async () => {
    const tileset = await Cesium3DTileset.fromUrl(url, { maximumScreenSpaceError: 14 });
    const facade = createFacadeShader();
    facade.setLight(
      computeSceneLight({
        look: "natural",
        uiTheme: "day",
        hour: 16,
        center: { longitudeDeg: view.longitudeDeg, latitudeDeg: view.latitudeDeg, height: 0 },
      }),
    );
    tileset.customShader = facade.shaderFor(false);
    tileset.environmentMapManager.enabled = false;
    stage.scene.primitives.add(tileset);
    return () => !tileset.tilesLoaded;
  });
}

/** Cesium's data source: an Entity a footprint, extruded by its height. */
export function showDataSource(url: string, view: CityView): Promise<CityCost> {
  const stage = openStage(view);
  return judge(stage, view, async () => {
    const source = await GeoJsonDataSource.load(url, { fill: Color.LIGHTGRAY, stroke: Color.TRANSPARENT });
    for (const entity of source.entities.values) {
      if (!entity.polygon) continue;
      entity.polygon.extrudedHeight = entity.properties?.height;
      entity.polygon.outline = false as never;
    }
    await stage.widget.dataSources.add(source);
    return () => !stage.widget.dataSourceDisplay.ready;
  });
}

/** Cesium's newer primitive: buffers, but flat, as it has no extrusion. */
export function showPrimitive(url: string, view: CityView): Promise<CityCost> {
  const stage = openStage(view);
  return judge(stage, view, async () => {
    stage.scene.primitives.add(await GeoJsonPrimitive.fromUrl(url));
    return () => false;
  });
}
