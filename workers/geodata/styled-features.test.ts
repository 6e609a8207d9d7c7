import { describe, expect, it } from "vitest";
import { GeodataSession } from "./geodata-session.ts";

const ring = (west: number) => [
  [
    [west, 41],
    [west + 0.01, 41],
    [west + 0.01, 41.01],
    [west, 41.01],
    [west, 41],
  ],
];
const block = (west: number, properties: object) => ({
  type: "Feature",
  properties,
  geometry: { type: "Polygon", coordinates: ring(west) },
});
const FILE = new File(
  [
    JSON.stringify({
      type: "FeatureCollection",
      features: [
        block(123, { code: "0701", height: 24 }),
        block(123.1, { code: "1401", height: 80 }),
        block(123.2, {}),
      ],
    }),
  ],
  "plan.geojson",
);
const label = { zh: "类", en: "class" };
const STYLE = {
  property: "code",
  fillOpacity: 0.5,
  strokeOpacity: 1,
  width: 2,
  classes: [
    { value: "07", color: "#112233", label },
    { value: "14", color: "#445566", label, dash: [6, 3], fillOpacity: 0 },
  ],
};
const WINDOW = { west: 122.9, south: 40.9, east: 123.4, north: 41.4, pixels: 512 };

/** Writes down what is drawn. */
class Ink {
  readonly drawn: string[] = [];
  fillStyle = "";
  strokeStyle = "";
  lineWidth = 0;
  lineJoin = "round" as const;
  lineCap = "round" as const;
  globalAlpha = 1;
  #dash: readonly number[] = [];
  beginPath(): void {}
  moveTo(): void {}
  lineTo(): void {}
  closePath(): void {}
  fillRect(): void {}
  setLineDash(dash: number[]): void {
    this.#dash = dash;
  }
  fill(): void {
    this.drawn.push(`fill ${this.fillStyle}`);
  }
  stroke(): void {
    this.drawn.push(`stroke ${this.strokeStyle} ${this.lineWidth} [${this.#dash.join(" ")}]`);
  }
}

async function open(style: object) {
  const session = new GeodataSession();
  const opened = await session.open([FILE], { near: [123, 41], style: style as never }, () => {});
  return { session, opened };
}

describe("features with looks by class", () => {
  it("stay features although they have heights as buildings have", async () => {
    const { opened } = await open(STYLE);
    expect(opened).toMatchObject({ kind: "features", features: 3, isDraped: true });
    const plain = new GeodataSession();
    const all = new File(
      [JSON.stringify({ type: "FeatureCollection", features: [block(123, { height: 24 })] })],
      "b.geojson",
    );
    expect(await plain.open([all], { near: [123, 41] }, () => {})).toMatchObject({ kind: "tiles" });
  });

  it("are drawn in the colour, width and dash of their class; without a class in the layer's own", async () => {
    const { session } = await open(STYLE);
    const ink = new Ink();
    session.draw(WINDOW, "#abcdef", null, () => ink as never);
    expect(ink.drawn).toEqual([
      "fill #11223380",
      "stroke #112233ff 2 []",
      "fill #44556601",
      "stroke #445566ff 2 [6 3]",
      "fill #abcdef57",
      "stroke #abcdef 1.3 []",
    ]);
  });

  it("stand as sheets at the height that an attribute gives", async () => {
    const { opened } = await open({ ...STYLE, heightProperty: "height" });
    if (opened.kind !== "features") throw new Error("no features");
    expect(opened.areas?.ends.length).toBe(2);
    const [x, y, z] = opened.areas!.positions;
    const radius = Math.hypot(x!, y!, z!);
    const lower = await open(STYLE);
    expect(lower.opened.kind === "features" && lower.opened.areas).toBeNull();
    expect(radius).toBeGreaterThan(6_360_000);
  });

  it("are rows of a table, with their geometry", async () => {
    const { session } = await open(STYLE);
    const state = await session.table.tableQuery({ filter: "height>30", sort: null, isDescending: false });
    expect([state.count, state.total]).toEqual([1, 3]);
    const words = { language: "zh", about: [], provenance: "SAMPLE" } as const;
    const json = JSON.parse(await (await session.table.tableExport("geojson", words)).text()) as {
      features: { geometry: unknown }[];
    };
    expect(json.features[0]?.geometry).toEqual({ type: "Polygon", coordinates: ring(123.1) });
  });
});
