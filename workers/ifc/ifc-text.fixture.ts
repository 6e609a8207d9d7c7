/** Test support: builds small IFC files line by line. */

export type Vec3 = readonly [number, number, number];

export interface TextOptions {
  readonly schema?: string;
  /** LENGTHUNIT prefix, `.MILLI.` or `$`. */
  readonly prefix?: string;
  readonly trueNorth?: readonly [number, number];
  /** Attributes of IfcSite after ObjectPlacement's place: `(41,0,0),(123,0,0),12.`. */
  readonly siteReference?: string;
  readonly sitePlacement?: Vec3;
}

function real(value: number): string {
  const text = String(value);
  return /[.e]/i.test(text) ? text.replace("e", "E") : `${text}.`;
}

function triple(values: readonly number[]): string {
  return `(${values.map(real).join(",")})`;
}

/** An IFC with project, site, building and one storey; `add` appends lines and answers their ids. */
export class IfcText {
  readonly #lines: string[] = [];
  readonly #schema: string;
  readonly context: number;
  readonly project: number;
  readonly site: number;
  readonly building: number;
  readonly storey: number;
  #guids = 0;

  constructor(options: TextOptions = {}) {
    const {
      schema = "IFC4",
      prefix = "$",
      trueNorth,
      siteReference = "$,$,$",
      sitePlacement = [0, 0, 0],
    } = options;
    this.#schema = schema;
    const length = this.add(`IFCSIUNIT(*,.LENGTHUNIT.,${prefix},.METRE.)`);
    const area = this.add("IFCSIUNIT(*,.AREAUNIT.,$,.SQUARE_METRE.)");
    const units = this.add(`IFCUNITASSIGNMENT((#${length},#${area}))`);
    const north = trueNorth ? `#${this.add(`IFCDIRECTION(${triple(trueNorth)})`)}` : "$";
    this.context = this.add(
      `IFCGEOMETRICREPRESENTATIONCONTEXT($,'Model',3,1.E-5,#${this.axes([0, 0, 0])},${north})`,
    );
    this.project = this.add(`IFCPROJECT('${this.guid()}',$,'试验工程',$,$,$,$,(#${this.context}),#${units})`);
    const place = this.add(`IFCLOCALPLACEMENT($,#${this.axes(sitePlacement)})`);
    this.site = this.add(
      `IFCSITE('${this.guid()}',$,'Site',$,$,#${place},$,$,.ELEMENT.,${siteReference},$,$)`,
    );
    this.building = this.add(`IFCBUILDING('${this.guid()}',$,'Building',$,$,$,$,$,.ELEMENT.,$,$,$)`);
    this.storey = this.addStorey("一层", 0);
    this.relate("IFCRELAGGREGATES", this.project, [this.site]);
    this.relate("IFCRELAGGREGATES", this.site, [this.building]);
    this.relate("IFCRELAGGREGATES", this.building, [this.storey]);
  }

  guid(): string {
    return String(++this.#guids).padStart(22, "0");
  }

  /** Id of the line that was added last plus one. */
  get nextId(): number {
    return this.#lines.length + 1;
  }

  add(entity: string): number {
    const id = this.nextId;
    this.#lines.push(`#${id}=${entity};`);
    return id;
  }

  axes(location: Vec3, refDirection: Vec3 = [1, 0, 0]): number {
    const point = this.add(`IFCCARTESIANPOINT(${triple(location)})`);
    const z = this.add("IFCDIRECTION((0.,0.,1.))");
    const x = this.add(`IFCDIRECTION(${triple(refDirection)})`);
    return this.add(`IFCAXIS2PLACEMENT3D(#${point},#${z},#${x})`);
  }

  addStorey(name: string, elevation: number): number {
    return this.add(`IFCBUILDINGSTOREY('${this.guid()}',$,'${name}',$,$,$,$,$,.ELEMENT.,${real(elevation)})`);
  }

  relate(entity: string, relating: number, related: readonly number[]): number {
    const targets = `(${related.map((id) => `#${id}`).join(",")})`;
    const containment = entity === "IFCRELCONTAINEDINSPATIALSTRUCTURE";
    const order = containment || entity.startsWith("IFCRELDEFINES") || entity.startsWith("IFCRELASSOCIATES");
    const ends = order ? `${targets},#${relating}` : `#${relating},${targets}`;
    return this.add(`${entity}('${this.guid()}',$,$,$,${ends})`);
  }

  /** Shape of a tetrahedron with its right corner at the origin, legs of the given length along the axes. */
  tetrahedron(leg: number): number {
    const points = [
      [0, 0, 0],
      [leg, 0, 0],
      [0, leg, 0],
      [0, 0, leg],
    ]
      .map(triple)
      .join(",");
    const list = this.add(`IFCCARTESIANPOINTLIST3D((${points}))`);
    const faces = this.add(`IFCTRIANGULATEDFACESET(#${list},$,.T.,((1,3,2),(1,2,4),(1,4,3),(2,3,4)),$)`);
    return this.shape("Tessellation", faces);
  }

  shape(kind: string, item: number): number {
    const representation = this.add(`IFCSHAPEREPRESENTATION(#${this.context},'Body','${kind}',(#${item}))`);
    return this.add(`IFCPRODUCTDEFINITIONSHAPE($,$,(#${representation}))`);
  }

  element(
    name: string,
    location: Vec3,
    shape: number | null,
    entity = "IFCBUILDINGELEMENTPROXY",
    guid = this.guid(),
  ): number {
    const place = this.add(`IFCLOCALPLACEMENT($,#${this.axes(location)})`);
    const shaped = shape === null ? "$" : `#${shape}`;
    return this.add(`${entity}('${guid}',$,'${name}',$,$,#${place},${shaped},$,$)`);
  }

  mapConversion(crs: string, values: string, unit = "$"): void {
    const target = this.add(`IFCPROJECTEDCRS('${crs}',$,$,$,$,$,${unit})`);
    this.add(`IFCMAPCONVERSION(#${this.context},#${target},${values})`);
  }

  toString(): string {
    return [
      "ISO-10303-21;",
      "HEADER;",
      "FILE_DESCRIPTION((''),'2;1');",
      "FILE_NAME('','',(''),(''),'','','');",
      `FILE_SCHEMA(('${this.#schema}'));`,
      "ENDSEC;",
      "DATA;",
      ...this.#lines,
      "ENDSEC;",
      "END-ISO-10303-21;",
      "",
    ].join("\n");
  }

  toBytes(): Uint8Array {
    return new TextEncoder().encode(this.toString());
  }
}
