import { describe, expect, it } from "vitest";
import { StepLines } from "./step-lines.ts";

const read = (...lines: string[]) =>
  new StepLines(
    new TextEncoder().encode(["ISO-10303-21;", "DATA;", ...lines, "ENDSEC;", "END-ISO-10303-21;"].join("\n")),
    (text) => `decoded(${text})`,
  );

describe("StepLines", () => {
  it("reads texts, numbers, enumerations, units and nothing", () => {
    const lines = read(
      "#1=IFCPROPERTYSINGLEVALUE('Reference',$,IFCLABEL('it''s; #9=X'),$);",
      "#2 = IFCPROPERTYSINGLEVALUE ( 'Width' , $ , IFCLENGTHMEASURE ( -2.5E-1 ) , #77 ) ;",
      "#3=IFCPROPERTYSINGLEVALUE('External',$,IFCBOOLEAN(.T.),$);",
      "/* #4=IFCPROPERTYSINGLEVALUE('no',$,$,$); */ #5=IFCPROPERTYSINGLEVALUE('Empty',$,$,$);",
      "#6=IFCQUANTITYAREA('Area','text',#8,12,$);",
      "#7=IFCPROPERTYSINGLEVALUE('防火',$,IFCTEXT('\\X2\\4E00\\X0\\'),$);",
    );
    expect(lines.property(1)).toEqual({
      name: "Reference",
      value: { value: "it's; #9=X", type: 1, name: "IFCLABEL" },
      unit: null,
      measure: "",
    });
    expect(lines.property(2)).toMatchObject({ value: { value: -0.25, name: "IFCLENGTHMEASURE" }, unit: 77 });
    expect(lines.property(3)).toMatchObject({ value: { value: "T", type: 3, name: "IFCBOOLEAN" } });
    expect(lines.property(4)).toBeNull();
    expect(lines.property(5)).toMatchObject({ name: "Empty", value: null });
    expect(lines.property(6)).toMatchObject({
      value: { value: 12, type: 4 },
      unit: 8,
      measure: "IFCAREAMEASURE",
    });
    expect(lines.property(7)).toMatchObject({ name: "防火", value: { value: "decoded(\\X2\\4E00\\X0\\)" } });
    expect(lines.property(9)).toBeNull();
  });

  it("leaves everything else to the parser", () => {
    const lines = read(
      "#1=IFCPROPERTYENUMERATEDVALUE('Status',$,(IFCLABEL('NEW')),$);",
      "#2=IFCPROPERTYSINGLEVALUE('Odd',$,IFCLIST((1,2)),$);",
      "#3=IFCWALL('x');",
      "#4=IFCPROPERTYSINGLEVALUE('cut',$,IFCLABEL('never ends",
    );
    for (const id of [1, 2, 3, 4]) expect(lines.property(id)).toBeNull();
  });
});
