import type { PlaceDeg } from "../domain/pose.ts";
import type { WireParts } from "./parts.ts";

/** The ghost follows the pointer; `[` and `]` turn it by 5 degrees. */
export function wirePlacement(
  { stores, view }: WireParts,
  onHeading: (headingDeg: number) => void,
): () => void {
  let heading = 0;
  let at: PlaceDeg | null = null;
  const draw = () => {
    const { placing, models } = stores.models.get();
    const model = models.find((entry) => entry.id === placing);
    if (!model || !at) return view.setPlacementGhost(null);
    const [minEast, minNorth, minUp] = model.box.min;
    const [maxEast, maxNorth, maxUp] = model.box.max;
    view.setPlacementGhost({
      place: at,
      headingDeg: heading,
      halfEast: (maxEast - minEast) / 2,
      halfNorth: (maxNorth - minNorth) / 2,
      height: maxUp - minUp,
    });
  };
  const onMove = (event: PointerEvent) => {
    if (!stores.models.get().placing) return;
    const rect = view.canvas.getBoundingClientRect();
    at = view.groundAt(event.clientX - rect.left, event.clientY - rect.top);
    draw();
  };
  const onKey = (event: KeyboardEvent) => {
    if (!stores.models.get().placing || (event.key !== "[" && event.key !== "]")) return;
    heading = (heading + (event.key === "]" ? 5 : 355)) % 360;
    onHeading(heading);
    draw();
  };
  const unwatch = stores.models.watch(
    (s) => s.placing,
    (placing) => {
      heading = 0;
      onHeading(0);
      const { clientWidth, clientHeight } = view.canvas;
      at = placing ? view.groundAt(clientWidth / 2, clientHeight / 2) : null;
      draw();
    },
  );
  window.addEventListener("pointermove", onMove);
  window.addEventListener("keydown", onKey);
  return () => {
    unwatch();
    window.removeEventListener("pointermove", onMove);
    window.removeEventListener("keydown", onKey);
  };
}
