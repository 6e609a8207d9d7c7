import { describe, expect, it } from "vitest";
import { type EntitySchema, readStepLine } from "./step-line.ts";
import { scanStatements } from "./step-scan.ts";
import { decodeStepText } from "./step-text.ts";

const encode = (text: string) => new TextEncoder().encode(text);

const SINGLE: EntitySchema = {
  name: "IfcPropertySingleValue",
  attributes: ["Name", "Description", "NominalValue", "Unit"],
};
const read = (text: string, schema: EntitySchema | null = SINGLE) =>
  readStepLine(encode(text), 0, () => schema);

describe("readStepLine", () => {
  it("reads texts, numbers, enumerations, references and nothing", () => {
    expect(read("#1=IFCPROPERTYSINGLEVALUE('Reference',$,IFCLABEL('it''s; #9=X'),$);")).toEqual({
      expressID: 1,
      entity: "IFCPROPERTYSINGLEVALUE",
      Name: { value: "Reference", type: 1 },
      Description: null,
      NominalValue: { value: "it's; #9=X", type: 1, name: "IFCLABEL" },
      Unit: null,
    });
    expect(
      read("#2 = ifcPropertySingleValue ( 'W' , * , IFCLENGTHMEASURE ( -2.5E-1 ) , #77 ) ;"),
    ).toMatchObject({
      entity: "IFCPROPERTYSINGLEVALUE",
      NominalValue: { value: -0.25, type: 4, name: "IFCLENGTHMEASURE" },
      Unit: { value: 77, type: 5 },
    });
    expect(read("#3=X('防火',$,IFCBOOLEAN(.T.),$);")).toMatchObject({
      Name: { value: "防火" },
      NominalValue: { value: "T", type: 3, name: "IFCBOOLEAN" },
    });
  });

  it("reads lists, also inside a measure, and missing attributes as null", () => {
    const line = read("#4=X((1.,(2,3)),(),IFCCOMPOUNDPLANEANGLEMEASURE((41,48,0)));");
    expect(line).toMatchObject({
      Name: [{ value: 1 }, [{ value: 2 }, { value: 3 }]],
      Description: [],
      NominalValue: {
        name: "IFCCOMPOUNDPLANEANGLEMEASURE",
        value: [{ value: 41 }, { value: 48 }, { value: 0 }],
      },
      Unit: null,
    });
  });

  it("adds the measure that the schema gives", () => {
    const schema = { name: "A", attributes: ["Depth"], measures: { Depth: "IFCLENGTHMEASURE" } };
    expect(read("#5=A(50.);", schema)).toMatchObject({ Depth: { value: 50, name: "IFCLENGTHMEASURE" } });
  });

  it("gives null for what is broken, and no attributes where no schema is known", () => {
    expect(read("#6=X('cut',$,IFCLABEL('never ends")).toBeNull();
    expect(read("#7=X('a',?,$);")).toBeNull();
    expect(read(`#8=X(${"(".repeat(1e5)}`)).toBeNull();
    expect(read("#9=UNKNOWN(1);", null)).toEqual({ expressID: 9, entity: "UNKNOWN" });
  });
});

describe("decodeStepText", () => {
  it.each([
    ["plain", "plain"],
    ["it''s", "it's"],
    ["\\X2\\4E8C7EA7\\X0\\ 级", "二级 级"],
    ["\\X4\\0001F3E0\\X0\\", "🏠"],
    ["\\X\\E9t\\X\\E9", "été"],
    ["\\S\\|", "ü"],
    ["\\PA\\a\\\\b", "a\\b"],
    ["broken \\X2\\4E", "broken \\X2\\4E"],
    ["two\r\nlines", "twolines"],
  ])("%s", (raw, text) => {
    expect(decodeStepText(encode(raw))).toBe(text);
  });
});

describe("scanStatements", () => {
  const scan = (text: string, offset = 0) => {
    const padded = encode(" ".repeat(offset) + text);
    const bytes = padded.subarray(offset);
    const { count, ids, starts, nameHashes } = scanStatements(bytes);
    const statements = Array.from({ length: count }, (_, i) =>
      new TextDecoder().decode(bytes.subarray(starts[i]!, starts[i + 1]!)).trim(),
    );
    return { ids: [...ids.subarray(0, count)], statements, hashes: nameHashes.subarray(0, count) };
  };
  const TEXT =
    "ISO-10303-21;\nDATA;\n/* #4=NO(); */ #10 = WALL('a;b''#3=X();',$) ;\n#2=WALL(#10);\r\nENDSEC;";

  it.each([0, 1, 2, 3])("finds statements at any alignment (%i)", (offset) => {
    const { ids, statements, hashes } = scan(TEXT, offset);
    expect(ids).toEqual([0, 0, 10, 2, 0]);
    expect(statements[2]).toBe("#10 = WALL('a;b''#3=X();',$) ;");
    expect(hashes[2]).toBe(hashes[3]);
    expect(hashes[2]).not.toBe(hashes[4]);
  });

  it("leaves out a last statement without an end", () => {
    expect(scan("#1=A();#2=B('never ends);").ids).toEqual([1]);
    expect(scan("").ids).toEqual([]);
    expect(scan("/* nothing").ids).toEqual([]);
  });

  it("keeps count of more statements than it expected", () => {
    expect(scan("#1=A;".repeat(5000)).ids).toHaveLength(5000);
  });
});
