import * as v from "valibot";

/** A text in both languages; neither may be empty. */
export const localTextSchema = v.strictObject({
  zh: v.pipe(v.string(), v.minLength(1)),
  en: v.pipe(v.string(), v.minLength(1)),
});

/** One text for both languages, or one for each. */
export const wordsSchema = v.union([v.pipe(v.string(), v.minLength(1)), localTextSchema]);

export const provenanceSchema = v.strictObject({
  kind: v.picklist(["LIVE", "RECORDED", "SIMULATED", "SAMPLE"]),
  source: wordsSchema,
  observedAtMs: v.exactOptional(v.number()),
});

/** An id that may become a part of a path. */
export const slugSchema = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "lower-case letters, digits and hyphens"),
);
