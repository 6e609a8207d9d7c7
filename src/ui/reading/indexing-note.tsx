import { useStore, useTwin, useWords } from "../context.tsx";

/** Properties of a model are read once, before the first question: how far that is. */
export function IndexingNote({ modelId }: { modelId: string }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const indexing = useStore(stores.reading, (state) => state.indexing);
  if (indexing?.modelId !== modelId) return <p className="lt-note">{t("app.loading")}</p>;
  const { done, total } = indexing;
  return (
    <p className="lt-note" role="status">
      {t("reading.indexing", { done: format.number(done), total: format.number(total) })}
    </p>
  );
}
