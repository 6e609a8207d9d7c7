import type { Plane } from "three";
import type { ModelMaterials } from "./materials.ts";
import { createSamples } from "./samples.ts";
import type { SectionCut } from "./section-cut.ts";
import type { Stage } from "./stage.ts";

/**
 * Compiles all shaders while the tiles load, those of a first section too: drawing at once would hold the page until the
 * driver is done.
 */
export async function compileAhead(
  { renderer, scene, camera }: Stage,
  materials: ModelMaterials,
  cut: SectionCut,
  showCut: (planes: Plane[] | null) => void,
): Promise<void> {
  if (!renderer.extensions.has("KHR_parallel_shader_compile")) return;
  const samples = createSamples(materials, cut.sampleMaterials);
  scene.add(samples.group);
  await renderer.compileAsync(scene, camera);
  if (!cut.isOpen) {
    showCut(cut.samplePlanes);
    await renderer.compileAsync(scene, camera);
    showCut(cut.clippingPlanes);
  }
  samples.dispose();
}
