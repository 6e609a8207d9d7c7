/** The short way to properties must say what web-ifc says, on real files. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { IFCPHYSICALSIMPLEQUANTITY, IFCPROPERTYSINGLEVALUE } from "web-ifc";
import { IfcFile } from "./ifc-file.ts";
import { readIfcSource } from "./ifc-source.ts";
import { type IfcLine, measureOf, plainValueOf, refOf, textOf } from "./ifc-values.ts";
import { StepLines } from "./step-lines.ts";

const IFC = join(import.meta.dirname, "../../../shared/data/ifc");
const FILES = [
  "building/Office_A_20110811.ifc",
  "building/AC20-FZK-Haus.ifc",
  "cjk/ac16_sjis_ja.ifc",
  "cjk/revit2013_unicode_ja.ifc",
  "cjk/foum_zh_revit2013.ifc",
  "large/Schependomlaan_houten_kozijnen_9MB.ifc",
];
const SAMPLES = 1500;

function nominalValueOf(line: IfcLine): unknown {
  if ("NominalValue" in line) return line.NominalValue;
  const key = Object.keys(line).find((name) =>
    /^(Length|Area|Volume|Weight|Count|Time|Number)Value$/.test(name),
  );
  return key ? line[key] : undefined;
}

describe.runIf(existsSync(IFC))("StepLines against web-ifc", () => {
  it.each(FILES)("%s", async (path) => {
    const { step } = readIfcSource(new Uint8Array(readFileSync(join(IFC, path))), path);
    const file = await IfcFile.open(step, path, null);
    const lines = new StepLines(step, (text) => file.decodeText(text));
    const ids = [
      ...file.idsOfType(IFCPROPERTYSINGLEVALUE),
      ...file.idsOfType(IFCPHYSICALSIMPLEQUANTITY, true),
    ];
    const stride = Math.max(1, Math.floor(ids.length / SAMPLES));
    let compared = 0;
    for (let i = 0; i < ids.length; i += stride) {
      const [short, long] = [lines.property(ids[i]!), file.line(ids[i])];
      if (!short || !long) continue;
      compared++;
      expect({ id: ids[i], name: short.name, value: plainValueOf(short.value), unit: short.unit }).toEqual({
        id: ids[i],
        name: textOf(long.Name),
        value: plainValueOf(nominalValueOf(long)),
        unit: refOf(long.Unit),
      });
      if (short.value?.name) expect(short.value.name).toBe(measureOf(nominalValueOf(long)));
    }
    file.close();
    expect(compared).toBeGreaterThan(Math.min(ids.length, SAMPLES) * 0.9);
  });
});
