import {
  Appearance,
  BlendingState,
  BoundingSphere,
  Cartesian3,
  ComponentDatatype,
  Geometry,
  GeometryAttribute,
  GeometryAttributes,
  GeometryInstance,
  Material,
  Primitive,
  PrimitiveType,
} from "cesium";
import { AIR_GLSL } from "./air-glsl.ts";
import { linearFromHex } from "./look-palette.ts";
import { airUniforms, linearColor, type SceneLight } from "./scene-look.ts";
import type { Stage, StagePart } from "./stage.ts";

export interface WaterMesh {
  readonly vertices: Float64Array;
  readonly indices: Uint32Array;
  readonly maxDepth: number;
}

export interface WaterSurface extends StagePart {
  set(mesh: WaterMesh | null): void;
  setVisible(visible: boolean): void;
  setLight(light: SceneLight): void;
}

const VERTEX = `
in vec3 position3DHigh;
in vec3 position3DLow;
in float depth;
in float batchId;
out vec3 v_positionEC;
out float v_depth;
void main() {
  vec4 p = czm_computePosition();
  v_positionEC = (czm_modelViewRelativeToEye * p).xyz;
  v_depth = depth;
  gl_Position = czm_modelViewProjectionRelativeToEye * p;
}`;

const FRAGMENT = `
in vec3 v_positionEC;
in float v_depth;
void main() {
  czm_materialInput materialInput;
  materialInput.s = v_depth;
  materialInput.positionToEyeEC = -v_positionEC;
  czm_material material = czm_getMaterial(materialInput);
  out_FragColor = vec4(material.diffuse, material.alpha);
}`;

/** Depth tint, a shoreline of constant width on screen, the sky by Fresnel and a quiet glint of the sun. */
const MATERIAL_SOURCE = `${AIR_GLSL}
czm_material czm_getMaterial(czm_materialInput materialInput) {
  czm_material material = czm_getDefaultMaterial(materialInput);
  vec3 ray = -materialInput.positionToEyeEC;
  float depth = materialInput.s;
  vec3 up = twinUpEC();
  vec3 view = normalize(ray);
  float t = clamp(1.0 - exp(-depth / max(0.35 * u_maxDepth, 0.4)), 0.0, 1.0);
  vec3 body = mix(u_shallow, u_deep, t);
  float facing = clamp(-dot(view, up), 0.0, 1.0);
  float fresnel = 0.03 + 0.6 * pow(1.0 - facing, 4.0);
  vec3 mirror = reflect(view, up);
  vec3 sky = mix(u_airColor, u_zenith, smoothstep(0.0, 0.55, dot(mirror, up)));
  float glint = pow(max(dot(mirror, twinSunEC()), 0.0), 90.0) * 0.5;
  vec3 color = mix(body, sky, fresnel) + u_airSunward * glint;
  float w = max(fwidth(depth), 1e-4);
  float shore = 1.0 - smoothstep(0.6, 1.8, depth / w);
  color = mix(color, u_shore, shore * 0.9);
  vec4 air = twinAir(ray);
  color = mix(color, air.rgb, air.a * 0.85);
  material.diffuse = pow(max(color, 0.0), vec3(1.0 / 2.2));
  material.alpha = mix(mix(0.55, 0.82, t), 0.95, shore);
  return material;
}`;

const TINTS = {
  night: { shallow: "#2f86b8", deep: "#0d3f7a", shore: "#bfe6ff" },
  day: { shallow: "#5aa9d6", deep: "#1d5fa3", shore: "#ffffff" },
} as const;

function positionsOf(vertices: Float64Array): { positions: Float64Array; depths: Float32Array } {
  const count = vertices.length / 3;
  const positions = new Float64Array(count * 3);
  const depths = new Float32Array(count);
  const scratch = new Cartesian3();
  for (let k = 0; k < count; k++) {
    const depth = vertices[3 * k + 2]!;
    Cartesian3.fromDegrees(vertices[3 * k]!, vertices[3 * k + 1]!, depth + 0.4, undefined, scratch);
    positions[3 * k] = scratch.x;
    positions[3 * k + 1] = scratch.y;
    positions[3 * k + 2] = scratch.z;
    depths[k] = depth;
  }
  return { positions, depths };
}

