import * as v from "valibot";
import { TwinError } from "../base/errors.ts";
import { wordsSchema } from "./schema-parts.ts";

const configSchema = v.strictObject({
  feeds: v.optional(
    v.record(
      v.string(),
      v.strictObject({
        url: v.optional(v.string()),
        topics: v.optional(v.array(v.string())),
        username: v.optional(v.string()),
        provenance: v.optional(
          v.strictObject({
            kind: v.picklist(["LIVE", "RECORDED", "SIMULATED", "SAMPLE"]),
            source: wordsSchema,
          }),
        ),
      }),
    ),
    {},
  ),
  embedOrigins: v.optional(v.array(v.string()), []),
});

export type TwinConfig = v.InferOutput<typeof configSchema>;

/** Checks the content of `config.json`. Throws TwinError `config.invalid` that names the field. */
export function parseTwinConfig(json: unknown): TwinConfig {
  const parsed = v.safeParse(configSchema, json);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const field = v.getDotPath(issue) ?? "config.json";
  throw new TwinError("config.invalid", `config.json: ${field}: ${issue.message}`, {
    field,
    expected: issue.message,
  });
}
