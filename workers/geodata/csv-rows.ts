/** Splits a stream of UTF-8 text into the rows of a table: quoted cells may hold delimiters, line ends and doubled quotes. */
export async function* csvRows(
  chunks: AsyncIterable<Uint8Array>,
  delimiter: string,
): AsyncGenerator<{ readonly cells: string[]; readonly line: number }> {
  const splitter = new RowSplitter(delimiter);
  const decoder = new TextDecoder();
  for await (const chunk of chunks) yield* splitter.add(decoder.decode(chunk, { stream: true }));
  yield* splitter.add(decoder.decode());
  yield* splitter.end();
}

interface Row {
  readonly cells: string[];
  /** Line on which it begins, from 1. */
  readonly line: number;
}

/** A quote that never closes must not make the rest of a file one cell. */
const LONGEST_ROW = 1 << 20;

class RowSplitter {
  #rest = "";
  #line = 1;

  constructor(private readonly delimiter: string) {}

  *add(text: string): Generator<Row> {
    this.#rest += text;
    let at = 0;
    for (;;) {
      const end = this.#endOfRow(at);
      if (end < 0) break;
      yield* this.#row(this.#rest.slice(at, end));
      at = end + 1;
    }
    this.#rest = this.#rest.slice(at);
  }

  *end(): Generator<Row> {
    if (this.#rest !== "") yield* this.#row(this.#rest);
    this.#rest = "";
  }

  /** Place of the line end that closes the row, -1 when it has not come yet. */
  #endOfRow(from: number): number {
    const text = this.#rest;
    let line = text.indexOf("\n", from);
    let quote = text.indexOf('"', from);
    while (quote >= 0 && quote < line) {
      const close = this.#closingQuote(quote);
      if (close < 0) return text.length - from > LONGEST_ROW ? line : -1;
      if (close > line) line = text.indexOf("\n", close);
      quote = text.indexOf('"', close + 1);
    }
    return line;
  }

  #closingQuote(open: number): number {
    const text = this.#rest;
    let at = text.indexOf('"', open + 1);
    while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
    return at;
  }

  *#row(raw: string): Generator<Row> {
    const line = this.#line;
    for (let k = 0; k < raw.length; k++) if (raw.charCodeAt(k) === 10) this.#line++;
    this.#line++;
    const text = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    if (text.trim() !== "") yield { cells: splitCells(text, this.delimiter), line };
  }
}

export function splitCells(row: string, delimiter: string): string[] {
  if (!row.includes('"')) return row.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let at = 0;
  while (at <= row.length) {
    while (row[at] === " ") at++;
    if (row[at] === '"') {
      let cell = "";
      let from = at + 1;
      let quote = row.indexOf('"', from);
      while (quote >= 0 && row[quote + 1] === '"') {
        cell += row.slice(from, quote + 1);
        from = quote + 2;
        quote = row.indexOf('"', from);
      }
      const end = quote < 0 ? row.length : quote;
      cells.push(cell + row.slice(from, end));
      const next = row.indexOf(delimiter, end);
      at = next < 0 ? row.length + 1 : next + 1;
      continue;
    }
    const next = row.indexOf(delimiter, at);
    cells.push(row.slice(at, next < 0 ? row.length : next).trim());
    at = next < 0 ? row.length + 1 : next + 1;
  }
  return cells;
}
