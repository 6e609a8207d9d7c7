import { outlineZones } from "../domain/incident-outline.ts";
import { problemOfCorner } from "../domain/zone.ts";
import type { WireParts } from "./parts.ts";

/** Less than a centimetre. */
const SAME_DEG = 1e-7;

/** Zones and the one being drawn are on the map; clicks and keys become corners. */
export function wireZones({ stores, view, scope, run }: WireParts): void {
  let pointer: readonly [number, number] | null = null;

  const draw = () => {
    const { drawing } = stores.response.get();
    if (!drawing) return view.setDraft(null);
    const { kind, ring } = drawing;
    const isCrossed = pointer !== null && problemOfCorner(ring, pointer) === "crosses";
    view.setDraft({ kind, ring, pointer, isCrossed });
  };
  /** Enter where the last corner already is ends the drawing. */
  const onEnter = () => {
    const { clientWidth, clientHeight } = view.canvas;
    const place = view.groundAt(clientWidth / 2, clientHeight / 2);
    if (!place) return;
    const { longitudeDeg, latitudeDeg } = place;
    const [lastLon = Number.NaN, lastLat = Number.NaN] = stores.response.get().drawing?.ring.at(-1) ?? [];
    const isSame = Math.abs(lastLon - longitudeDeg) < SAME_DEG && Math.abs(lastLat - latitudeDeg) < SAME_DEG;
    void run(isSame ? { type: "finish-zone" } : { type: "add-zone-corner", longitudeDeg, latitudeDeg });
  };

  const showZones = () => {
    const { incidents, chosen } = stores.incidents.get();
    const incident = incidents.find(({ id }) => id === chosen);
    view.setZones([...stores.response.get().zones, ...(incident ? outlineZones(incident) : [])]);
  };
  scope.add(stores.response.watch(({ zones }) => zones, showZones));
  scope.add(
    stores.incidents.watch(
      ({ incidents, chosen }) => incidents.find(({ id }) => id === chosen) ?? null,
      showZones,
    ),
  );
  scope.add(
    stores.response.watch(
      (s) => s.drawing,
      (now, before) => {
        if (!now || !before) pointer = null;
        draw();
      },
    ),
  );
  scope.add(
    view.on("clicked", ({ place }) => {
      if (!stores.response.get().drawing || !place) return;
      void run({
        type: "add-zone-corner",
        longitudeDeg: place.longitudeDeg,
        latitudeDeg: place.latitudeDeg,
      });
    }),
  );
  scope.listen(window, "pointermove", (event: PointerEvent) => {
    if (!stores.response.get().drawing || event.buttons !== 0) return;
    const rect = view.canvas.getBoundingClientRect();
    const place = view.groundAt(event.clientX - rect.left, event.clientY - rect.top);
    pointer = place ? [place.longitudeDeg, place.latitudeDeg] : null;
    draw();
  });
  scope.listen(window, "keydown", (event: KeyboardEvent) => {
    if (!stores.response.get().drawing || event.defaultPrevented || isInControl(event.target)) return;
    if (event.key === "Enter") onEnter();
    else if (event.key === "Backspace") void run({ type: "remove-zone-corner" });
    else if (event.key === "Escape") void run({ type: "cancel-drawing" });
    else return;
    event.preventDefault();
  });
}

/** Buttons and fields keep their keys. */
function isInControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, button, a, [role=menuitem]");
}
