/** Names of rooms by storey number and band; the widths are equal shares of the band. Bands: see rooms.ts. */
export interface StoreyProgram {
  readonly southWest: readonly string[];
  readonly southEast: readonly string[];
  readonly northWest: readonly string[];
  readonly northMiddle: readonly string[];
  readonly northEast: readonly string[];
  /** Podium only: rooms in front of the gallery. */
  readonly frontWest?: readonly string[];
  readonly frontEast?: readonly string[];
}

const PODIUM: readonly StoreyProgram[] = [
  {
    southWest: ["咨询导办室", "帮办代办室", "母婴室"],
    southEast: ["警务室", "医务室", "志愿者服务站"],
    northWest: ["24小时自助服务区", "档案室", "配电间"],
    northMiddle: ["消防控制室", "安防监控室", "弱电间"],
    northEast: ["收发室", "物业办公室", "燃气表间"],
  },
  {
    southWest: ["不动产登记专区", "税务专区"],
    southEast: ["社保医保专区", "企业开办专区"],
    northWest: ["后台审批室", "资料室", "配电间"],
    northMiddle: ["会议室", "洽谈室", "弱电间"],
    northEast: ["后台审批室", "打印室", "空调机房"],
    frontWest: ["综合受理室", "公积金专区", "人才服务专区"],
    frontEast: ["项目审批专区", "公用事业专区", "中介服务室"],
  },
  {
    southWest: ["员工餐厅", "包间"],
    southEast: ["出入境专区", "车驾管专区"],
    northWest: ["厨房", "备餐间", "冷库"],
    northMiddle: ["会议室", "贵宾接待室", "弱电间"],
    northEast: ["后台审批室", "配电间", "空调机房"],
    frontWest: ["培训教室", "阅览室", "展厅"],
    frontEast: ["公共资源开标室", "评标室", "专家休息室"],
  },
];

const FOURTH: StoreyProgram = {
  southWest: ["城市运行指挥大厅"],
  southEast: ["会商室", "值班室"],
  northWest: ["数据机房", "UPS 间"],
  northMiddle: ["大数据分析室", "新闻发布室", "弱电间"],
  northEast: ["通信机房", "配电间"],
};

const BUREAUX: readonly string[] = [
  "行政审批局",
  "营商环境建设局",
  "大数据管理局",
  "12345 热线中心",
  "城市管理局",
  "应急管理局",
  "住建局窗口",
  "综合办公室",
];

const TWELFTH: StoreyProgram = {
  southWest: ["多功能厅", "贵宾室"],
  southEast: ["中心会议室", "主任办公室"],
  northWest: [],
  northMiddle: ["茶水厨房", "机要室", "弱电间"],
  northEast: [],
};

export function programOf(storeyNumber: number): StoreyProgram {
  const podium = PODIUM[storeyNumber - 1];
  if (podium) return podium;
  if (storeyNumber === 4) return FOURTH;
  if (storeyNumber === 12) return TWELFTH;
  const bureau = BUREAUX[(storeyNumber - 5) % BUREAUX.length] as string;
  const hasWings = storeyNumber <= 8;
  return {
    southWest: hasWings ? [`${bureau}办公室`, "会议室", "开放办公区"] : [`${bureau}办公室`, "会议室"],
    southEast: hasWings ? ["开放办公区", "洽谈室", "办公室"] : ["开放办公区", "办公室"],
    northWest: hasWings ? ["办公室", "资料室", "配电间"] : [],
    northMiddle: ["会议室", "办公室", "弱电间"],
    northEast: hasWings ? ["办公室", "打印室", "空调机房"] : [],
  };
}

export interface BasementRoom {
  readonly name: string;
  /** West, south, east, north. */
  readonly box: readonly [number, number, number, number];
}

export const BASEMENT_ROOMS: readonly BasementRoom[] = [
  { name: "燃气锅炉房", box: [-43.5, 14, -30, 31.5] },
  { name: "燃气调压间", box: [-30, 14, -22, 31.5] },
  { name: "制冷机房", box: [22, 14, 43.5, 31.5] },
  { name: "消防水泵房", box: [22, 0, 34, 11] },
  { name: "生活水泵房", box: [34, 0, 43.5, 11] },
  { name: "变配电室", box: [-43.5, 0, -26, 11] },
  { name: "柴油发电机房", box: [-26, 0, -18, 11] },
  { name: "地下车库", box: [-43, -31, 43, -3] },
];

export type RoomKind =
  | "office"
  | "meeting"
  | "plant"
  | "electric"
  | "kitchen"
  | "hall"
  | "parking"
  | "gas"
  | "store";

export function roomKind(name: string): RoomKind {
  if (/燃气/.test(name)) return "gas";
  if (/车库/.test(name)) return "parking";
  if (/厨房|备餐/.test(name)) return "kitchen";
  if (/配电|弱电|UPS|机房$|发电机|通信/.test(name)) return /空调|制冷/.test(name) ? "plant" : "electric";
  if (/泵房|冷库/.test(name)) return "plant";
  if (/大厅|餐厅|多功能厅|展厅/.test(name)) return "hall";
  if (/会议|洽谈|会商|开标|评标|培训|贵宾|包间|发布/.test(name)) return "meeting";
  if (/档案|资料|库|收发|母婴/.test(name)) return "store";
  return "office";
}
