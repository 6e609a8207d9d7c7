import { Cartesian3, Cartographic, Math as CesiumMath } from "cesium";
import type { PlaceDeg } from "../domain/pose.ts";

export function ecefFromPlace(place: PlaceDeg): Cartesian3 {
  return Cartesian3.fromDegrees(place.longitudeDeg, place.latitudeDeg, place.height);
}

export function placeFromEcef(position: Cartesian3): PlaceDeg | null {
  const cartographic = Cartographic.fromCartesian(position);
  if (!cartographic) return null;
  return {
    longitudeDeg: CesiumMath.toDegrees(cartographic.longitude),
    latitudeDeg: CesiumMath.toDegrees(cartographic.latitude),
    height: cartographic.height,
  };
}