function createGeometry(mesh: WaterMesh): Geometry {
  const { positions, depths } = positionsOf(mesh.vertices);
  const attributes = new GeometryAttributes();
  attributes.position = new GeometryAttribute({
    componentDatatype: ComponentDatatype.DOUBLE,
    componentsPerAttribute: 3,
    values: positions,
  });
  (attributes as unknown as Record<string, GeometryAttribute>).depth = new GeometryAttribute({
    componentDatatype: ComponentDatatype.FLOAT,
    componentsPerAttribute: 1,
    values: depths,
  });
  return new Geometry({
    attributes,
    indices: mesh.indices,
    primitiveType: PrimitiveType.TRIANGLES,
    boundingSphere: BoundingSphere.fromVertices(Array.from(positions)),
  });
}

export function createWaterSurface(light: SceneLight): WaterSurface {
  return new TintedWater(light);
}

class TintedWater implements WaterSurface {
  #stage: Stage | null = null;
  #mesh: WaterMesh | null = null;
  #visible = true;
  #light: SceneLight;
  #shown: Primitive | null = null;
  #material: Material | null = null;

  constructor(light: SceneLight) {
    this.#light = light;
  }

  set(mesh: WaterMesh | null): void {
    this.#mesh = mesh;
    this.#build();
    this.#stage?.requestRender();
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (this.#shown) this.#shown.show = visible;
    this.#stage?.requestRender();
  }

  setLight(light: SceneLight): void {
    this.#light = light;
    if (this.#material) Object.assign(this.#material.uniforms as Record<string, unknown>, this.#uniforms());
    this.#stage?.requestRender();
  }

  attach(stage: Stage): void {
    this.#stage = stage;
    this.#build();
  }

  detach(): void {
    this.#stage = null;
    this.#shown = null;
    this.#material = null;
  }

  #uniforms(): Record<string, unknown> {
    const tint = TINTS[this.#light.choice.uiTheme];
    return {
      ...airUniforms(this.#light),
      u_zenith: linearColor(this.#light.palette.zenith),
      u_shallow: new Cartesian3(...linearFromHex(tint.shallow)),
      u_deep: new Cartesian3(...linearFromHex(tint.deep)),
      u_shore: new Cartesian3(...linearFromHex(tint.shore)),
      u_maxDepth: this.#mesh?.maxDepth ?? 1,
    };
  }

  #clear(): void {
    if (this.#shown && this.#stage) this.#stage.scene.primitives.remove(this.#shown);
    this.#shown = null;
    this.#material = null;
  }

  #build(): void {
    this.#clear();
    if (!this.#stage || !this.#mesh || this.#mesh.indices.length === 0) return;
    this.#material = new Material({
      translucent: true,
      fabric: { uniforms: this.#uniforms(), source: MATERIAL_SOURCE },
    });
    this.#shown = createPrimitive(this.#mesh, this.#material);
    this.#shown.show = this.#visible;
    this.#stage.scene.primitives.add(this.#shown);
    this.#stage.requestRender();
  }
}

function createPrimitive(mesh: WaterMesh, material: Material): Primitive {
  return new Primitive({
    geometryInstances: new GeometryInstance({ geometry: createGeometry(mesh) }),
    appearance: new Appearance({
      translucent: true,
      closed: false,
      material,
      vertexShaderSource: VERTEX,
      fragmentShaderSource: FRAGMENT,
      renderState: { depthTest: { enabled: true }, depthMask: false, blending: BlendingState.ALPHA_BLEND },
    }),
    asynchronous: false,
    allowPicking: false,
    compressVertices: false,
  });
}
