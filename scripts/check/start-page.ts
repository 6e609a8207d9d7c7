export interface StartPage {
  /** Paths below the root, without the leading slash. */
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
  readonly inlineScripts: number;
  readonly inlineStyles: number;
  /** `onclick="..."` and the like. */
  readonly handlers: readonly string[];
  /** Addresses on other origins that the page itself loads. */
  readonly foreign: readonly string[];
}

function attribute(tag: string, name: string): string | null {
  return new RegExp(`\\s${name}\\s*=\\s*"([^"]*)"`).exec(tag)?.[1] ?? null;
}

function localPath(address: string): string {
  return address.replace(/^\.?\//, "").replace(/[?#].*$/, "");
}

/** What a built index.html loads at once, and what a strict Content-Security-Policy would refuse of it. */
export function readStartPage(html: string): StartPage {
  const tags = [...html.replace(/<!--[\s\S]*?-->/g, "").matchAll(/<([a-z]+)(\s[^>]*)?>/gi)];
  const of = (name: string) =>
    tags.filter((tag) => tag[1]?.toLowerCase() === name).map((tag) => tag[2] ?? "");
  const links = of("link").map((tag) => ({ rel: attribute(tag, "rel"), href: attribute(tag, "href") ?? "" }));
  const sources = of("script").map((tag) => attribute(tag, "src"));
  const loaded = [...sources.flatMap((src) => src ?? []), ...links.map((link) => link.href)];
  return {
    scripts: [
      ...sources.flatMap((src) => (src === null ? [] : localPath(src))),
      ...links.filter((link) => link.rel === "modulepreload").map((link) => localPath(link.href)),
    ],
    styles: links.filter((link) => link.rel === "stylesheet").map((link) => localPath(link.href)),
    inlineScripts: sources.filter((src) => src === null).length,
    inlineStyles: of("style").length + tags.filter((tag) => /\sstyle\s*=/.test(tag[2] ?? "")).length,
    handlers: tags.flatMap((tag) => tag[2]?.match(/\son[a-z]+\s*=/g) ?? []),
    foreign: loaded.filter((address) => /^(https?:)?\/\//.test(address)),
  };
}

/** Specifiers of a minified ES module: `import"./a.js"`, `import{x}from"./a.js"`, `export*from"./a.js"`, `import("./b.js")`. */
export function staticImportsOf(code: string): { readonly fixed: string[]; readonly dynamic: string[] } {
  const path = /^(\.{1,2}\/|\/)[\w./-]+\.js$/;
  const fixed = [...code.matchAll(/(?:^|[;}\s])(?:import|export)[^;"'`()]{0,4000}?["'`]([^"'`]+)["'`]/g)];
  const dynamic = [...code.matchAll(/\bimport\(\s*["'`]([^"'`]+)["'`]\s*\)/g)];
  const clean = (matches: RegExpMatchArray[]) => [
    ...new Set(matches.map((match) => match[1] ?? "").filter((specifier) => path.test(specifier))),
  ];
  return { fixed: clean(fixed), dynamic: clean(dynamic) };
}
