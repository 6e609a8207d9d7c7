import { describe, expect, it } from "vitest";
import { probeLocalTileset, probeTileset, readTilesetHeader } from "./tileset-probe.ts";

const TILESET = { asset: { version: "1.1", copyright: "somebody" }, root: {} };
const answering =
  (body: string, status = 200) =>
  async () =>
    new Response(body, { status });

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "fine",
    (error: { code?: string; name?: string }) => error.code ?? error.name ?? "?",
  );

describe("tileset probe", () => {
  it("reads version and copyright, with a byte order mark too", async () => {
    const header = await probeTileset("/t.json", undefined, answering(`\uFEFF${JSON.stringify(TILESET)}`));
    expect(header).toEqual({ version: "1.1", copyright: "somebody", hasFacade: false, hasRows: false });
    const own = { ...TILESET, asset: { ...TILESET.asset, extras: { facade: true } } };
    expect(readTilesetHeader(own, "/t.json").hasFacade).toBe(true);
  });

  it.each([
    [answering("", 404), "tileset.not-found"],
    [answering("", 403), "tileset.forbidden"],
    [answering("", 500), "tileset.http"],
    [answering("<!doctype html>"), "tileset.not-json"],
    [answering('{"type":"FeatureCollection"}'), "tileset.not-a-tileset"],
    [answering("null"), "tileset.not-a-tileset"],
    [answering('{"asset":{"version":"2.0"},"root":{}}'), "tileset.unsupported-version"],
  ])("tells apart what is wrong %#", async (fetcher, code) => {
    expect(await codeOf(probeTileset("/t.json", undefined, fetcher))).toBe(code);
  });

  it("tells a silent server from one that forbids other pages", async () => {
    const silent = async () => Promise.reject(new TypeError("failed"));
    const forbids = async (_url: string, init?: RequestInit) =>
      init?.mode === "no-cors" ? new Response("") : Promise.reject(new TypeError("failed"));
    expect(await codeOf(probeTileset("https://x/t.json", undefined, silent))).toBe("tileset.unreachable");
    expect(await codeOf(probeTileset("https://x/t.json", undefined, forbids))).toBe("tileset.cors");
  });

  it("lets an abort through as it is", async () => {
    const aborted = async () => Promise.reject(new DOMException("aborted", "AbortError"));
    await expect(probeTileset("/t.json", undefined, aborted)).rejects.toMatchObject({ name: "AbortError" });
  });

  it("reads local tilesets by path", async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(TILESET)).buffer as ArrayBuffer;
    expect((await probeLocalTileset("/l/t.json", "t.json", async () => bytes)).version).toBe("1.1");
    const missing = probeLocalTileset("/l/t.json", "t.json", async () =>
      Promise.reject(new Error("no file")),
    );
    expect(await codeOf(missing)).toBe("tileset.not-found");
  });

  it("shortens long addresses in sentences", () => {
    expect(() => readTilesetHeader({}, `https://x/${"a".repeat(400)}`)).toThrow(/…/);
  });
});
