import { describe, expect, it } from "vitest";
import { readStartPage, staticImportsOf } from "./start-page.ts";

describe("reading a start page", () => {
  it("lists what loads at once", () => {
    const page = readStartPage(
      '<html><head><link rel="modulepreload" crossorigin href="/assets/b.js"><link rel="stylesheet" href="/assets/a.css">' +
        '</head><body><script type="module" crossorigin src="/assets/a.js"></script></body></html>',
    );
    expect(page.scripts).toEqual(["assets/a.js", "assets/b.js"]);
    expect(page.styles).toEqual(["assets/a.css"]);
    expect([page.inlineScripts, page.inlineStyles, page.handlers, page.foreign]).toEqual([0, 0, [], []]);
  });

  it("finds what a strict policy refuses", () => {
    const page = readStartPage(
      '<style>a{}</style><div style="color:red" onclick="go()"></div><script>go()</script><script src="https://x.example/y.js"></script>',
    );
    expect(page.inlineScripts).toBe(1);
    expect(page.inlineStyles).toBe(2);
    expect(page.handlers.length).toBe(1);
    expect(page.foreign).toEqual(["https://x.example/y.js"]);
  });

  it("reads minified imports", () => {
    const code =
      'import{a as b}from"./a-1.js";import"./b-2.js";var x=1;export*from"./c-3.js";const y=()=>import("./d-4.js");f("./e.js")';
    expect(staticImportsOf(code)).toEqual({
      fixed: ["./a-1.js", "./b-2.js", "./c-3.js"],
      dynamic: ["./d-4.js"],
    });
  });
});
