import { expect, it } from "vitest";
import { nameFromUrl } from "./url-name.ts";

it.each([
  ["https://tiles.example/sets/harbour/tileset.json?v=1", "harbour"],
  ["/samples/liaotwin-municipal.ifc", "liaotwin-municipal"],
  ["https://x.example/%E6%B2%88%E9%98%B3.json", "沈阳"],
  ["https://x.example/%E6%zz.json", "%E6%zz"],
])("names %s", (url, name) => {
  expect(nameFromUrl(url)).toBe(name);
});
