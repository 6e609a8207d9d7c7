import * as v from "valibot";
import { TwinError } from "../base/errors.ts";
import type { FeedConfig } from "./feed-config.ts";
import { feedSchema } from "./feed-schema.ts";
import { fieldProblem } from "./field-problem.ts";
import { localTextSchema, wordsSchema } from "./schema-parts.ts";

const seconds = v.pipe(v.number(), v.finite(), v.minValue(1));

/** What of a scenario's feed an operator may change. */
const overrideSchema = v.strictObject({
  url: v.optional(v.string()),
  topics: v.optional(v.array(v.string())),
  /** Takes the place of single fields of the feed's `options`. */
  options: v.exactOptional(v.record(v.string(), v.unknown())),
  lateAfterS: v.exactOptional(seconds),
  staleAfterS: v.exactOptional(seconds),
  username: v.optional(v.string()),
  provenance: v.optional(
    v.strictObject({
      kind: v.picklist(["LIVE", "RECORDED", "SIMULATED", "SAMPLE"]),
      source: wordsSchema,
    }),
  ),
});

/** No user name or password in front of the host: secrets are asked of the user. */
const outUrl = v.pipe(
  v.string(),
  v.regex(/^(?:https?:\/\/(?![^/?#]*@)[^\s]+|\/(?!\/)[^\s]*)$/, "https://… or a path"),
);

const configSchema = v.strictObject({
  feeds: v.optional(v.record(v.string(), overrideSchema), {}),
  /** Feeds of the operator's own, followed beside those of every scenario. */
  extraFeeds: v.exactOptional(v.array(feedSchema)),
  /** Where CAP messages are handed on by HTTP POST. */
  capOut: v.exactOptional(v.array(v.strictObject({ title: localTextSchema, url: outUrl }))),
  /** In whose name CAP messages go out. They are exercises unless `status` says otherwise. */
  cap: v.exactOptional(
    v.strictObject({
      sender: v.exactOptional(
        v.pipe(v.string(), v.regex(/^[^\s,&<]{1,100}$/, "a name without spaces, commas, & or <")),
      ),
      senderName: v.exactOptional(localTextSchema),
      status: v.exactOptional(v.picklist(["Actual", "Exercise", "Test"])),
    }),
  ),
  embedOrigins: v.optional(v.array(v.string()), []),
});

export type TwinConfig = Omit<v.InferOutput<typeof configSchema>, "extraFeeds"> & {
  readonly extraFeeds?: readonly FeedConfig[];
};
export type FeedOverride = v.InferOutput<typeof overrideSchema>;

/** Checks the content of `config.json`. Throws TwinError `config.invalid` that names the field. */
export function parseTwinConfig(json: unknown): TwinConfig {
  const parsed = v.safeParse(configSchema, json);
  if (parsed.success) return parsed.output;
  const { field, expected } = fieldProblem(parsed.issues);
  throw invalid(field || "config.json", expected);
}

/** A feed with the operator's changes. Throws TwinError `config.invalid` when together they make no feed. */
export function mergeFeed(feed: FeedConfig, override: FeedOverride): FeedConfig {
  const { username: _, options, ...fields } = override;
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const own = "options" in feed ? feed.options : {};
  const merged = { ...feed, ...given, ...(options && { options: { ...own, ...options } }) };
  const parsed = v.safeParse(feedSchema, merged);
  if (parsed.success) return parsed.output;
  const { field, expected } = fieldProblem(parsed.issues);
  throw invalid(`feeds.${feed.id}.${field}`, expected);
}

function invalid(field: string, expected: string): TwinError {
  return new TwinError(
    "config.invalid",
    `config.json is wrong: ${field} should be ${expected}. Correct this field.`,
    {
      field,
      expected,
    },
  );
}
