import { expect, it } from "vitest";
import type { RoadRoute, Unit } from "../domain/response.ts";
import { routesWorthDrawing } from "./wire-units.ts";

it("draws the ways of the quickest, of who is under way and of the chosen one", () => {
  const ids = ["a", "b", "c", "d", "e", "f"];
  const routes = ids.map((unitId, i) => ({ unitId, durationS: 600 - i * 60 }) as RoadRoute);
  const units = ids.map((id) => ({ id, status: id === "b" ? "moving" : "ready" }) as Unit);
  expect(routesWorthDrawing({ units, routes }, "a").map(({ unitId }) => unitId)).toEqual([
    "a",
    "b",
    "d",
    "e",
    "f",
  ]);
});
