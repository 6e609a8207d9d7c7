import { Cartographic, Math as CesiumMath, WebMercatorProjection, WebMercatorTilingScheme } from "cesium";
import { gcj02FromWgs84, wgs84FromGcj02 } from "../geo/gcj02.ts";

/**
 * Web Mercator tiles whose picture is drawn in GCJ-02. The shift (about 500 m) is nearly constant over a tile, so each
 * tile's rectangle is moved to where its ground truly is; both directions go through the scheme's projection.
 */
export class Gcj02TilingScheme extends WebMercatorTilingScheme {
  constructor() {
    super();
    const plain = new WebMercatorProjection();
    this.projection.project = (place, result) => {
      const drawn = gcj02FromWgs84(
        CesiumMath.toDegrees(place.longitude),
        CesiumMath.toDegrees(place.latitude),
      );
      return plain.project(Cartographic.fromDegrees(drawn.longitudeDeg, drawn.latitudeDeg), result);
    };
    this.projection.unproject = (native, result) => {
      const drawn = plain.unproject(native);
      const place = wgs84FromGcj02(
        CesiumMath.toDegrees(drawn.longitude),
        CesiumMath.toDegrees(drawn.latitude),
      );
      return Cartographic.fromDegrees(place.longitudeDeg, place.latitudeDeg, 0, result);
    };
  }
}
