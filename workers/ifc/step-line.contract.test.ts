/** The reader of statements must say what web-ifc says, on real files, for every entity. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { IfcAPI, LogLevel } from "web-ifc";
import { plainValueOf, refOf, refsOf } from "../../src/domain/ifc/ifc-values.ts";
import { IfcSchema } from "./ifc-schema.ts";
import { readIfcSource } from "./ifc-source.ts";
import { StepIndex } from "./step-index.ts";

const IFC = join(import.meta.dirname, "../../../shared/data/ifc");
const FILES = [
  "building/Office_A_20110811.ifc",
  "building/AC20-FZK-Haus.ifc",
  "cjk/ac16_sjis_ja.ifc",
  "cjk/revit2013_unicode_ja.ifc",
  "cjk/foum_zh_revit2013.ifc",
  "large/Schependomlaan_houten_kozijnen_9MB.ifc",
  "infra/UT-Earthworks-01.ifc",
  "pcert-ifc4/Infra-Bridge.ifc",
];
/** Texts of this file end their escapes with `\\X0`: web-ifc gives nothing for them. */
const CUT_ESCAPES = "cjk/foum_zh_revit2013.ifc";
const SAMPLES_OF_ENTITY = 40;

/** One attribute in a form that both readers share; logicals and enumerations as their letters. */
function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map((member) => plain(member) ?? "");
  if (refOf(value) !== null) return `#${refOf(value)}`;
  const inner = (value as { value?: unknown }).value;
  if (Array.isArray(inner)) return inner.map(plain);
  const known = plainValueOf(value);
  return known === true ? "T" : known === false ? "F" : known;
}

/** Null where web-ifc has no reader for the entity: it lacks some of IFC4X3. */
function lineOf(api: IfcAPI, model: number, id: number): Record<string, unknown> | null {
  try {
    return api.GetLine(model, id) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof TypeError && error.message.includes("is not a function")) return null;
    throw error;
  }
}

describe.runIf(existsSync(IFC))("statements against web-ifc", () => {
  it.each(FILES)("%s", async (path) => {
    const { step, schema } = readIfcSource(new Uint8Array(readFileSync(join(IFC, path))), path);
    const api = new IfcAPI();
    await api.Init(undefined, true);
    api.SetLogLevel(LogLevel.LOG_LEVEL_OFF);
    const model = api.OpenModel(step, { TAPE_SIZE: 4 << 20 });
    const index = new StepIndex(step);
    const names = new IfcSchema(schema);
    let compared = 0;
    for (const entity of index.entities) {
      const known = names.entity(entity);
      const statements = index.statementsOf(entity);
      const stride = Math.max(1, Math.floor(statements.length / SAMPLES_OF_ENTITY));
      for (let i = 0; known && i < statements.length; i += stride) {
        const id = index.ids[statements[i]!]!;
        const own = index.line(id, () => known);
        const theirs = lineOf(api, model, id);
        if (theirs === null) continue;
        for (const name of known.attributes) {
          const [a, b] = [plain(own?.[name]), plain(theirs[name])];
          // web-ifc makes a number or #0 of what is derived (*), and nothing of an unknown logical
          const isOdd =
            (a === null && (b === 0 || b === "#0" || b === "")) ||
            (a === "U" && b === null) ||
            (b === "" && path === CUT_ESCAPES);
          if (isOdd || JSON.stringify(a) === JSON.stringify(b)) continue;
          expect({ id, entity, name, value: a }).toEqual({ id, entity, name, value: b });
        }
        expect(refsOf(own?.RelatedObjects)).toEqual(refsOf(theirs.RelatedObjects));
        compared++;
      }
    }
    api.CloseModel(model);
    expect(compared).toBeGreaterThan(30);
  });
});
