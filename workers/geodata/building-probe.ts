import type { FileKind } from "../../src/domain/file-kind.ts";
import { type ByteSource, DEFAULT_OPTIONS } from "../city/contract.ts";
import { roleOfField } from "../city/fields.ts";
import { type RawFeature, type ReaderSink, SHAPE } from "../city/raw-feature.ts";
import { readInput } from "../city/read-input.ts";

const PROBED_FEATURES = 300;
const PROBED_KINDS: readonly FileKind[] = ["geojson", "shapefile", "flatgeobuf"];
const ENOUGH = Symbol("enough features were seen");

class Probe implements ReaderSink {
  readonly takesAll = true;
  seen = 0;
  areas = 0;
  withHeight = 0;

  crs(): void {}

  feature(raw: RawFeature): void {
    this.seen++;
    const isArea = raw.kind === "surfaces" || raw.surfaceKinds.every((kind) => kind === SHAPE.area);
    if (raw.problem === null && isArea) this.areas++;
    const hasHeight = raw.keys.some((key, k) => {
      const role = roleOfField(key, DEFAULT_OPTIONS)?.role;
      return (role === "height" || role === "floors") && Number.parseFloat(String(raw.values[k])) > 0;
    });
    if (hasHeight) this.withHeight++;
    if (this.seen >= PROBED_FEATURES) throw ENOUGH;
  }
}

/** Whether a file of features is one of buildings: areas of which most have a height or floors. Looks at the first 300. */
export async function holdsBuildings(kind: FileKind, source: ByteSource): Promise<boolean> {
  if (!PROBED_KINDS.includes(kind)) return false;
  const probe = new Probe();
  try {
    await readInput(source, probe, () => {});
  } catch (thrown) {
    if (thrown !== ENOUGH) return false;
  }
  return probe.areas * 10 >= probe.seen * 9 && probe.withHeight * 2 >= probe.seen && probe.seen > 0;
}
