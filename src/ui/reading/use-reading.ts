import { useEffect, useState } from "react";
import { type PlainError, toPlainError } from "../../base/errors.ts";
import type { ModelReading } from "../../domain/reading/model-reading.ts";
import { useStore, useTwin } from "../context.tsx";

/** Undefined while nothing of the model has been hidden, chosen or coloured. */
export function useReading(modelId: string): ModelReading | undefined {
  const { stores } = useTwin();
  return useStore(stores.reading, (state) => state.models[modelId]);
}

export type Answer<T> =
  | { readonly state: "waiting" }
  | { readonly state: "here"; readonly value: T }
  | { readonly state: "failed"; readonly error: PlainError };

/** The answer to a question that is asked again whenever `key` changes. */
export function useAnswer<T>(key: string, ask: () => Promise<T>): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T> & { key?: string }>({ state: "waiting" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when the question is another one
  useEffect(() => {
    let isCurrent = true;
    ask().then(
      (value) => isCurrent && setAnswer({ key, state: "here", value }),
      (error: unknown) => isCurrent && setAnswer({ key, state: "failed", error: toPlainError(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return answer.key === key ? answer : { state: "waiting" };
}
