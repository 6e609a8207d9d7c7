import { describe, expect, it } from "vitest";
import { alertXml } from "./alert.fixture.ts";
import { CapAdapter } from "./cap-http.ts";
import { parseCapIndex } from "./cap-index.ts";
import { FakeClock, fakeFetch, listen, settle } from "./fake-http.fixture.ts";

const BASE = "https://cap.example/feed.xml";
const bytes = (text: string) => new TextEncoder().encode(text);

function atom(...entries: string[]): string {
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><link href="${BASE}"/>${entries.join("")}</feed>`;
}

const entry = (href: string, updated = "1") =>
  `<entry><id>${href}</id><updated>${updated}</updated><title>&lt;b&gt;${href}</title><link rel="alternate" href="${href}"/></entry>`;

function stage(pages: Record<string, string | Response>, options = {}) {
  const clock = new FakeClock();
  const { fetch, asked } = fakeFetch((url) => pages[url]);
  const adapter = new CapAdapter(
    { url: BASE, credentials: { password: "token" }, clock, fetch },
    { intervalS: 60, ...options },
  );
  const poll = async () => {
    clock.pass(60_000);
    await settle();
  };
  return { pages, asked, poll, ...listen(adapter) };
}

const alertsOf = (log: ReturnType<typeof stage>["log"]) =>
  log.messages.flatMap((message) => (message.kind === "cap" ? [message.alert.identifier] : []));

describe("parseCapIndex", () => {
  it("prefers a link of CAP's own type, resolves relative ones, and names entries without an alert", () => {
    const xml = atom(
      entry("a.xml"),
      `<entry><id>x</id><updated>2</updated><link href="page.html" type="text/html"/><link href="/b?x=1&amp;y=2" type="application/cap+xml"/></entry>`,
      "<entry><title>none</title></entry>",
      entry("javascript:alert(1)"),
      entry("https://user:secret@other.example/c"),
    );
    const index = parseCapIndex(bytes(xml), BASE)!;
    expect(index.entries.map(({ url }) => url)).toEqual([
      "https://cap.example/a.xml",
      "https://cap.example/b?x=1&y=2",
      "https://other.example/c",
    ]);
    expect(index.issues).toHaveLength(2);
  });

  it("reads RSS; an alert is no index; a document type is refused", () => {
    const rss = `<rss version="2.0" xmlns:g="http://www.gdacs.org"><channel><item><link>p.html</link><g:cap>a.xml</g:cap><pubDate>x</pubDate></item><item><link>b.xml</link></item></channel></rss>`;
    expect(parseCapIndex(bytes(rss), BASE)!.entries.map(({ url }) => url)).toEqual([
      "https://cap.example/a.xml",
      "https://cap.example/b.xml",
    ]);
    expect(parseCapIndex(bytes(alertXml()), BASE)).toBeNull();
    expect(() => parseCapIndex(bytes(`<!DOCTYPE x [<!ENTITY a "b">]>${rss}`), BASE)).toThrow(/document type/);
  });
});

describe("CapAdapter", () => {
  it("reads each alert of an index once, again when its entry changes, and takes back what has left", async () => {
    const { pages, asked, poll, log } = stage({
      [BASE]: atom(entry("a"), entry("b")),
      "https://cap.example/a": alertXml({ identifier: "A" }),
      "https://cap.example/b": alertXml({ identifier: "B" }),
    });
    await settle();
    expect(alertsOf(log)).toEqual(["A", "B"]);
    await poll();
    expect(asked.filter(({ url }) => url !== BASE)).toHaveLength(2);
    pages[BASE] = atom(entry("b", "2"));
    await poll();
    expect(alertsOf(log)).toEqual(["A", "B", "B"]);
    const empty = log.messages.findIndex(({ kind }) => kind === "empty");
    expect(log.places[empty]).toBe("https://cap.example/a");
  });

  it("one bad alert hinders no other; a missing one is asked for again, an unreadable one is not", async () => {
    const { pages, asked, poll, log } = stage({
      [BASE]: atom(entry("gone"), entry("broken"), entry("c")),
      "https://cap.example/broken": "<alert",
      "https://cap.example/c": alertXml({ identifier: "C" }),
    });
    await settle();
    expect(alertsOf(log)).toEqual(["C"]);
    expect(log.rejected).toHaveLength(2);
    pages["https://cap.example/gone"] = alertXml({ identifier: "G" });
    await poll();
    expect(alertsOf(log)).toEqual(["C", "G"]);
    expect(asked.filter(({ url }) => url.endsWith("broken"))).toHaveLength(1);
    expect(log.closed).toEqual([]);
  });

  it("sends the token to its own host only", async () => {
    const { asked } = stage({ [BASE]: atom(entry("a"), entry("https://other.example/c")) });
    await settle();
    expect(asked.map(({ url, headers }) => [new URL(url).host, headers.get("Authorization")])).toEqual([
      ["cap.example", "Bearer token"],
      ["cap.example", "Bearer token"],
      ["other.example", null],
    ]);
  });

  it("reads a single alert, and replaces it by another at the same address", async () => {
    const { pages, poll, log } = stage({ [BASE]: alertXml({ identifier: "A" }) });
    await settle();
    await poll();
    pages[BASE] = alertXml({ identifier: "B" });
    await poll();
    expect(log.messages.map(({ kind }) => kind)).toEqual(["cap", "cap", "empty", "cap"]);
  });

  it("a cut index ends the attempt and takes nothing back", async () => {
    const { pages, poll, log } = stage({ [BASE]: atom(entry("a")), "https://cap.example/a": alertXml() });
    await settle();
    pages[BASE] = atom(entry("a")).slice(0, 120);
    await poll();
    expect(log.closed[0]).toMatchObject({ refused: false });
    expect(log.messages.some(({ kind }) => kind === "empty")).toBe(false);
  });

  it("reads no more than it may and says so", async () => {
    const { log, asked } = stage({ [BASE]: atom(entry("a"), entry("b"), entry("c")) }, { maxAlerts: 1 });
    await settle();
    expect(asked).toHaveLength(2);
    expect(log.rejected.join()).toContain("2 more alerts");
  });
});
