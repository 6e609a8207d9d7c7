import { describe, expect, it } from "vitest";
import { parseCapabilities } from "./map-capabilities.ts";

const WMS = `<?xml version="1.0"?><!DOCTYPE WMT_MS_Capabilities SYSTEM "http://x.example/c.dtd">
<WMT_MS_Capabilities version="1.1.1"><Capability><Request><GetMap><Format>image/png</Format><Format>image/jpeg</Format></GetMap></Request>
<Layer><Title>全部</Title><Layer><Name>a:b</Name><Title>道路 &amp; 桥</Title><Style><Name>plain</Name></Style></Layer>
<Layer><Title>组</Title><Layer><Name>c</Name></Layer></Layer></Layer></Capability></WMT_MS_Capabilities>`;
const WMTS = `<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1"><Contents>
<Layer><ows:Title>影像</ows:Title><ows:Identifier>img</ows:Identifier><Style isDefault="true"><ows:Identifier>default</ows:Identifier></Style>
<Format>image/png</Format><TileMatrixSetLink><TileMatrixSet>EPSG:4490</TileMatrixSet></TileMatrixSetLink>
<TileMatrixSetLink><TileMatrixSet>GoogleMapsCompatible</TileMatrixSet></TileMatrixSetLink>
<ResourceURL format="image/png" resourceType="tile" template="https://x.example/{TileMatrix}/{TileRow}/{TileCol}.png"/></Layer></Contents></Capabilities>`;

describe("parseCapabilities", () => {
  it("lists the named layers of a WMS, also below headings", () => {
    expect(parseCapabilities("wms", WMS, "x.example")).toEqual([
      {
        name: "a:b",
        title: "道路 & 桥",
        matrixSets: [],
        styles: ["plain"],
        formats: ["image/png", "image/jpeg"],
      },
      { name: "c", title: "c", matrixSets: [], styles: [], formats: ["image/png", "image/jpeg"] },
    ]);
  });

  it("lists the layers of a WMTS, web Mercator first", () => {
    expect(parseCapabilities("wmts", WMTS, "x.example")).toEqual([
      {
        name: "img",
        title: "影像",
        matrixSets: ["GoogleMapsCompatible", "EPSG:4490"],
        styles: ["default"],
        formats: ["image/png"],
        template: "https://x.example/{TileMatrix}/{TileRow}/{TileCol}.png",
      },
    ]);
  });

  it.each([
    "",
    "<html><body>404</body></html>",
    "no xml",
    '<!DOCTYPE a [<!ENTITY x "y">]><WMS_Capabilities/>',
  ])("says that it is no such service: %s", (text) => {
    expect(() => parseCapabilities("wms", text, "x.example")).toThrow(/x\.example does not answer as a WMS/);
  });
});
