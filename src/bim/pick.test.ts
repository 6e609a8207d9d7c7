import { expect, test } from "vitest";
import { pickInLayer } from "./pick.ts";
import { cubes } from "./tile-layer.fixture.ts";
import { buildTileLayer, type TileLayer } from "./tile-layer.ts";

function row(): TileLayer {
  const layer = buildTileLayer(
    [
      cubes([
        [0, 0, 0],
        [0, 0, -4],
        [0, 0, -8],
      ]),
    ],
    3,
  );
  if (!layer) throw new Error("no layer");
  return layer;
}

const RAY = { origin: [0.5, 0.4, 10], direction: [0, 0, -1] } as const;
const all = () => true;

test("the nearest of three cubes in a row is hit, at its face", () => {
  expect(pickInLayer(RAY, row(), all, all, Infinity)).toEqual({ feature: 0, distance: 9 });
});

test("hidden elements are looked through", () => {
  expect(pickInLayer(RAY, row(), (feature) => feature > 0, all, Infinity)).toEqual({
    feature: 1,
    distance: 13,
  });
});

test("what a section cuts away is not hit, the inside of what it opens is", () => {
  expect(pickInLayer(RAY, row(), all, (distance) => distance > 9.5, Infinity)).toEqual({
    feature: 0,
    distance: 10,
  });
});

test("a hit further than the best so far is none, and so is a ray beside the boxes", () => {
  expect(pickInLayer(RAY, row(), all, all, 9)).toBeNull();
  expect(pickInLayer({ ...RAY, origin: [1.5, 0.4, 10] }, row(), all, all, Infinity)).toBeNull();
  expect(pickInLayer({ ...RAY, direction: [0, 0, 1] }, row(), all, all, Infinity)).toBeNull();
});

test("a box that begins a little before the best hit is still asked", () => {
  const layer = buildTileLayer(
    [
      cubes([
        [0, 0, 0],
        [0.2, 0.2, 0.4],
      ]),
    ],
    2,
  );
  if (!layer) throw new Error("no layer");
  expect(pickInLayer(RAY, layer, all, all, Infinity)).toEqual({
    feature: 1,
    distance: expect.closeTo(8.6, 5),
  });
});

test("brute force agrees on rays from everywhere", () => {
  const layer = row();
  for (let i = 0; i < 200; i++) {
    const angle = i * 2.399963;
    const origin = [Math.cos(angle) * 20, (i % 21) - 10, Math.sin(angle) * 20] as const;
    const aim = [(i % 5) * 0.3 - 0.1, (i % 3) * 0.4, -(i % 9)] as const;
    const direction = [aim[0] - origin[0], aim[1] - origin[1], aim[2] - origin[2]] as const;
    const whole: TileLayer = {
      ...layer,
      boxes: layer.boxes.map((_, k) => (k % 6 < 3 ? -1e6 : 1e6)),
    };
    expect(pickInLayer({ origin, direction }, layer, all, all, Infinity)).toEqual(
      pickInLayer({ origin, direction }, whole, all, all, Infinity),
    );
  }
});
