import { describe, expect, it } from "vitest";
import { TwinError } from "../base/errors.ts";
import { type AlertText, alertOf, alertXml, bytesOf, infoXml } from "./alert.fixture.ts";
import { parseCap } from "./cap-parser.ts";
import { decodeText } from "./xml-document.ts";

function codeOf(xml: string | Uint8Array): string {
  try {
    parseCap(typeof xml === "string" ? bytesOf(xml) : xml);
  } catch (error) {
    if (error instanceof TwinError)
      return error.params.field ? `${error.code} ${error.params.field}` : error.code;
    throw error;
  }
  return "accepted";
}

const area = (content: string) => ({
  body: infoXml({ area: `<area><areaDesc>x</areaDesc>${content}</area>` }),
});

describe("parseCap", () => {
  it("reads an alert: enumerations verbatim, times as epoch ms", () => {
    const alert = alertOf();
    expect(alert).toMatchObject({
      identifier: "A1",
      sender: "met@example.org",
      status: "Exercise",
      msgType: "Alert",
      scope: "Public",
      references: [],
      notes: [],
    });
    expect(new Date(alert.sentMs).toISOString()).toBe("2026-07-22T02:30:00.000Z");
    expect(alert.infos[0]).toMatchObject({
      language: "en-US",
      event: "Rainstorm",
      effectiveMs: null,
      expiresMs: null,
    });
  });

  it("turns lat,lon round", () => {
    expect(alertOf().infos[0]!.areas[0]!.polygons).toEqual([
      [
        [123.4, 41.7],
        [123.4, 41.8],
        [123.5, 41.8],
        [123.4, 41.7],
      ],
    ]);
    expect(alertOf(area("<circle>41.8,123.43 2.5</circle>")).infos[0]!.areas[0]!.circles).toEqual([
      { longitudeDeg: 123.43, latitudeDeg: 41.8, radius: 2500 },
    ]);
  });

  it("reads a prefixed alert and leaves foreign elements out", () => {
    const xml = alertXml({ body: `<x xmlns="urn:x"><foreign>evil</foreign></x>${infoXml()}` })
      .replace(/<(\/?)(?!\?|\/|x\b|foreign)/g, "<$1cap:")
      .replace("xmlns=", "xmlns:cap=")
      .replace("</cap:alert>", '<ds:info xmlns:ds="urn:s"><ds:event>no</ds:event></ds:info></cap:alert>');
    const alert = parseCap(bytesOf(xml));
    expect(alert.infos.map((info) => info.event)).toEqual(["Rainstorm"]);
  });

  it.each<[string, AlertText]>([
    ["cap.invalid identifier", { identifier: "" }],
    ["cap.invalid sender", { sender: "" }],
    ["cap.invalid sent", { sent: "22.07.2026 10:30" }],
    ["cap.invalid sent", { sent: "2026-13-45T10:30:00+08:00" }],
    ["cap.invalid status", { status: "Real" }],
    ["cap.invalid msgType", { msgType: "alert" }],
    ["cap.invalid scope", { scope: "" }],
    ["cap.invalid info", { body: "" }],
    ["cap.invalid info.event", { body: infoXml({ event: "" }) }],
    ["cap.version", { namespace: "http://www.incident.com/cap/1.0" }],
    ["cap.doctype", { prolog: '<?xml version="1.0"?><!DOCTYPE alert [<!ENTITY x "y">]>' }],
    ["cap.encoding", { prolog: '<?xml version="1.0" encoding="EBCDIC"?>' }],
  ])("refuses with %s", (code, text) => {
    expect(codeOf(alertXml(text))).toBe(code);
  });

  it("refuses what is no XML, no alert, too large or not in its encoding", () => {
    expect(codeOf(alertXml().slice(0, -9))).toBe("cap.xml");
    expect(codeOf("<html><body>502</body></html>")).toBe("cap.root");
    expect(codeOf(bytesOf(" ".repeat(4 * 1024 * 1024 + 1)))).toBe("cap.size");
    expect(codeOf(Uint8Array.of(...bytesOf("<alert>"), 0xff, 0xfe))).toBe("cap.encoding");
  });

  it("never expands entities: those of XML and numbers are decoded, all others stay text", () => {
    const alert = alertOf({
      body: infoXml({ event: "A&amp;B &lt;b&gt; &#26292;&#x96E8; &xxe; &#0; &#xD800;" }),
    });
    expect(alert.infos[0]!.event).toBe("A&B <b> 暴雨 &xxe; &#0; &#xD800;");
    expect(decodeText("&amp;lt;")).toBe("&lt;");
  });

  it("keeps text as text: numbers, markup in CDATA; members of objects are no names", () => {
    const alert = alertOf({
      identifier: "007.50",
      body: infoXml({ event: "<![CDATA[<img src=x onerror=alert(1)>]]>" }),
    });
    expect(alert.identifier).toBe("007.50");
    expect(alert.infos[0]!.event).toBe("<img src=x onerror=alert(1)>");
    expect(codeOf(alertXml({ body: infoXml({ extra: "<__proto__><x>1</x></__proto__>" }) }))).toBe("cap.xml");
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it("reads Chinese written in GB18030", () => {
    const xml = alertXml({
      prolog: '<?xml version="1.0" encoding="GB2312"?>',
      body: infoXml({ event: "@@" }),
    });
    const [before, after] = xml.split("@@").map(bytesOf);
    const event = Uint8Array.of(0xb1, 0xa9, 0xd3, 0xea);
    const bytes = Uint8Array.of(...before!, ...event, ...after!);
    expect(parseCap(bytes).infos[0]!.event).toBe("暴雨");
  });

  it("closes an open ring and leaves broken shapes out with a note each", () => {
    const open = alertOf(area("<polygon>41.7,123.4 41.8,123.4 41.8,123.5</polygon>")).infos[0]!.areas[0]!
      .polygons[0]!;
    expect(open).toHaveLength(4);
    expect(open[3]).toEqual(open[0]);
    const broken = alertOf(
      area(
        "<polygon></polygon><polygon>41.7,123.4 41.8, 41.8,123.5 41.7,123.4</polygon><polygon>91,0 92,0 91,1 91,0</polygon>" +
          "<polygon>41.7,123.4 41.7,123.4</polygon><circle>41.8,123.43</circle><circle>41.8,123.43 -1</circle>",
      ),
    );
    expect(broken.infos[0]!.areas[0]).toMatchObject({ polygons: [], circles: [] });
    expect(broken.notes).toHaveLength(6);
  });

  it("takes unknown urgency, severity and certainty as Unknown and says so", () => {
    const alert = alertOf({ body: infoXml({ severity: "Catastrophic" }) });
    expect(alert.infos[0]!.severity).toBe("Unknown");
    expect(alert.notes[0]).toContain("Catastrophic");
  });

  it("reads references; a cancel may do without an info block", () => {
    const alert = alertOf({
      msgType: "Cancel",
      body: "",
      references:
        "met@example.org,A1,2026-07-22T10:30:00+08:00\n met@example.org,A,0,2026-07-22T10:31:00+08:00 nonsense",
    });
    expect(alert.references).toEqual(["met@example.org,A1", "met@example.org,A,0"]);
    expect(alert.notes).toHaveLength(1);
  });
});
