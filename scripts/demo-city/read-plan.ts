import { readdirSync, readFileSync } from "node:fs";
import type { CityId } from "../../src/domain/city.ts";
import { SAMPLE_SITE } from "../sample-site.ts";
import type { CityFrame, CityPlan } from "./plan.ts";

const FRAMES: Readonly<Record<CityId, CityFrame>> = {
  shenyang: {
    id: "shenyang",
    idPrefix: "SY",
    origin: [123.428, 41.797],
    extent: [123.262, 41.677, 123.602, 41.912],
    districtFile: "liao2_ning2_shen3_yang2.geojson",
    districtNamesEn: {
      和平区: "Heping",
      沈河区: "Shenhe",
      大东区: "Dadong",
      皇姑区: "Huanggu",
      铁西区: "Tiexi",
      苏家屯区: "Sujiatun",
      浑南区: "Hunnan",
      沈北新区: "Shenbei",
      于洪区: "Yuhong",
      辽中区: "Liaozhong",
      康平县: "Kangping",
      法库县: "Faku",
      新民市: "Xinmin",
    },
    reserved: [{ ...SAMPLE_SITE, at: [SAMPLE_SITE.longitudeDeg, SAMPLE_SITE.latitudeDeg] }],
    thinning: { from: 9000, to: 17500 },
  },
  dalian: {
    id: "dalian",
    idPrefix: "DL",
    origin: [121.622, 38.917],
    extent: [121.47, 38.824, 121.75, 39.045],
    districtFile: "liao2_ning2_da4_lian2.geojson",
    districtNamesEn: {
      中山区: "Zhongshan",
      西岗区: "Xigang",
      沙河口区: "Shahekou",
      甘井子区: "Ganjingzi",
      旅顺口区: "Lüshunkou",
      金州区: "Jinzhou",
      普兰店区: "Pulandian",
      瓦房店市: "Wafangdian",
      长海县: "Changhai",
      庄河市: "Zhuanghe",
    },
    reserved: [],
    thinning: { from: 11000, to: 22000 },
  },
};

const PLACES = new URL("./places/", import.meta.url);

/** The drawn plan of a city out of `places/<id>/*.json`. */
export function readPlan(id: CityId): CityPlan {
  const drawn: Record<string, unknown> = {};
  for (const [file, text] of placeFiles(id)) {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) drawn[file.replace(/\.json$/, "")] = value;
    else Object.assign(drawn, value);
  }
  return { ...FRAMES[id], ...drawn } as unknown as CityPlan;
}

/** Name and text of each data file of a city, in the order of names. */
export function placeFiles(id: CityId): [file: string, text: string][] {
  const folder = new URL(`${id}/`, PLACES);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => [file, readFileSync(new URL(file, folder), "utf8")]);
}
