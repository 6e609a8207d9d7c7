/** Screen rectangle in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Width on screen by character: CJK are square, Latin about half; close enough for keeping apart. */
export function textWidth(text: string, pixels: number): number {
  let width = 0;
  for (const char of text)
    width += char > "\u2e7f" ? pixels : char < "\u2000" || char > "\u200b" ? pixels * 0.56 : pixels * 0.2;
  return width;
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Which of the boxes stay when earlier ones have the right of way. */
export function keepApart(boxes: readonly (Box | null)[]): boolean[] {
  const kept: Box[] = [];
  return boxes.map((box) => {
    if (!box || kept.some((other) => overlaps(box, other))) return false;
    kept.push(box);
    return true;
  });
}
