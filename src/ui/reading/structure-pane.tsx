import { useState } from "react";
import { TREE_ORDERS, type TreeOrder } from "../../domain/reading/element-tree.ts";
import { useTwin, useWords } from "../context.tsx";
import { Empty } from "../kit/section.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { ElementTreeView } from "./element-tree-view.tsx";
import { IndexingNote } from "./indexing-note.tsx";
import { useAnswer } from "./use-reading.ts";
import "./reading.css";

/** The model's elements by place, class, type or system. */
export function StructurePane({ modelId }: { modelId: string }) {
  const { signals } = useTwin();
  const { t } = useWords();
  const [order, setOrder] = useState<TreeOrder>("spatial");
  const key = `${modelId} ${order}`;
  const answer = useAnswer(key, () => signals.elementTree(modelId, order));
  return (
    <>
      <Segmented
        label={t("reading.order")}
        value={order}
        options={TREE_ORDERS.map((id) => ({ id, label: t(`reading.order.${id}`) }))}
        onChange={setOrder}
      />
      {answer.state === "waiting" && <IndexingNote modelId={modelId} />}
      {answer.state === "failed" && <p className="lt-fault">{t.error(answer.error)}</p>}
      {answer.state === "here" &&
        (answer.value.labels.length === 0 ? (
          <Empty>{t(order === "system" ? "reading.noSystems" : "models.treeEmpty")}</Empty>
        ) : (
          <ElementTreeView
            key={key}
            modelId={modelId}
            tree={answer.value}
            label={t("models.tree")}
            levelsOpen={order === "spatial" ? 2 : 0}
          />
        ))}
    </>
  );
}
