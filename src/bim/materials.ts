import {
  Color,
  DoubleSide,
  LessEqualDepth,
  MeshBasicMaterial,
  MeshStandardMaterial,
  type Plane,
  ShaderMaterial,
} from "three";
import type { Palette } from "./palette.ts";

/** Shared by all tiles: colours are in the vertices. */
export interface ModelMaterials {
  readonly opaque: MeshStandardMaterial;
  readonly glass: MeshStandardMaterial;
  /** Spaces and openings. */
  readonly void: MeshBasicMaterial;
  readonly edges: ShaderMaterial;
  /** What an X-ray leaves of the rest. */
  readonly ghost: MeshBasicMaterial;
  readonly highlight: MeshBasicMaterial;
  /** Seen through whatever stands before it. */
  readonly highlightGhost: MeshBasicMaterial;
  readonly highlightEdges: MeshBasicMaterial;
  applyPalette(palette: Palette): void;
  /** What lies behind any of the planes is not drawn; null discards nothing, which costs no shading. */
  setCut(planes: Plane[] | null): void;
  /** Height of the canvas in pixels over twice the tangent of half the field of view. */
  setProjectionScale(pixels: number): void;
  dispose(): void;
}

export function createModelMaterials(): ModelMaterials {
  // surfaces are pushed back so that edges and highlights on them win
  const pushed = { polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 1 };
  const opaque = new MeshStandardMaterial({
    ...pushed,
    vertexColors: true,
    roughness: 0.82,
    metalness: 0,
    side: DoubleSide,
    clipShadows: true,
  });
  const glass = createGlass();
  const veil = new MeshBasicMaterial({
    vertexColors: true,
    transparent: true,
    side: DoubleSide,
    depthWrite: false,
    toneMapped: false,
    forceSinglePass: true,
  });
  const edges = createEdgeMaterial();
  const ghost = new MeshBasicMaterial({
    transparent: true,
    side: DoubleSide,
    depthWrite: false,
    toneMapped: false,
  });
  const highlight = new MeshBasicMaterial({
    transparent: true,
    opacity: 0.5,
    side: DoubleSide,
    depthWrite: false,
    depthFunc: LessEqualDepth,
    toneMapped: false,
  });
  const highlightGhost = highlight.clone();
  highlightGhost.opacity = 0.16;
  highlightGhost.depthTest = false;
  const highlightEdges = new MeshBasicMaterial({ toneMapped: false, depthTest: false, transparent: true });
  const all = [opaque, glass, veil, edges, ghost, highlight, highlightGhost, highlightEdges];
  return {
    opaque,
    glass,
    void: veil,
    edges,
    ghost,
    highlight,
    highlightGhost,
    highlightEdges,
    applyPalette: (palette) => {
      glass.emissive.set(palette.glassGlow);
      glass.emissiveIntensity = palette.glassGlowIntensity;
      opaque.envMapIntensity = palette.environmentIntensity;
      glass.envMapIntensity = palette.environmentIntensity * 2;
      (edges.uniforms.color!.value as Color).set(palette.edge);
      edges.uniforms.opacity!.value = palette.edgeOpacity;
      ghost.color.set(palette.ghost);
      ghost.opacity = palette.ghostOpacity;
      for (const material of [highlight, highlightGhost, highlightEdges]) material.color.set(palette.accent);
    },
    setCut: (planes) => {
      for (const material of all) material.clippingPlanes = planes;
    },
    setProjectionScale: (pixels) => {
      edges.uniforms.scale!.value = pixels;
    },
    dispose: () => {
      for (const material of all) material.dispose();
    },
  };
}

/**
 * Nearly mirrors at grazing angles, as panes do: opacity follows Schlick's approximation of Fresnel's term. At night
 * about a third of the panes glow: attribute `lit`, 0 to 1, is the same for panes of one room.
 */
function createGlass(): MeshStandardMaterial {
  const glass = new MeshStandardMaterial({
    vertexColors: true,
    transparent: true,
    depthWrite: false,
    roughness: 0.08,
    metalness: 0,
    side: DoubleSide,
    forceSinglePass: true,
  });
  glass.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader
      .replace("#include <common>", "#include <common>\nattribute float lit;\nvarying float vLit;")
      .replace("#include <begin_vertex>", "#include <begin_vertex>\nvLit = lit;");
    shader.fragmentShader = shader.fragmentShader
      .replace("#include <common>", "#include <common>\nvarying float vLit;")
      .replace("#include <emissivemap_fragment>", "totalEmissiveRadiance *= vLit;")
      .replace(
        "#include <opaque_fragment>",
        `float facing = abs( dot( normalize( vViewPosition ), normal ) );
        diffuseColor.a = mix( diffuseColor.a, 1.0, 0.9 * pow( 1.0 - facing, 4.0 ) );
        #include <opaque_fragment>`,
      );
  };
  return glass;
}

/** Lines that fade when they get shorter than a few pixels: crisp near by, calm from afar. */
function createEdgeMaterial(): ShaderMaterial {
  return new ShaderMaterial({
    transparent: true,
    depthWrite: false,
    clipping: true,
    uniforms: { color: { value: new Color() }, opacity: { value: 1 }, scale: { value: 1000 } },
    vertexShader: `
      #include <common>
      #include <clipping_planes_pars_vertex>
      attribute float edgeLength;
      uniform float scale;
      varying float vPixels;
      void main() {
        #include <begin_vertex>
        #include <project_vertex>
        #include <clipping_planes_vertex>
        vPixels = edgeLength * scale / max( 0.01, - mvPosition.z );
      }`,
    fragmentShader: `
      #include <common>
      #include <clipping_planes_pars_fragment>
      uniform vec3 color;
      uniform float opacity;
      varying float vPixels;
      void main() {
        #include <clipping_planes_fragment>
        float alpha = opacity * smoothstep( 5.0, 26.0, vPixels );
        if ( alpha < 0.01 ) discard;
        gl_FragColor = vec4( color, alpha );
        #include <colorspace_fragment>
      }`,
  });
}
