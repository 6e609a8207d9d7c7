import * as v from "valibot";
import { TwinError } from "../base/errors.ts";
import { fieldProblem } from "./field-problem.ts";
import { localTextSchema, slugSchema } from "./schema-parts.ts";
import type { Story } from "./story.ts";

const storySchema = v.strictObject({
  id: slugSchema,
  version: v.literal(1),
  title: localTextSchema,
  loop: v.boolean(),
  steps: v.pipe(
    v.array(
      v.strictObject({
        caption: localTextSchema,
        /** Arguments are checked by the command desk, which alone knows them. */
        commands: v.array(
          v.pipe(
            v.looseObject({ type: v.pipe(v.string(), v.minLength(1)) }),
            v.check((command) => command.type !== "play-story", "a command other than play-story"),
          ),
        ),
        durationS: v.pipe(v.number(), v.minValue(0.5), v.maxValue(600)),
      }),
    ),
    v.minLength(1),
  ),
});

/** Checks a story. Throws TwinError `story.invalid` whose params name the `field` and what was `expected`. */
export function parseStory(json: unknown): Story {
  const parsed = v.safeParse(storySchema, json);
  if (parsed.success) return parsed.output;
  const problem = fieldProblem(parsed.issues);
  const field = problem.field === "" ? "story" : problem.field;
  throw new TwinError(
    "story.invalid",
    `The story cannot be played: ${field} should be ${problem.expected}, but is ${problem.received}. Correct this field.`,
    { field, expected: problem.expected, received: problem.received },
  );
}
