import type { Part } from "./building.ts";
import type { Ring } from "./plane.ts";
import { rotate } from "./polygon.ts";

/** The part turned counter-clockwise by `radians` about the origin, then moved. */
export function movedPart(part: Part, radians: number, dx: number, dy: number): Part {
  const move = (ring: Ring): Ring =>
    ring.map((point) => {
      const [x, y] = rotate(point, radians);
      return [x + dx, y + dy];
    });
  switch (part.kind) {
    case "prism":
      return { ...part, ring: move(part.ring), ...(part.top ? { top: move(part.top) } : {}) };
    case "ridge":
      return { ...part, ring: move(part.ring) };
    case "beam":
      return { ...part, from: move([part.from])[0]!, to: move([part.to])[0]! };
    case "lathe":
      return { ...part, centre: move([part.centre])[0]!, radians: part.radians + radians };
  }
}
