import { isAbort } from "../base/abort.ts";
import type { CityId } from "../domain/city.ts";
import { attributeTheme } from "../domain/city-theme.ts";
import type { Basemap } from "../domain/layer.ts";
import type { CameraPose, TargetView } from "../domain/pose.ts";
import type { WireParts } from "./parts.ts";

export interface CityWire {
  flyTo(view: TargetView | CameraPose, durationS: number | null): Promise<void>;
  turnNorth(): Promise<void>;
  zoom(factor: number): Promise<void>;
  setBasemap(basemap: Basemap): Promise<void>;
  setSecret(name: string, value: string | null): void;
  secret(name: string): string | undefined;
}

/** Look, light, base map and camera of the city follow the stores; the camera that came to rest goes back. */
export function wireCity({ stores, view, scope, signals, onError, baseUrl }: WireParts): CityWire {
  const secrets = new Map<string, string>();
  const applyLook = () => {
    const { look, theme } = stores.city.get();
    const attribute = theme ? attributeTheme(theme) : null;
    view.setTheme(attribute);
    view.setLook(look, stores.ui.get().theme);
    stores.city.set({ legend: attribute?.legend ?? null });
  };
  const applyCity = (city: CityId) => {
    view.setCity(city, `${baseUrl}tilesets/${city}/`).catch(onError);
  };

  applyCity(stores.city.get().city);
  applyLook();
  view.setHour(stores.city.get().hour);
  scope.add(
    stores.city.watch(
      (s) => s.city,
      (city) => applyCity(city),
    ),
  );
  scope.add(stores.city.watch((s) => s.look, applyLook));
  scope.add(stores.city.watch((s) => s.theme, applyLook));
  scope.add(stores.ui.watch((s) => s.theme, applyLook));
  scope.add(
    stores.city.watch(
      (s) => s.hour,
      (hour) => view.setHour(hour),
    ),
  );
  const applyMemory = (mib: number) => view.setTileMemory(mib * 1024 * 1024);
  applyMemory(stores.ui.get().tileMemoryMib);
  scope.add(stores.ui.watch((s) => s.tileMemoryMib, applyMemory));
  scope.add(view.on("cameraStopped", (observed) => stores.camera.set({ observed })));
  scope.add(view.on("cameraMoved", (pose) => signals.emit("cameraMoved", pose)));
  scope.add(view.on("creditsChanged", (credits) => signals.emit("creditsChanged", credits)));
  scope.add(view.on("loadingChanged", (count) => signals.emit("loadingChanged", count)));

  let seq = 0;
  const flyTo = async (target: TargetView | CameraPose, durationS: number | null) => {
    stores.camera.set({ requested: { seq: ++seq, view: target, durationS } });
    try {
      await view.flyTo(target, durationS);
    } catch (error) {
      if (!isAbort(error)) throw error;
    }
  };
  return {
    flyTo,
    turnNorth: () => view.turnNorth(),
    zoom: (factor) => view.zoom(factor),
    setBasemap: async (basemap) => {
      const { tianditu, ion } = Object.fromEntries(secrets);
      await view.setBasemap(basemap, { ...(tianditu && { tianditu }), ...(ion && { ion }) });
      stores.city.set({ basemap });
    },
    setSecret: (name, value) => {
      if (value) secrets.set(name, value);
      else secrets.delete(name);
    },
    secret: (name) => secrets.get(name),
  };
}
