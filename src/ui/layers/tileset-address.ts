/** Absolute addresses and paths of this server. */
export function isTilesetAddress(text: string): boolean {
  return /^(https?:\/\/[^\s/]+|\/(?!\/))\S*$/.test(text.trim());
}
