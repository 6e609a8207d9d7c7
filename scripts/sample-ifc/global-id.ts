import { createHash } from "node:crypto";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$";

/** IfcGloballyUniqueId of a name: 128 bits of its SHA-256 in the 22 digits that buildingSMART prescribes. */
export function globalIdOf(name: string): string {
  const bytes = createHash("sha256").update(`liaotwin.sample/${name}`).digest().subarray(0, 16);
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let text = "";
  for (let i = 0; i < 22; i++) {
    text = (DIGITS[Number(bits & 63n)] as string) + text;
    bits >>= 6n;
  }
  return text;
}
