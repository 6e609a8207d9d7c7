/** A building of statues: many IfcTriangulatedFaceSets of very many triangles, as scans and machine models bring them. */

interface Heavy {
  /** Shapes of their own. */
  readonly shapes: number;
  /** Elements of each shape, through mapped items. */
  readonly copies: number;
  /** About so many triangles a shape. */
  readonly triangles: number;
}

const GAP_M = 3;

/** Yields the file in pieces: as one string it would be too long. */
export function* heavyIfc({ shapes, copies, triangles }: Heavy): Generator<string> {
  let last = 30;
  const id = () => ++last;
  yield HEAD;
  const elements: number[] = [];
  for (let shape = 0; shape < shapes; shape++) {
    const [points, faces, representation, map] = [id(), id(), id(), id()];
    yield* bust(points, faces, shape, triangles);
    yield `#${representation}=IFCSHAPEREPRESENTATION(#11,'Body','Tessellation',(#${faces}));\n`;
    yield `#${map}=IFCREPRESENTATIONMAP(#3,#${representation});\n`;
    for (let copy = 0; copy < copies; copy++) {
      const [target, item, body, product, point, axes, place, element] = Array.from(
        { length: 8 },
        id,
      ) as number[];
      elements.push(element!);
      yield `#${target}=IFCCARTESIANTRANSFORMATIONOPERATOR3D($,$,#2,1.,$);\n`;
      yield `#${item}=IFCMAPPEDITEM(#${map},#${target});\n`;
      yield `#${body}=IFCSHAPEREPRESENTATION(#11,'Body','MappedRepresentation',(#${item}));\n`;
      yield `#${product}=IFCPRODUCTDEFINITIONSHAPE($,$,(#${body}));\n`;
      yield `#${point}=IFCCARTESIANPOINT((${(copy * GAP_M).toFixed(1)},${(shape * GAP_M).toFixed(1)},0.));\n`;
      yield `#${axes}=IFCAXIS2PLACEMENT3D(#${point},$,$);\n`;
      yield `#${place}=IFCLOCALPLACEMENT(#12,#${axes});\n`;
      yield `#${element}=IFCBUILDINGELEMENTPROXY('${guid(element!)}',$,'像 ${shape + 1}-${copy + 1}',$,$,#${place},#${product},$,$);\n`;
    }
  }
  yield `#${id()}=IFCRELCONTAINEDINSPATIALSTRUCTURE('${guid(last)}',$,$,$,(${elements.map((one) => `#${one}`).join(",")}),#15);\n`;
  yield "ENDSEC;\nEND-ISO-10303-21;\n";
}

const HEAD = `ISO-10303-21;
HEADER;
FILE_DESCRIPTION((''),'2;1');
FILE_NAME('heavy.ifc','2026-01-01T00:00:00',(''),(''),'','','');
FILE_SCHEMA(('IFC4'));
ENDSEC;
DATA;
#2=IFCCARTESIANPOINT((0.,0.,0.));
#3=IFCAXIS2PLACEMENT3D(#2,$,$);
#4=IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.);
#5=IFCUNITASSIGNMENT((#4));
#10=IFCGEOMETRICREPRESENTATIONCONTEXT($,'Model',3,1.E-5,#3,$);
#11=IFCGEOMETRICREPRESENTATIONSUBCONTEXT('Body','Model',*,*,*,*,#10,$,.MODEL_VIEW.,$);
#12=IFCLOCALPLACEMENT($,#3);
#13=IFCPROJECT('0YvctVUKr0kugbFTf53O9L',$,'像群',$,$,$,$,(#10),#5);
#14=IFCSITE('1YvctVUKr0kugbFTf53O9L',$,'场地',$,$,#12,$,$,.ELEMENT.,(41,47,56),(123,25,55),0.,$,$);
#15=IFCBUILDINGSTOREY('2YvctVUKr0kugbFTf53O9L',$,'一层',$,$,#12,$,$,.ELEMENT.,0.);
#16=IFCRELAGGREGATES('3YvctVUKr0kugbFTf53O9L',$,$,$,#13,(#14));
#17=IFCRELAGGREGATES('4YvctVUKr0kugbFTf53O9L',$,$,$,#14,(#15));
`;

function guid(id: number): string {
  return `5${id.toString(36).toUpperCase().padStart(21, "0")}`;
}

/** A ball with folds that differ from shape to shape. */
function* bust(points: number, faces: number, shape: number, triangles: number): Generator<string> {
  const n = Math.ceil(Math.sqrt(triangles / 2));
  const rows: string[] = [];
  for (let v = 0; v <= n; v++)
    for (let u = 0; u < n; u++) {
      const [a, b] = [(u / n) * 2 * Math.PI, (v / n) * Math.PI];
      const r = 1 + 0.12 * Math.sin(a * (3 + (shape % 5))) * Math.sin(b * (5 + (shape % 7))) ** 2;
      const x = r * Math.sin(b) * Math.cos(a);
      const y = r * Math.sin(b) * Math.sin(a);
      rows.push(`(${x.toFixed(4)},${y.toFixed(4)},${(1.2 + r * Math.cos(b)).toFixed(4)})`);
    }
  yield `#${points}=IFCCARTESIANPOINTLIST3D((${rows.join(",")}));\n`;
  const triples: string[] = [];
  for (let v = 0; v < n; v++)
    for (let u = 0; u < n; u++) {
      const at = (i: number, k: number) => 1 + k * n + (i % n);
      const [p, q, r, s] = [at(u, v), at(u, v + 1), at(u + 1, v + 1), at(u + 1, v)];
      triples.push(`(${p},${q},${r})`, `(${p},${r},${s})`);
    }
  yield `#${faces}=IFCTRIANGULATEDFACESET(#${points},$,.T.,(${triples.join(",")}),$);\n`;
}
