import { describe, expect, it } from "vitest";
import { memorySource } from "./city-build.fixture.ts";
import { attributeOf, readXml, unescapeXml } from "./xml-tokens.ts";

async function read(content: string | Uint8Array, chunkBytes = 1 << 20): Promise<string[]> {
  const told: string[] = [];
  let text = "";
  const flush = () => {
    if (text.trim()) told.push(text.trim());
    text = "";
  };
  await readXml(memorySource("x.xml", content, chunkBytes).chunks(), {
    open: (name, tag) => {
      flush();
      told.push(`<${name} ${attributeOf(tag, "id") ?? ""}`.trim());
    },
    close: (name) => {
      flush();
      told.push(`/${name}`);
    },
    text: (piece) => {
      text += piece;
    },
  });
  return told;
}

const XML = `\ufeff<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE a [<!ENTITY big "aaa">]>
<!-- <b> & --><g:a xmlns:g="x" gml:id='a "1"'>
  <b id="2>1"/>楼 &amp; &#x697c;&#27004; &big;<![CDATA[<c> & ]]><d
   id="3">1 2</d></g:a>`;

describe("XML tokenizer", () => {
  it("tells elements, texts and attributes whatever the chunks", async () => {
    const expected = ['<a a "1"', "<b 2>1", "/b", "楼 & 楼楼 &big;<c> &", "<d 3", "1 2", "/d", "/a"];
    for (const chunkBytes of [1 << 20, 1, 3, 10, 64]) expect(await read(XML, chunkBytes)).toEqual(expected);
  });

  it("names what is broken", async () => {
    await expect(read("<a><b></a>")).rejects.toThrow(/<\/a> closes nothing/);
    await expect(read("<a><b>")).rejects.toThrow(/<b> is not closed/);
    await expect(read("<a></a><b")).rejects.toThrow(/ends in the middle/);
    await expect(read("nothing")).rejects.toThrow(/ends in the middle/);
  });

  it("gives up soon on a quote that does not close", async () => {
    const rows = "<b>1</b>".repeat(300_000);
    await expect(read(`<a id="x>${rows}</a>`, 1 << 16)).rejects.toThrow(/a tag does not end/);
  }, 30_000);

  it("decodes GBK where the head says so", async () => {
    const head = new TextEncoder().encode('<?xml version="1.0" encoding="GBK"?><a>');
    const bytes = Uint8Array.of(...head, 0xc2, 0xa5, ...new TextEncoder().encode("</a>"));
    expect(await read(bytes)).toEqual(["<a", "楼", "/a"]);
  });

  it("leaves unknown entities as they stand", () => {
    expect(unescapeXml("&lt;&nbsp;&constructor;&#0;")).toBe("<&nbsp;&constructor;&#0;");
  });
});
