import * as v from "valibot";
import type { AlertRule } from "./alert-rule.ts";
import { localTextSchema, slugSchema } from "./schema-parts.ts";

const finite = v.pipe(v.number(), v.finite());
const seconds = v.pipe(finite, v.minValue(0));
const positive = v.pipe(finite, v.gtValue(0));
const lonLat = v.tuple([
  v.pipe(finite, v.minValue(-180), v.maxValue(180)),
  v.pipe(finite, v.minValue(-90), v.maxValue(90)),
]);

const latched = {
  direction: v.picklist(["above", "below"]),
  raise: finite,
  clear: finite,
  holdS: seconds,
  clearHoldS: v.exactOptional(seconds),
};

const condition = v.variant("type", [
  v.strictObject({ type: v.literal("threshold"), ...latched }),
  v.strictObject({
    type: v.literal("rate"),
    direction: v.picklist(["rising", "falling"]),
    perHour: positive,
    clearPerHour: positive,
    overS: positive,
  }),
  v.strictObject({
    type: v.literal("absence"),
    silentS: positive,
    share: v.exactOptional(v.pipe(finite, v.gtValue(0), v.maxValue(1))),
  }),
  v.strictObject({
    type: v.literal("agreement"),
    ...latched,
    count: v.pipe(v.number(), v.integer(), v.minValue(2)),
    radius: positive,
    withinS: positive,
  }),
]);

/** An alert rule of a manifest. */
export const alertRuleSchema = v.strictObject({
  id: slugSchema,
  title: localTextSchema,
  level: v.picklist([1, 2, 3, 4]),
  kind: v.pipe(v.string(), v.minLength(1)),
  area: v.exactOptional(v.pipe(v.array(lonLat), v.minLength(3))),
  when: condition,
});

/** What types cannot say: that a rule can also go off again. Null when all is well. */
export function ruleProblem({
  when,
}: AlertRule): { readonly field: string; readonly expected: string; readonly received: number } | null {
  if (when.type === "absence") return null;
  if (when.type === "rate")
    return when.clearPerHour <= when.perHour
      ? null
      : {
          field: "when.clearPerHour",
          expected: `at most perHour (${when.perHour})`,
          received: when.clearPerHour,
        };
  const isHarmless = when.direction === "above" ? when.clear <= when.raise : when.clear >= when.raise;
  if (isHarmless) return null;
  const order = when.direction === "above" ? "at most" : "at least";
  return { field: "when.clear", expected: `${order} raise (${when.raise})`, received: when.clear };
}
