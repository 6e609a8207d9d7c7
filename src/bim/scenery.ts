import {
  BackSide,
  Color,
  DirectionalLight,
  Group,
  HemisphereLight,
  Mesh,
  type Plane,
  PlaneGeometry,
  PMREMGenerator,
  Scene,
  ShaderMaterial,
  SphereGeometry,
  type Texture,
  UniformsLib,
  UniformsUtils,
  Vector2,
  type WebGLRenderer,
} from "three";
import type { SceneBox } from "./camera-fit.ts";
import type { Palette } from "./palette.ts";

/** Graphics cards that offer textures of 16 384 pixels have room for a fine shadow. */
const FINE_SHADOW_PX = 4096;
const COARSE_SHADOW_PX = 2048;
const SOFTWARE_SHADOW_PX = 1024;
/** The sky's light where there is no environment map. */
const SOFTWARE_SKY_GAIN = 1.7;
/** Towards the sun: from the south-east, 42 degrees up, so that a south front has light and shade. */
const SUN_DIRECTION = [0.52, 0.66, 0.54] as const;

/** Light, backdrop and ground around the model. */
export class Scenery {
  readonly group = new Group();
  readonly #sun = new DirectionalLight();
  readonly #sky = new HemisphereLight();
  readonly #backdrop: Mesh<PlaneGeometry, ShaderMaterial>;
  readonly #floor: Mesh<PlaneGeometry, ShaderMaterial>;
  readonly #shadowPx: number;
  readonly #isSoftware: boolean;
  #environment: Texture | null = null;

