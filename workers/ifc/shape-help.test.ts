import { expect, test } from "vitest";
import { IfcText } from "./ifc-text.fixture.ts";
import { unpackElements } from "./packed-elements.ts";
import { askForHelp, offerHelp } from "./shape-help.ts";

function blobOf(bytes: Uint8Array): Blob {
  return new Blob([bytes as Uint8Array<ArrayBuffer>]);
}

test("the worker at the other end makes half of the elements when it is asked", async () => {
  const file = new IfcText();
  for (let i = 0; i < 24; i++) file.element(`P${i}`, [i, 0, 0], file.tetrahedron(1));
  const { port1, port2 } = new MessageChannel();
  offerHelp(blobOf(file.toBytes()), "half.ifc", null, port2);
  expect(unpackElements(await askForHelp(port1))).toHaveLength(12);
  port2.close();
});

test("and says so when it cannot", async () => {
  const { port1, port2 } = new MessageChannel();
  offerHelp(blobOf(new Uint8Array(4)), "nothing.ifc", null, port2);
  await expect(askForHelp(port1)).rejects.toThrow("nothing.ifc");
  port2.close();
});
