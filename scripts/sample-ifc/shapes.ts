import type { Finish, Finishes } from "./finishes.ts";
import type { Vec2, Vec3 } from "./plan.ts";
import { enumeration, int, type Ref, type StepWriter } from "./step-writer.ts";

/** Solids of one product or of one repeated thing, already coloured. */
export interface Shape {
  readonly items: readonly Ref[];
  readonly kind: "SweptSolid" | "Tessellation";
}

/** A shape to be used many times through IfcMappedItem. */
export interface MappedShape {
  readonly map: Ref;
}

const AREA = enumeration("AREA");
const X: Vec3 = [1, 0, 0];
const Y: Vec3 = [0, 1, 0];
const Z: Vec3 = [0, 0, 1];

/** Builds representation items in the product's own frame, metres. */
export class Shapes {
  readonly #step: StepWriter;
  readonly #finishes: Finishes;
  readonly #body: Ref;
  readonly #maps = new Map<string, MappedShape>();

  constructor(step: StepWriter, finishes: Finishes, bodyContext: Ref) {
    this.#step = step;
    this.#finishes = finishes;
    this.#body = bodyContext;
  }

  point(at: Vec3): Ref {
    return this.#step.share("IFCCARTESIANPOINT", at as readonly number[]);
  }

  direction(towards: Vec3): Ref {
    return this.#step.share("IFCDIRECTION", towards as readonly number[]);
  }

  frame(at: Vec3, axis?: Vec3, xAxis?: Vec3): Ref {
    const turned = axis && xAxis;
    return this.#step.share(
      "IFCAXIS2PLACEMENT3D",
      this.point(at),
      turned ? this.direction(axis) : null,
      turned ? this.direction(xAxis) : null,
    );
  }

  /** A box between two corners. */
  box(from: Vec3, to: Vec3, finish: Finish): Ref {
    const size = [to[0] - from[0], to[1] - from[1], to[2] - from[2]] as const;
    const centre = this.frame([from[0] + size[0] / 2, from[1] + size[1] / 2, from[2]]);
    const profile = this.#step.share("IFCRECTANGLEPROFILEDEF", AREA, null, this.#origin2(), size[0], size[1]);
    return this.#solid(profile, centre, size[2], finish);
  }

  /** A horizontal outline extruded upwards from `z`, with holes. */
  slab(
    outline: readonly Vec2[],
    holes: readonly (readonly Vec2[])[],
    z: number,
    height: number,
    finish: Finish,
  ): Ref {
    return this.#solid(this.#profile(outline, holes), this.frame([0, 0, z]), height, finish);
  }

  /** An upright outline in (along x, up) extruded across y from -thickness / 2 to +thickness / 2: walls, stairs. */
  upright(
    outline: readonly Vec2[],
    holes: readonly (readonly Vec2[])[],
    thickness: number,
    finish: Finish,
  ): Ref {
    const frame = this.frame([0, thickness / 2, 0], [0, -1, 0], X);
    return this.#solid(this.#profile(outline, holes), frame, thickness, finish);
  }

  cylinder(at: Vec3, radius: number, length: number, finish: Finish, along: "x" | "y" | "z" = "z"): Ref {
    const profile = this.#step.share("IFCCIRCLEPROFILEDEF", AREA, null, this.#origin2(), radius);
    const frame =
      along === "z" ? this.frame(at) : this.frame(at, along === "x" ? X : Y, along === "x" ? Y : Z);
    return this.#solid(profile, frame, length, finish);
  }

  /** A closed mesh: corners, and triangles as corner numbers from 0. */
  mesh(corners: readonly Vec3[], triangles: readonly Vec3[], finish: Finish): Ref {
    const list = this.#step.add("IFCCARTESIANPOINTLIST3D", corners as readonly (readonly number[])[]);
    const index = triangles.map((corner) => corner.map((i) => int(i + 1)));
    return this.#coloured(this.#step.add("IFCTRIANGULATEDFACESET", list, null, true, index, null), finish);
  }

  solids(...items: readonly Ref[]): Shape {
    return { items, kind: "SweptSolid" };
  }

  tessellation(...items: readonly Ref[]): Shape {
    return { items, kind: "Tessellation" };
  }

  /** The repeated shape of this name, built when first asked for. */
  mapped(name: string, build: () => Shape): MappedShape {
    const known = this.#maps.get(name);
    if (known) return known;
    const map = this.#step.add("IFCREPRESENTATIONMAP", this.frame([0, 0, 0]), this.#representation(build()));
    const shape = { map };
    this.#maps.set(name, shape);
    return shape;
  }

  /** IfcProductDefinitionShape of one product. */
  definition(shape: Shape | MappedShape): Ref {
    const representation = "map" in shape ? this.#mappedRepresentation(shape) : this.#representation(shape);
    return this.#step.add("IFCPRODUCTDEFINITIONSHAPE", null, null, [representation]);
  }

  #mappedRepresentation(shape: MappedShape): Ref {
    const target = this.#step.share(
      "IFCCARTESIANTRANSFORMATIONOPERATOR3D",
      null,
      null,
      this.point([0, 0, 0]),
      null,
      null,
    );
    const item = this.#step.add("IFCMAPPEDITEM", shape.map, target);
    return this.#step.add("IFCSHAPEREPRESENTATION", this.#body, "Body", "MappedRepresentation", [item]);
  }

  #representation(shape: Shape): Ref {
    return this.#step.add("IFCSHAPEREPRESENTATION", this.#body, "Body", shape.kind, shape.items);
  }

  #origin2(): Ref {
    return this.#step.share("IFCAXIS2PLACEMENT2D", this.#step.share("IFCCARTESIANPOINT", [0, 0]), null);
  }

  #solid(profile: Ref, frame: Ref, depth: number, finish: Finish): Ref {
    return this.#coloured(
      this.#step.add("IFCEXTRUDEDAREASOLID", profile, frame, this.direction(Z), depth),
      finish,
    );
  }

  #coloured(item: Ref, finish: Finish): Ref {
    this.#step.add("IFCSTYLEDITEM", item, [this.#finishes.style(finish)], null);
    return item;
  }

  #profile(outline: readonly Vec2[], holes: readonly (readonly Vec2[])[]): Ref {
    const curves = [outline, ...holes].map((ring) => this.#polyline(ring));
    const [outer, ...inner] = curves as [Ref, ...Ref[]];
    return inner.length === 0
      ? this.#step.add("IFCARBITRARYCLOSEDPROFILEDEF", AREA, null, outer)
      : this.#step.add("IFCARBITRARYPROFILEDEFWITHVOIDS", AREA, null, outer, inner);
  }

  #polyline(ring: readonly Vec2[]): Ref {
    const points = ring.map((at) => this.#step.share("IFCCARTESIANPOINT", at as readonly number[]));
    return this.#step.add("IFCPOLYLINE", [...points, points[0] as Ref]);
  }
}

/** Corners of a rectangle, counter-clockwise. */
export function rectangle(x0: number, y0: number, x1: number, y1: number): Vec2[] {
  return [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
}
