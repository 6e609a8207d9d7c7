import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { get, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "./security-headers.ts";
import { decodePath } from "./static-files.ts";
import { createTwinServer, type TwinServer } from "./twin-server.ts";

const SCRIPT = "export const a = 1;\n".repeat(200);
let folder = "";
let server: TwinServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "static-files-"));
  const write = (path: string, content: string | Uint8Array) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  write("dist/index.html", "<!doctype html><title>t</title>");
  write("dist/assets/main-Ab12cd34.js", SCRIPT);
  write("dist/.build-stamp", "secret");
  write("dist/a b.json", "{}");
  write("dist/engine.wasm", new Uint8Array(2000));
  write("tiles/shenyang/0.glb", new Uint8Array(3000));
  write("outside.txt", "secret");
  symlinkSync(join(folder, "outside.txt"), join(folder, "dist/link.txt"));
  server = await createTwinServer({
    root: join(folder, "dist"),
    tilesetsDir: join(folder, "tiles"),
    feed: false,
  });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Asks with the path exactly as given: fetch would tidy it up. */
function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, headers, method }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    sent.on("error", reject).end();
  });
}

describe("static files", () => {
  it.each([
    ["/", "text/html; charset=utf-8"],
    ["/index.html?x=1#y", "text/html; charset=utf-8"],
    ["/assets/main-Ab12cd34.js", "text/javascript; charset=utf-8"],
    ["/a%20b.json", "application/json; charset=utf-8"],
    ["/engine.wasm", "application/wasm"],
    ["/tilesets/shenyang/0.glb", "model/gltf-binary"],
  ])("serves %s as %s", async (path, type) => {
    const answer = await ask(path);
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe(type);
    expect(answer.body.length).toBe(Number(answer.headers["content-length"]));
  });

  it.each([
    "/../outside.txt",
    "/%2e%2e/outside.txt",
    "/..%2foutside.txt",
    "/assets/..%5c..%5coutside.txt",
    "/tilesets/../../outside.txt",
    "/tilesets/%2e%2e/%2e%2e/outside.txt",
    "/link.txt",
    "/.build-stamp",
    "/%00",
    "/%zz",
    "/assets",
    "/nothing.js",
    "//etc/passwd",
  ])("does not give out %s", async (path) => {
    const answer = await ask(path);
    expect([400, 404]).toContain(answer.status);
    expect(answer.body.toString()).not.toContain("secret");
    expect(answer.headers["content-security-policy"]).toBeDefined();
  });

  it("takes a path apart before it touches the disk", () => {
    expect(decodePath("/a%20b/c.json?x=/../#y")).toBe("/a b/c.json");
    for (const bad of ["/a/../b", "/./a", "/%2e%2e/a", "/a%5cb", "/%00", "/%zz", "a"])
      expect(decodePath(bad)).toBeNull();
  });

  it("compresses text with what the browser takes, and remembers it", async () => {
    const path = "/assets/main-Ab12cd34.js";
    const brotli = await ask(path, { "Accept-Encoding": "gzip, deflate, br" });
    expect(brotli.headers["content-encoding"]).toBe("br");
    expect(brotliDecompressSync(brotli.body).toString()).toBe(SCRIPT);
    const gzip = await ask(path, { "Accept-Encoding": "gzip;q=1.0, br;q=0" });
    expect(gzip.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(gzip.body).toString()).toBe(SCRIPT);
    expect((await ask(path)).headers["content-encoding"]).toBeUndefined();
    expect((await ask(path, { "Accept-Encoding": "br" })).body).toEqual(brotli.body);
  });

  it("answers 304 to the same version, and gives hashed names for good", async () => {
    const first = await ask("/assets/main-Ab12cd34.js");
    const etag = String(first.headers.etag);
    expect((await ask("/assets/main-Ab12cd34.js", { "If-None-Match": `"other", ${etag}` })).status).toBe(304);
    expect((await ask("/assets/main-Ab12cd34.js", { "If-None-Match": '"other"' })).status).toBe(200);
    expect(first.headers["cache-control"]).toContain("immutable");
    expect((await ask("/")).headers["cache-control"]).toBe("no-cache");
    writeFileSync(join(folder, "dist/assets/main-Ab12cd34.js"), `${SCRIPT}// changed`);
    expect((await ask("/assets/main-Ab12cd34.js", { "If-None-Match": etag })).status).toBe(200);
    writeFileSync(join(folder, "dist/assets/main-Ab12cd34.js"), SCRIPT);
  });

  it("answers HEAD without a body and refuses to be written to", async () => {
    const head = await ask("/index.html", {}, "HEAD");
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(Number(head.headers["content-length"])).toBeGreaterThan(0);
    const put = await ask("/index.html", {}, "PUT");
    expect([put.status, put.headers.allow]).toEqual([405, "GET, HEAD"]);
  });

  it("takes WebSockets at /mqtt only", async () => {
    const upgrade = {
      Connection: "Upgrade",
      Upgrade: "websocket",
      "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": "eA==",
    };
    const { hostname, port } = new URL(server.url);
    const status = await new Promise((resolve, reject) => {
      get({ hostname, port, path: "/other", headers: upgrade }, (response) =>
        resolve(response.statusCode),
      ).on("error", reject);
    });
    expect(status).toBe(404);
  });
});

describe("security headers", () => {
  it("go with every answer, worker scripts included", async () => {
    const { headers } = await ask("/assets/main-Ab12cd34.js");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("'unsafe-eval'");
    expect(policy).not.toContain("'unsafe-inline'");
    expect(policy).not.toMatch(/worker-src[^;]*blob:/);
  });

  it("narrow what the page may connect to", () => {
    const policy = contentSecurityPolicy("https://tiles.example wss://broker.example:8084");
    expect(policy).toContain("connect-src 'self' https://tiles.example wss://broker.example:8084;");
    expect(policy).toContain("img-src 'self' data: blob: https://tiles.example;");
    expect(contentSecurityPolicy("")).toContain("connect-src 'self';");
    for (const bad of ["https://a.example; script-src *", "*", "'unsafe-eval'", "data:", "https://a,b"])
      expect(() => contentSecurityPolicy(bad)).toThrow("--connect");
  });
});
