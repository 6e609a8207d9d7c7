import { expect, it } from "vitest";
import type { TwinEventBody } from "../domain/twin-event.ts";
import { unitOf } from "../domain/twin-log.fixture.ts";
import { UnitRecorder } from "./unit-recorder.ts";

it("writes all down when it begins, then what is new: tasks at once, places now and then, who went", () => {
  const bodies: TwinEventBody[] = [];
  let nowMs = 0;
  const recorder = new UnitRecorder(
    (body) => void bodies.push(body),
    () => nowMs,
  );
  const said = () =>
    bodies
      .splice(0)
      .map((body) => body.kind === "units" && [body.put.map(({ id }) => id), body.gone, body.isAll]);
  recorder.take([unitOf("a")]);
  expect(said()).toEqual([]);
  recorder.begin();
  expect(said()).toEqual([[["a"], [], true]]);
  recorder.take([unitOf("a"), unitOf("b")]);
  expect(said()).toEqual([[["b"], [], undefined]]);
  const far = { longitudeDeg: 123.01 };
  nowMs = 1000;
  recorder.take([unitOf("a", far), unitOf("b")]);
  expect(said()).toEqual([]);
  recorder.take([unitOf("a", { ...far, status: "moving" }), unitOf("b")]);
  expect(said()).toEqual([[["a"], [], undefined]]);
  nowMs = 7000;
  recorder.take([unitOf("a", { longitudeDeg: 123.02, status: "moving" })]);
  expect(said()).toEqual([[["a"], ["b"], undefined]]);
});
