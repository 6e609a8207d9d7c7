import type { Container } from "./container.ts";
import type { Finish } from "./finishes.ts";
import { Finishes } from "./finishes.ts";
import { globalIdOf } from "./global-id.ts";
import type { StoreyPlan, Vec2, Vec3 } from "./plan.ts";
import { ELEMENT_TAILS, type ElementClass } from "./product-classes.ts";
import { addProject, type Project } from "./project.ts";
import { type PropertyValues, Relations } from "./relations.ts";
import { type MappedShape, type Shape, Shapes } from "./shapes.ts";
import { type Arg, enumeration, type Ref, StepWriter } from "./step-writer.ts";

export interface Product extends Container {
  readonly globalId: string;
}

export interface ElementOptions {
  readonly class: ElementClass;
  readonly name: string;
  /** Where it is contained. */
  readonly in: Container;
  /** Relative to `partOf` if there is one, else to `in`. */
  readonly at: Vec3;
  /** Counter-clockwise about z, degrees. */
  readonly turnDeg?: number;
  readonly shape?: Shape | MappedShape;
  readonly objectType?: string;
  readonly predefined?: string;
  /** Class attributes in place of the usual ones. */
  readonly tail?: readonly Arg[];
  readonly material?: Finish;
  /** The whole that this is a part of, instead of direct containment. */
  readonly partOf?: Product;
  /** Contained in this room, though positioned in `in`. */
  readonly room?: Container;
  readonly type?: Ref;
  readonly system?: string;
  readonly sets?: Readonly<Record<string, PropertyValues>>;
}

export interface SpaceOptions {
  readonly number: string;
  readonly name: string;
  readonly from: Vec2;
  readonly to: Vec2;
  readonly height: number;
  readonly predefined?: "INTERNAL" | "EXTERNAL" | "PARKING";
}

const RADIANS = Math.PI / 180;

/** The IFC being written: project, storeys, elements, and the relations between them. */
export class BuildingModel {
  readonly step = new StepWriter();
  readonly finishes = new Finishes(this.step);
  readonly project: Project;
  readonly shapes: Shapes;
  readonly relations: Relations;
  readonly #counters = new Map<string, number>();
  readonly #types = new Map<string, Ref>();
  readonly #usedIds = new Set<string>();

  constructor() {
    this.project = addProject(this.step, (name) => this.globalId(name));
    this.shapes = new Shapes(this.step, this.finishes, this.project.bodyContext);
    this.relations = new Relations(this.step, (name) => this.globalId(name));
  }

  get site(): Container {
    return this.project.site;
  }

  storey(plan: StoreyPlan): Container {
    const storey = this.project.storeys.get(plan.code);
    if (!storey) throw new RangeError(`no storey ${plan.code}`);
    return storey;
  }

  globalId(name: string): string {
    const id = globalIdOf(name);
    if (this.#usedIds.has(id)) throw new RangeError(`GlobalId of "${name}" is taken`);
    this.#usedIds.add(id);
    return id;
  }

  placement(parent: Ref, at: Vec3, turnDeg = 0): Ref {
    const frame =
      turnDeg === 0
        ? this.shapes.frame(at)
        : this.shapes.frame(at, [0, 0, 1], [Math.cos(turnDeg * RADIANS), Math.sin(turnDeg * RADIANS), 0]);
    return this.step.add("IFCLOCALPLACEMENT", parent, frame);
  }

  element(options: ElementOptions): Product {
    const key = this.#nextKey(options.in.code, options.class);
    const globalId = this.globalId(key);
    const parent = options.partOf ?? options.in;
    const placement = this.placement(parent.placement, options.at, options.turnDeg);
    const tail = options.tail ?? this.#tail(options);
    const ref = this.step.add(
      options.class,
      globalId,
      null,
      options.name,
      null,
      options.objectType ?? null,
      placement,
      options.shape ? this.shapes.definition(options.shape) : null,
      key.replace("IFC", ""),
      ...tail,
    );
    this.#relate(ref, options);
    return { ref, placement, globalId, code: key };
  }

  /** An element that is nothing but its parts; it stands at the origin of `place`. */
  assembly(elementClass: ElementClass, name: string, place: Container, predefined?: string): Product {
    return this.element({ class: elementClass, name, in: place, at: [0, 0, 0], predefined });
  }

  /** The type of this name, written when first asked for. `tail` follows IfcElementType.ElementType. */
  type(
    typeClass: string,
    name: string,
    tail: readonly Arg[],
    sets: Readonly<Record<string, PropertyValues>> = {},
  ): Ref {
    const known = this.#types.get(name);
    if (known) return known;
    const written = Object.entries(sets).map(([set, values]) =>
      this.relations.propertySet(`type/${name}/${set}`, set, values),
    );
    const ref = this.step.add(
      typeClass,
      this.globalId(`type/${name}`),
      null,
      name,
      null,
      null,
      written.length > 0 ? written : null,
      null,
      null,
      name,
      ...tail,
    );
    this.#types.set(name, ref);
    return ref;
  }

  /** A room: a space of the storey with its box as body, net area and height as quantities. */
  space(place: Container, options: SpaceOptions): Container {
    const { number, name, from, to, height } = options;
    const globalId = this.globalId(`space/${number}`);
    const placement = this.placement(place.placement, [from[0], from[1], 0]);
    const size: readonly [number, number] = [to[0] - from[0], to[1] - from[1]];
    const body = this.shapes.box([0, 0, 0], [size[0], size[1], height], "glassClear");
    const shape = this.shapes.definition(this.shapes.solids(body));
    const ref = this.step.add(
      "IFCSPACE",
      globalId,
      null,
      `${number} ${name}`,
      null,
      name,
      placement,
      shape,
      name,
      enumeration("ELEMENT"),
      enumeration(options.predefined ?? "INTERNAL"),
      null,
    );
    this.relations.aggregate(place.ref, ref);
    const area = size[0] * size[1];
    this.relations.setQuantities(ref, `space/${number}`, "Qto_SpaceBaseQuantities", {
      NetFloorArea: ["AREA", area],
      NetPerimeter: ["LENGTH", 2 * (size[0] + size[1])],
      Height: ["LENGTH", height],
      NetVolume: ["VOLUME", area * height],
    });
    return { ref, placement, code: `R${number}` };
  }

  #tail(options: ElementOptions): readonly Arg[] {
    const usual: readonly Arg[] = ELEMENT_TAILS[options.class];
    return options.predefined ? [...usual.slice(0, -1), enumeration(options.predefined)] : usual;
  }

  #relate(ref: Ref, options: ElementOptions): void {
    if (options.partOf) this.relations.aggregate(options.partOf.ref, ref);
    else this.relations.contain((options.room ?? options.in).ref, ref);
    if (options.material) this.relations.associateMaterial(this.finishes.material(options.material), ref);
    if (options.type) this.relations.defineByType(options.type, ref);
    if (options.system) this.relations.assignToSystem(options.system, ref);
    for (const [name, values] of Object.entries(options.sets ?? {}))
      this.relations.setProperties(ref, name, values);
  }

  #nextKey(place: string, what: string): string {
    const count = (this.#counters.get(`${place}/${what}`) ?? 0) + 1;
    this.#counters.set(`${place}/${what}`, count);
    return `${place}-${what}-${String(count).padStart(4, "0")}`;
  }
}
