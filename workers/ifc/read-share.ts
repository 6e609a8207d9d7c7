import { refOf } from "../../src/domain/ifc/ifc-values.ts";
import { readProjectUnits } from "../../src/domain/ifc/units.ts";
import { IfcFile, startKernel, type WasmLocator } from "./ifc-file.ts";
import { readIfcText } from "./ifc-text.ts";
import { readOwnMeshes } from "./meshes.ts";
import { type PackedElements, packElements } from "./packed-elements.ts";
import type { Share } from "./share.ts";

/**
 * Makes the shapes of a share of a file's elements, for the thread that converts the file. Throws whatever goes wrong: that
 * thread then makes them all itself.
 */
export async function readShare(
  bytes: Uint8Array,
  fileName: string,
  wasm: WasmLocator,
  share: Share,
): Promise<PackedElements> {
  const starting = startKernel(wasm);
  starting.catch(() => {});
  const text = readIfcText(bytes, fileName);
  const file = IfcFile.open(text, fileName, await starting, share);
  try {
    const project = file.linesOf("IFCPROJECT")[0];
    const assignment = file.line(refOf(project?.UnitsInContext)) ?? file.linesOf("IFCUNITASSIGNMENT")[0];
    const { lengthM } = readProjectUnits(file, assignment ?? null);
    return packElements(readOwnMeshes(file, lengthM));
  } finally {
    file.close();
  }
}
