import { describe, expect, it } from "vitest";
import { decodeStepText } from "./step-text.ts";

const decode = (text: string) => decodeStepText(new TextEncoder().encode(text));

describe("texts of a STEP file", () => {
  it("take a letter with its high bit from the page, which is Latin until it is turned", () => {
    expect(decode("T\\S\\|r")).toBe("Tür");
    expect(decode("\\PE\\\\S\\?\\S\\]\\S\\^")).toBe("Пно");
    expect(decode("\\PG\\\\S\\a")).toBe(decodePage("iso-8859-7", "a"));
    expect(decode("\\PE\\\\S\\?\\PA\\\\S\\|")).toBe(`${decodePage("iso-8859-5", "?")}ü`);
  });

  it("keep a page to the text in which it was turned", () => {
    decode("\\PE\\\\S\\?");
    expect(decode("\\S\\|")).toBe("ü");
  });

  it("read the other escapes, and leave broken ones as they are", () => {
    expect(decode("\\X2\\95E8\\X0\\ \\X\\FC \\X4\\0001F3E0\\X0\\ a''b c\\\\d")).toBe("门 ü 🏠 a'b c\\d");
    expect(decode("\\S")).toBe("\\S");
    expect(decode("\\PZ\\x")).toBe("\\PZ\\x");
  });
});

function decodePage(page: string, letters: string): string {
  return new TextDecoder(page).decode(Uint8Array.from(letters, (letter) => letter.charCodeAt(0) | 0x80));
}
