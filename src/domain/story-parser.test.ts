import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TwinError } from "../base/errors.ts";
import { parseStory } from "./story-parser.ts";

const text = readFileSync(new URL("../../public/stories/tour.json", import.meta.url), "utf8");

function story(
  change: (story: { steps: Record<string, unknown>[] } & Record<string, unknown>) => void,
): unknown {
  const json = JSON.parse(text);
  change(json);
  return json;
}

function fieldOf(json: unknown): unknown {
  try {
    parseStory(json);
  } catch (error) {
    if (error instanceof TwinError && error.code === "story.invalid") return error.params.field;
    throw error;
  }
  return null;
}

describe("parseStory", () => {
  it("takes the tour as it is shipped: about two minutes in ten to twelve steps", () => {
    const tour = parseStory(JSON.parse(text));
    const seconds = tour.steps.reduce((sum, step) => sum + step.durationS, 0);
    expect(seconds).toBeGreaterThan(105);
    expect(seconds).toBeLessThan(140);
    expect(tour.steps.length).toBeGreaterThanOrEqual(10);
    expect(tour.steps.length).toBeLessThanOrEqual(12);
  });

  it("keeps the arguments of a command", () => {
    const first = parseStory(JSON.parse(text)).steps.flatMap((step) => step.commands);
    expect(first).toContainEqual({ type: "set-water-level", level: 3 });
  });

  it.each([
    ["steps.1.durationS", story((json) => (json.steps[1]!.durationS = "5"))],
    ["steps.0.caption.en", story((json) => (json.steps[0]!.caption = { zh: "沈阳" }))],
    ["steps.2.commands.0.type", story((json) => (json.steps[2]!.commands = [{ look: "night" }]))],
    ["steps.2.commands.0", story((json) => (json.steps[2]!.commands = [{ type: "play-story", id: "tour" }]))],
    ["steps", story((json) => (json.steps = []))],
    ["loop", story((json) => delete json.loop)],
    ["story", "tour"],
  ])("names the broken field %s", (field, json) => {
    expect(fieldOf(json)).toBe(field);
  });
});
