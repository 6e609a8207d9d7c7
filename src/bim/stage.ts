import {
  AgXToneMapping,
  BasicShadowMap,
  PCFShadowMap,
  PerspectiveCamera,
  Scene,
  SRGBColorSpace,
  Vector2,
  WebGLRenderer,
} from "three";
import { drawsInSoftware } from "../base/graphics.ts";
import { Scope } from "../base/scope.ts";

/** Canvas, renderer, scene and camera. */
export interface Stage {
  readonly canvas: HTMLCanvasElement;
  readonly renderer: WebGLRenderer;
  readonly scene: Scene;
  readonly camera: PerspectiveCamera;
  /** Drawn on the processor: no reflections, no smoothed edges, coarse shadows. */
  readonly isSoftware: boolean;
  /** Takes the host's size at once, for a host that was hidden until now. */
  resize(): void;
  dispose(): void;
}

const FOV_DEG = 38;
const MAX_PIXEL_RATIO = 2;

/** @param onResize called after the canvas took the host's new size, and when a lost context came back */
export function createStage(host: HTMLElement, onResize: () => void): Stage {
  const scope = new Scope();
  const isSoftware = drawsInSoftware();
  const renderer = new WebGLRenderer({
    antialias: !isSoftware,
    stencil: true,
    powerPreference: "high-performance",
  });
  renderer.outputColorSpace = SRGBColorSpace;
  renderer.toneMapping = AgXToneMapping;
  // asking for shader logs waits for the compiler: seconds on software GL, and nobody reads them
  renderer.debug.checkShaderErrors = false;
  renderer.localClippingEnabled = true;
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = isSoftware ? BasicShadowMap : PCFShadowMap;
  renderer.shadowMap.autoUpdate = false;
  const canvas = renderer.domElement;
  canvas.style.display = "block";
  canvas.style.touchAction = "none";
  canvas.tabIndex = 0;
  host.append(canvas);
  const scene = new Scene();
  const camera = new PerspectiveCamera(FOV_DEG, 1, 0.1, 5000);

  const resize = () => {
    const { clientWidth: width, clientHeight: height } = host;
    const pixelRatio = Math.min(window.devicePixelRatio, MAX_PIXEL_RATIO);
    const known = renderer.getSize(new Vector2());
    const isSame = known.x === width && known.y === height && renderer.getPixelRatio() === pixelRatio;
    if (width === 0 || height === 0 || isSame) return;
    renderer.setPixelRatio(pixelRatio);
    renderer.setSize(width, height);
    camera.aspect = width / height;
    camera.updateProjectionMatrix();
    onResize();
  };
  const observer = new ResizeObserver(resize);
  observer.observe(host);
  scope.add(() => observer.disconnect());
  scope.listen(canvas, "webglcontextrestored", () => {
    renderer.shadowMap.needsUpdate = true;
    onResize();
  });
  scope.add(() => {
    canvas.remove();
    renderer.dispose();
    // without it twenty views lose the contexts of other canvases on the page
    renderer.forceContextLoss();
  });
  return { canvas, renderer, scene, camera, isSoftware, resize, dispose: () => scope.dispose() };
}
