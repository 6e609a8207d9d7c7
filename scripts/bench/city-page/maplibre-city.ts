import type { Map as MapLibre } from "maplibre-gl";
import type { CityCost, CityView } from "./cesium-city.ts";
import { median, watchArrival } from "./picture-watch.ts";

const FRAMES = 40;

/** As shipped: bundled again, its worker, which is made of its own text, no longer starts. */
async function loadMapLibre(): Promise<typeof MapLibre> {
  const script = document.createElement("script");
  script.src = "./maplibre-gl.js";
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  return (window as unknown as { maplibregl: { Map: typeof MapLibre } }).maplibregl.Map;
}

/** The level of a map whose pixel at 512-pixel tiles is about as wide as one at `range` in the other engines. */
function zoomOf({ latitudeDeg, range }: CityView, heightPx: number): number {
  const metersPerPixel = (range * 2 * Math.tan(0.3218)) / heightPx;
  const round = 40_075_016.7 * Math.cos((latitudeDeg * Math.PI) / 180);
  return Math.log2(round / 512 / metersPerPixel);
}

/** MapLibre GL's fill-extrusion over a GeoJSON source, which it cuts into tiles in its own worker. */
export async function showFillExtrusion(url: string, view: CityView): Promise<CityCost> {
  const container = document.querySelector<HTMLElement>("#stage")!;
  const MapOfPeer = await loadMapLibre();
  const map = new MapOfPeer({
    container,
    style: { version: 8, sources: {}, layers: [] },
    center: [view.longitudeDeg, view.latitudeDeg],
    zoom: zoomOf(view, container.clientHeight),
    pitch: 90 + view.pitchDeg,
    attributionControl: false,
    fadeDuration: 0,
    canvasContextAttributes: { preserveDrawingBuffer: true },
  });
  await map.once("load");
  const gl = map.getCanvas().getContext("webgl2")!;
  const draw = (): Uint8Array => {
    map.redraw();
    const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
    const pixels = new Uint8Array(4 * width * height);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    return pixels;
  };
  for (let i = 0; i < 5; i++) draw();
  const empty = draw();
  const startMs = performance.now();
  map.addSource("city", { type: "geojson", data: url });
  map.addLayer({
    id: "city",
    type: "fill-extrusion",
    source: "city",
    paint: { "fill-extrusion-height": ["get", "height"], "fill-extrusion-color": "#c8c2b8" },
  });
  const times = await watchArrival(draw, empty, startMs, () => !map.areTilesLoaded());
  const frames: number[] = [];
  for (let i = 0; i < FRAMES; i++) {
    draw();
    const before = performance.now();
    map.jumpTo({ bearing: i % 2 ? 0.05 : 0 });
    map.redraw();
    frames.push(performance.now() - before);
  }
  return { ...times, frameMs: median(frames), worstFrameMs: Math.round(Math.max(...frames) * 100) / 100 };
}
