import { describe, expect, it } from "vitest";
import { commandsOf, draftFrom } from "./basemap-draft.ts";
import { isTilesetAddress } from "./tileset-address.ts";

describe("base map draft", () => {
  it("starts from the map in use", () => {
    const draft = draftFrom({ kind: "xyz", url: "https://x.example/{z}/{x}/{y}.png", datum: "GCJ02" });
    expect(commandsOf(draft)).toEqual([
      {
        type: "set-basemap",
        basemap: { kind: "xyz", url: "https://x.example/{z}/{x}/{y}.png", datum: "GCJ02" },
      },
    ]);
  });

  it("is not complete without an address, a layer and a matrix set", () => {
    const draft = draftFrom({ kind: "offline" });
    expect(commandsOf({ ...draft, kind: "xyz" })).toBeNull();
    expect(commandsOf({ ...draft, kind: "wmts", url: "https://x.example/wmts", layer: "a" })).toBeNull();
    expect(
      commandsOf({ ...draft, kind: "wmts", url: "https://x.example/wmts", layer: "a", tileMatrixSet: "w" }),
    ).toHaveLength(1);
  });

  it("hands a secret over by its own command, never inside the map", () => {
    const draft = { ...draftFrom({ kind: "offline" }), kind: "tianditu", tianditu: " key " } as const;
    expect(commandsOf(draft)).toEqual([
      { type: "set-secret", name: "tianditu", value: "key" },
      { type: "set-basemap", basemap: { kind: "tianditu", theme: "vec" } },
    ]);
    expect(commandsOf({ ...draft, tianditu: "" })).toHaveLength(1);
  });

  it("wants a whole asset number", () => {
    const draft = { ...draftFrom({ kind: "offline" }), kind: "ion" } as const;
    expect(commandsOf({ ...draft, assetId: "3954" })).toHaveLength(1);
    for (const assetId of ["", "x", "2.5", "-1"]) expect(commandsOf({ ...draft, assetId })).toBeNull();
  });
});

describe("tileset address", () => {
  it.each(["https://a.example/tileset.json", " http://a/t.json?k=1 ", "/tilesets/x/tileset.json"])(
    "takes %s",
    (text) => expect(isTilesetAddress(text)).toBe(true),
  );
  it.each(["", "tileset.json", "https://", "//a/b", "ftp://a/b", "javascript:alert(1)", "https://a b"])(
    "refuses %s",
    (text) => expect(isTilesetAddress(text)).toBe(false),
  );
});
