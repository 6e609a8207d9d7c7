import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../root.ts";

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
const notice = read("NOTICE");

describe("NOTICE", () => {
  it.each([...Object.keys(dependencies), "aedes", "ws"])("names %s with its licence", (name) => {
    const { license } = JSON.parse(read(`node_modules/${name}/package.json`)) as { license: string };
    const block = notice.split(/\n(?=\S)/).find((entry) =>
      entry
        .split("(")[0]
        ?.split(/,\s*/)
        .some((n) => n.trim() === name),
    );
    expect(block, `${name} is missing`).toBeDefined();
    expect(block).toContain(license);
  });
});

describe("README", () => {
  it("shows the policy that the start server sends", async () => {
    const { contentSecurityPolicy } = await import("../server/security-headers.ts");
    const flat = (text: string) => text.replace(/\s+/g, " ");
    for (const file of ["README.md", "README.zh-CN.md"])
      for (const directive of contentSecurityPolicy().split("; "))
        expect(flat(read(file)), `${file}: ${directive}`).toContain(directive);
  });

  it("names files that exist and scripts that npm knows", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    for (const file of ["README.md", "README.zh-CN.md"]) {
      const text = read(file);
      for (const [, path = ""] of text.matchAll(/[^!]\[[^\]]*\]\((?!https?:)([^)#]+)\)/g))
        expect(existsSync(join(ROOT, path)), `${file}: ${path}`).toBe(true);
      for (const [, name = ""] of text.matchAll(/npm run ([\w-]+)/g)) expect(scripts).toHaveProperty(name);
    }
  });
});