  constructor(renderer: WebGLRenderer, isSoftware: boolean) {
    this.#isSoftware = isSoftware;
    this.#backdrop = createBackdrop();
    this.#floor = createFloor();
    this.#sun.castShadow = true;
    const isFine = renderer.capabilities.maxTextureSize >= 16_384;
    const shadowPx = isFine ? FINE_SHADOW_PX : COARSE_SHADOW_PX;
    this.#shadowPx = isSoftware ? SOFTWARE_SHADOW_PX : shadowPx;
    this.#sun.shadow.mapSize.set(this.#shadowPx, this.#shadowPx);
    this.#sun.shadow.bias = -0.0006;
    this.#sun.shadow.radius = 2.5;
    this.group.add(this.#sun, this.#sun.target, this.#sky, this.#backdrop, this.#floor);
  }

  applyPalette(palette: Palette, renderer: WebGLRenderer, scene: Scene): void {
    this.#sun.color.set(palette.sun);
    this.#sun.intensity = palette.sunIntensity;
    this.#sky.color.set(palette.hemisphereSky);
    this.#sky.groundColor.set(palette.hemisphereGround);
    this.#sky.intensity = palette.hemisphereIntensity * (this.#isSoftware ? SOFTWARE_SKY_GAIN : 1);
    renderer.toneMappingExposure = palette.exposure;
    const sky = this.#backdrop.material.uniforms;
    (sky.top!.value as Color).set(palette.skyTop);
    (sky.horizon!.value as Color).set(palette.skyHorizon);
    (sky.foot!.value as Color).set(palette.skyFoot);
    const floor = this.#floor.material.uniforms;
    (floor.ground!.value as Color).set(palette.ground);
    (floor.grid!.value as Color).set(palette.grid);
    (floor.contact!.value as Color).set(palette.contact);
    floor.gridOpacity!.value = palette.gridOpacity;
    if (this.#isSoftware) return;
    this.#environment?.dispose();
    this.#environment = createEnvironment(renderer, palette);
    scene.environment = this.#environment;
  }

  /** Sections cut the ground too. */
  setCut(planes: Plane[] | null): void {
    this.#floor.material.clippingPlanes = planes;
  }

  /** Sets ground and shadows to the model's size. */
  fit(box: SceneBox): void {
    const [cx, cz] = [(box.min[0] + box.max[0]) / 2, (box.min[2] + box.max[2]) / 2];
    const groundY = groundLevel(box);
    const radius =
      Math.hypot(box.max[0] - box.min[0], box.max[1] - box.min[1], box.max[2] - box.min[2]) / 2 || 1;
    const uniforms = this.#floor.material.uniforms;
    (uniforms.centre!.value as Vector2).set(cx, cz);
    (uniforms.halfSize!.value as Vector2).set((box.max[0] - box.min[0]) / 2, (box.max[2] - box.min[2]) / 2);
    uniforms.radius!.value = radius;
    this.#floor.position.set(cx, groundY - radius * 2e-4, cz);
    this.#floor.scale.setScalar(radius * 16);
    const target = [cx, (box.min[1] + box.max[1]) / 2, cz] as const;
    const [dx, dy, dz] = SUN_DIRECTION;
    this.#sun.position.set(
      target[0] + dx * radius * 3,
      target[1] + dy * radius * 3,
      target[2] + dz * radius * 3,
    );
    this.#sun.target.position.set(...target);
    this.#sun.shadow.normalBias = (radius * 2.2) / this.#shadowPx;
    const camera = this.#sun.shadow.camera;
    const reach = radius * 1.06;
    Object.assign(camera, {
      left: -reach,
      right: reach,
      top: reach,
      bottom: -reach,
      near: radius,
      far: radius * 6,
    });
    camera.updateProjectionMatrix();
  }

  dispose(): void {
    this.#environment?.dispose();
    this.#sun.shadow.map?.dispose();
    for (const mesh of [this.#backdrop, this.#floor]) {
      mesh.geometry.dispose();
      mesh.material.dispose();
    }
  }
}

/** The model's own zero where it lies within the model, else the foot of the model. */
export function groundLevel(box: SceneBox): number {
  return box.min[1] <= 0 && box.max[1] >= 0 ? 0 : box.min[1];
}

/** A gradient behind everything, in the picture's own frame: level whatever the camera does. */
function createBackdrop(): Mesh<PlaneGeometry, ShaderMaterial> {
  const material = new ShaderMaterial({
    depthTest: false,
    depthWrite: false,
    uniforms: {
      top: { value: new Color() },
      horizon: { value: new Color() },
      foot: { value: new Color() },
    },
    vertexShader: `
      varying float vUp;
      void main() {
        vUp = position.y * 2.0;
        gl_Position = vec4( position.xy * 2.0, 1.0, 1.0 );
      }`,
    fragmentShader: `
      uniform vec3 top;
      uniform vec3 horizon;
      uniform vec3 foot;
      varying float vUp;
      void main() {
        vec3 color = vUp > 0.1
          ? mix( horizon, top, smoothstep( 0.1, 1.05, vUp ) )
          : mix( horizon, foot, smoothstep( 0.1, - 0.9, vUp ) );
        float grain = fract( sin( dot( gl_FragCoord.xy, vec2( 12.9898, 78.233 ) ) ) * 43758.5453 ) - 0.5;
        gl_FragColor = vec4( color, 1.0 );
        #include <colorspace_fragment>
        gl_FragColor.rgb += grain / 255.0;
      }`,
  });
  const mesh = new Mesh(new PlaneGeometry(1, 1), material);
  mesh.frustumCulled = false;
  mesh.renderOrder = -10;
  return mesh;
}

/**
 * Ground that fades out, with a ten-metre grid, the model's shadow and a soft dark halo around its foot. Its own shader
 * because ShadowMaterial ignores clipping planes. Pushed back further than the model's surfaces, or paving laid on it
 * would lose against it at grazing angles.
 */
function createFloor(): Mesh<PlaneGeometry, ShaderMaterial> {
  const material = new ShaderMaterial({
    transparent: true,
    depthWrite: false,
    clipping: true,
    lights: true,
    polygonOffset: true,
    polygonOffsetFactor: 3,
    polygonOffsetUnits: 8,
    uniforms: {
      ...UniformsUtils.clone(UniformsLib.lights),
      ground: { value: new Color() },
      grid: { value: new Color() },
      contact: { value: new Color() },
      gridOpacity: { value: 0.1 },
      centre: { value: new Vector2() },
      halfSize: { value: new Vector2(1, 1) },
      radius: { value: 1 },
    },
    vertexShader: FLOOR_VERTEX,
    fragmentShader: FLOOR_FRAGMENT,
  });
  const mesh = new Mesh(new PlaneGeometry(1, 1), material);
  mesh.rotation.x = -Math.PI / 2;
  mesh.receiveShadow = true;
  mesh.renderOrder = -9;
  return mesh;
}

const FLOOR_VERTEX = `
  #include <common>
  #include <shadowmap_pars_vertex>
  #include <clipping_planes_pars_vertex>
  varying vec2 vGround;
  void main() {
    #include <beginnormal_vertex>
    #include <defaultnormal_vertex>
    #include <begin_vertex>
    #include <project_vertex>
    #include <worldpos_vertex>
    #include <shadowmap_vertex>
    #include <clipping_planes_vertex>
    vGround = ( modelMatrix * vec4( position, 1.0 ) ).xz;
  }`;

const FLOOR_FRAGMENT = `
  #include <common>
  #include <packing>
  #include <lights_pars_begin>
  #include <shadowmap_pars_fragment>
  #include <shadowmask_pars_fragment>
  #include <clipping_planes_pars_fragment>
  uniform vec3 ground;
  uniform vec3 grid;
  uniform vec3 contact;
  uniform float gridOpacity;
  uniform vec2 centre;
  uniform vec2 halfSize;
  uniform float radius;
  varying vec2 vGround;
  float lines( float spacing, float width ) {
    vec2 place = vGround / spacing;
    vec2 size = fwidth( place );
    vec2 away = abs( fract( place - 0.5 ) - 0.5 ) / size;
    vec2 fade = 1.0 - smoothstep( 0.05, 0.3, size );
    return max( ( 1.0 - smoothstep( width - 0.5, width + 0.5, away.x ) ) * fade.x,
                ( 1.0 - smoothstep( width - 0.5, width + 0.5, away.y ) ) * fade.y );
  }
  void main() {
    #include <clipping_planes_fragment>
    vec2 from = vGround - centre;
    float away = length( max( abs( from ) - halfSize * 0.8, 0.0 ) );
    float halo = exp( - away / ( radius * 0.16 ) ) * 0.3;
    float disc = 1.0 - smoothstep( radius * 1.2, radius * 4.2, length( from ) );
    float near = 1.0 - smoothstep( radius * 1.0, radius * 2.6, length( from ) );
    float line = max( lines( 10.0, 0.5 ) * 0.6, lines( 50.0, 0.7 ) ) * gridOpacity * near;
    float shade = 1.0 - getShadowMask();
    vec3 color = mix( mix( ground, grid, line ), contact, max( halo, shade * 0.34 ) );
    gl_FragColor = vec4( color, disc );
    #include <colorspace_fragment>
  }`;

/** A small sky for reflections: gradient dome with a bright band where the sun stands. */
function createEnvironment(renderer: WebGLRenderer, palette: Palette): Texture {
  const material = new ShaderMaterial({
    side: BackSide,
    depthWrite: false,
    uniforms: {
      top: { value: new Color(palette.hemisphereSky) },
      horizon: { value: new Color(palette.skyHorizon).lerp(new Color(palette.hemisphereSky), 0.5) },
      foot: { value: new Color(palette.hemisphereGround) },
      sun: { value: new Color(palette.sun).multiplyScalar(palette.sunIntensity) },
    },
    vertexShader: `
      varying vec3 vDirection;
      void main() {
        vDirection = normalize( position );
        gl_Position = projectionMatrix * modelViewMatrix * vec4( position, 1.0 );
      }`,
    fragmentShader: `
      uniform vec3 top;
      uniform vec3 horizon;
      uniform vec3 foot;
      uniform vec3 sun;
      varying vec3 vDirection;
      void main() {
        vec3 d = normalize( vDirection );
        vec3 color = d.y > 0.0 ? mix( horizon, top, pow( d.y, 0.6 ) ) : mix( horizon, foot, smoothstep( 0.0, - 0.25, d.y ) );
        color += sun * pow( max( 0.0, dot( d, normalize( vec3( ${SUN_DIRECTION.join(", ")} ) ) ) ), 24.0 ) * 0.5;
        gl_FragColor = vec4( color, 1.0 );
      }`,
  });
  const dome = new Mesh(new SphereGeometry(10, 24, 16), material);
  const scene = new Scene();
  scene.add(dome);
  const generator = new PMREMGenerator(renderer);
  const target = generator.fromScene(scene, 0.03, 0.1, 100, { size: 64 });
  generator.dispose();
  dome.geometry.dispose();
  material.dispose();
  return target.texture;
}
