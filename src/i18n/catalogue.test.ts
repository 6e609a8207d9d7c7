import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { COMMAND_SCHEMAS } from "../commands/schemas.ts";
import { BUILDING_USES } from "../domain/city.ts";
import { en } from "./en.ts";
import { lateSentences } from "./late-sentences.ts";
import { zhLate } from "./late-words.ts";
import { zhCN } from "./zh-CN.ts";

const HAN = /\p{Script=Han}/u;
const PLACEHOLDERS = /\{\w+/g;
const SOURCE = new URL("..", import.meta.url);
const WORKERS = new URL("../../workers/", import.meta.url);
const everything: readonly (readonly [key: string, zh: string, en: string])[] = [
  ...Object.entries(zhCN).map(([key, text]) => [key, text, en[key as keyof typeof zhCN]] as const),
  ...Object.entries(lateSentences["zh-CN"]).map(
    ([key, text]) => [key, text, lateSentences.en[key] ?? ""] as const,
  ),
];

/** Words that stand in the other language on purpose: language switches, data names, units. */
const HAN_IN_ENGLISH = new Set(["top.locale", "report.language", "palette.chinese"]);
const LATIN_IN_CHINESE = new Set([
  "app.latin",
  "report.language",
  "top.locale",
  "palette.english",
  "element.globalId",
  "basemap.wmts",
  "basemap.ion",
  "basemap.datum.WGS84",
  "job.counted",
  "place.separator",
]);

function sources(root: URL): string {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.tsx?$/.test(name) && !name.startsWith("i18n/") && !name.includes(".test."),
  );
  expect(files.length).toBeGreaterThan(10);
  return files.map((name) => readFileSync(new URL(name, root), "utf8")).join("\n");
}

describe("catalogues", () => {
  it("are not empty", () => {
    expect(everything.length).toBeGreaterThan(400);
  });

  it("have a title for every command", () => {
    const types = Object.keys(COMMAND_SCHEMAS);
    expect(types.length).toBeGreaterThan(40);
    const titleOf = (type: string) => `command.${type}` as keyof typeof zhCN;
    expect(types.filter((type) => !HAN.test(zhCN[titleOf(type)] ?? ""))).toEqual([]);
    expect(types.filter((type) => !/^[A-Z]/.test(en[titleOf(type)] ?? ""))).toEqual([]);
  });

  it("have no title for a command that does not exist", () => {
    const titles = Object.keys(zhCN).filter((key) => key.startsWith("command."));
    expect(titles.sort()).toEqual(
      Object.keys(COMMAND_SCHEMAS)
        .map((type) => `command.${type}`)
        .sort(),
    );
  });

  it("have a word for every use", () => {
    for (const use of BUILDING_USES) expect(zhCN[`use.${use}`]).toMatch(HAN);
  });

  it("have the same placeholders, and each speaks its own language", () => {
    const names = (text: string) => [...new Set(text.match(PLACEHOLDERS))].sort().join();
    const problems = everything.flatMap(([key, zh, english]) => [
      ...(names(english) === names(zh) ? [] : [`${key}: placeholders differ`]),
      ...(HAN.test(english) && !HAN_IN_ENGLISH.has(key) ? [`${key}: Chinese in English`] : []),
      ...(!HAN.test(zh) && !LATIN_IN_CHINESE.has(key) ? [`${key}: not Chinese`] : []),
      ...(/\p{Script=Han}[,;:?!](?!\/)/u.test(zh) ? [`${key}: Latin punctuation in Chinese`] : []),
    ]);
    expect(problems).toEqual([]);
  });

  it("hold no key that nothing shows", () => {
    const text = sources(SOURCE);
    const isUsed = (key: string) => {
      if (text.includes(`"${key}"`)) return true;
      const parts = key.split(".");
      return parts.some((_, at) => at > 0 && text.includes(`\`${parts.slice(0, at).join(".")}.\${`));
    };
    const unused = Object.keys({ ...zhCN, ...zhLate }).filter(
      (key) => !key.startsWith("command.") && !isUsed(key),
    );
    expect(unused).toEqual([]);
  });

  it("have a sentence for every error that the product throws", () => {
    const thrown = new Set(
      [...(sources(SOURCE) + sources(WORKERS)).matchAll(/new TwinError\(\s*"([a-z0-9._-]+)"/g)].map(
        (match) => match[1] ?? "",
      ),
    );
    expect(thrown.size).toBeGreaterThan(30);
    const missing = [...thrown].filter((code) => lateSentences["zh-CN"][`error.${code}`] === undefined);
    expect(missing).toEqual([]);
  });
});
