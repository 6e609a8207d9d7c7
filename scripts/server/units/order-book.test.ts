import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { UnitOrder } from "../../../src/domain/unit-order.ts";
import { OrderBook } from "./order-book.ts";

function file(): string {
  const folder = mkdtempSync(join(tmpdir(), "orders-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "hub", "shenyang.jsonl");
}

function bookAt(path: string | null): OrderBook {
  const book = new OrderBook(path);
  onTestFinished(() => book.close());
  return book;
}

const order = (id: string, atMs: number): UnitOrder => ({ id, unitId: "F-1", type: "recall", atMs });
const idsOf = (book: OrderBook) => book.orders.map(({ id }) => id);

it("has after a kill, at any byte of the file, every order whose line was whole", () => {
  const path = file();
  const book = bookAt(path);
  for (const [k, id] of ["a", "b", "c"].entries()) book.add(order(id, 1000 * k), 1000 * k);
  const whole = readFileSync(path);
  const ends = [...whole.keys()].filter((at) => whole[at] === 10);
  const lengths = [0, ...ends.flatMap((end) => [end - 40, end - 1, end, end + 1])];
  for (const length of lengths) {
    writeFileSync(path, whole);
    truncateSync(path, length);
    const again = new OrderBook(path);
    // a line that lacks nothing but its end is whole as well
    const lines = ends.filter((end) => end <= length && length > 0).length;
    expect(idsOf(again), `${length} bytes`).toEqual(["a", "b", "c"].slice(0, lines));
    again.add(order("next", 9000), 9000);
    again.close();
    expect(idsOf(bookAt(path)).at(-1)).toBe("next");
  }
});

it("goes on from where the simulation stood, at the pace of real time", () => {
  const path = file();
  const book = bookAt(path);
  expect(book.simulatedAt(500)).toBe(500);
  book.add(order("a", 10_000), 1000);
  book.note(11_000, 2000);
  expect(readFileSync(path, "utf8").trim().split("\n")).toHaveLength(1);
  book.note(90_000, 4000);
  expect(bookAt(path).simulatedAt(64_000)).toBe(150_000);
  expect(bookAt(path).simulatedAt(3000)).toBe(90_000);
});

it("leaves out what is no line of a book, and keeps nothing without a file", () => {
  const path = file();
  bookAt(path).add(order("a", 1), 1);
  appendFileSync(path, 'null\n{"wallMs":"x"}\n[]\nnonsense\n');
  expect(idsOf(bookAt(path))).toEqual(["a"]);
  const loose = bookAt(null);
  loose.add(order("b", 1), 1);
  expect(idsOf(loose)).toEqual(["b"]);
});
