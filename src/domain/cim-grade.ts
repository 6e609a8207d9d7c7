import type { Layer } from "./layer.ts";
import type { ModelEntry } from "./model.ts";
import type { LocalText } from "./provenance.ts";

/** CIM1 to CIM7 of CJJ/T 315-2022; names are those of the standard, scales from memory (DOMAIN facts). */
export interface CimGrade {
  readonly grade: number;
  readonly name: LocalText;
  readonly about: LocalText;
}

export const CIM_GRADES: readonly CimGrade[] = [
  {
    grade: 1,
    name: { zh: "地表模型", en: "Surface model" },
    about: { zh: "粗于 1:10000，地形与影像", en: "Coarser than 1:10 000: terrain and imagery" },
  },
  {
    grade: 2,
    name: { zh: "框架模型", en: "Framework model" },
    about: { zh: "1:5000 至 1:10000，界线与要素", en: "1:5 000 to 1:10 000: borders and features" },
  },
  {
    grade: 3,
    name: { zh: "标准模型", en: "Standard model" },
    about: { zh: "1:1000 至 1:2000，建筑体块", en: "1:1 000 to 1:2 000: building masses" },
  },
  {
    grade: 4,
    name: { zh: "精细模型", en: "Detailed model" },
    about: { zh: "1:500 或更细，外观细节", en: "1:500 or better: details of the outside" },
  },
  {
    grade: 5,
    name: { zh: "功能级模型", en: "Functional model" },
    about: { zh: "楼层与空间", en: "Storeys and spaces" },
  },
  {
    grade: 6,
    name: { zh: "构件级模型", en: "Component model" },
    about: { zh: "墙、板、柱、门窗等构件", en: "Walls, slabs, columns, doors and windows" },
  },
  {
    grade: 7,
    name: { zh: "零件级模型", en: "Part model" },
    about: { zh: "紧固件、配件等零件", en: "Fasteners, fittings and other parts" },
  },
];

/** What of a grade is there, and why no more. */
export interface GradeEvidence {
  readonly grade: number;
  readonly reason: LocalText;
}

const PART =
  /^Ifc(MechanicalFastener|Fastener|DiscreteAccessory|ReinforcingBar|Tendon|PipeFitting|DuctFitting)/;

/** The grade that an IFC model's content reaches. */
export function gradeOfModel({ counts, storeys }: Pick<ModelEntry, "counts" | "storeys">): GradeEvidence {
  const classes = Object.keys(counts.byClass);
  const parts = classes.filter((name) => PART.test(name)).length;
  if (parts >= 2 && counts.elements > 200)
    return {
      grade: 7,
      reason: { zh: "含紧固件、管件等零件", en: "it holds fasteners, fittings and other parts" },
    };
  if (classes.length >= 3 && counts.elements > 20)
    return { grade: 6, reason: { zh: "构件分类齐全，没有零件", en: "components by class, no parts" } };
  if (storeys.length > 0)
    return { grade: 5, reason: { zh: "有楼层，构件很少", en: "storeys, but few components" } };
  return { grade: 4, reason: { zh: "没有楼层与空间", en: "no storeys or spaces" } };
}

/** The grade that a layer's content reaches; null where nothing can be said of it, as of somebody's tiles. */
export function gradeOfContent(layer: Layer): GradeEvidence | null {
  if (layer.status !== "ready") return null;
  switch (layer.kind) {
    case "city":
      return {
        grade: 3,
        reason: { zh: "建筑为带高度与用途的体块", en: "buildings are masses with height and use" },
      };
    case "base":
      return { grade: 2, reason: { zh: "矢量界线与道路", en: "vector borders and roads" } };
    case "map":
      return layer.map?.service === "mvt"
        ? { grade: 2, reason: { zh: "矢量瓦片：平面要素", en: "vector tiles: flat features" } }
        : { grade: 1, reason: { zh: "影像或地图图片，没有对象", en: "pictures of a map, without objects" } };
    case "data":
      if (layer.data?.format === "CityJSON" || layer.data?.format === "CityGML")
        return { grade: 3, reason: { zh: "建筑模型", en: "building models" } };
      return { grade: 2, reason: { zh: "平面要素，没有三维实体", en: "flat features, no solids" } };
    default:
      return null;
  }
}

/** A layer that claims more than its content has; null where it does not, or claims nothing. */
export function gradeShortfall(
  layer: Layer,
): { readonly claimed: number; readonly reached: GradeEvidence } | null {
  const claimed = layer.map?.grade;
  const reached = claimed === undefined ? null : gradeOfContent(layer);
  return claimed !== undefined && reached && claimed > reached.grade ? { claimed, reached } : null;
}

/** Who is loaded and in view, by grade; index 0 is CIM1. `isNear` says whether a model is in view. */
export function gradesInView(
  layers: readonly Layer[],
  models: readonly ModelEntry[],
  isNear: (model: ModelEntry) => boolean,
): readonly (readonly LocalText[])[] {
  const found: LocalText[][] = CIM_GRADES.map(() => []);
  found[0]!.push({ zh: "地表与底图", en: "Ground and base map" });
  for (const layer of layers) {
    const reached = layer.visible ? gradeOfContent(layer) : null;
    if (reached) found[reached.grade - 1]!.push(layer.title);
  }
  for (const model of models)
    if (model.visible && model.placement === "placed" && isNear(model))
      found[gradeOfModel(model).grade - 1]!.push({ zh: model.name, en: model.name });
  return found;
}
