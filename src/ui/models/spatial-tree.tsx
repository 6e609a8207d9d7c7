import { ChevronRight } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, Tree, TreeItem, TreeItemContent } from "react-aria-components";
import type { SpatialNode } from "../../domain/model.ts";
import { useTwin, useWords } from "../context.tsx";
import { Empty } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import { countElements } from "./count-elements.ts";

function TreeNode({ node }: { node: SpatialNode }) {
  const { format } = useWords();
  const label = node.name || node.class;
  return (
    <TreeItem id={node.globalId} textValue={label} className="lt-tree-item">
      <TreeItemContent>
        {({ hasChildItems }) => (
          <>
            {hasChildItems ? (
              <Button slot="chevron" className="lt-tree-chevron">
                <ChevronRight className="lt-icon" aria-hidden />
              </Button>
            ) : (
              <span className="lt-tree-chevron" />
            )}
            <span className="lt-ellipsis">{label}</span>
            <span className="lt-tree-note">
              {node.class} {format.number(countElements(node))}
            </span>
          </>
        )}
      </TreeItemContent>
      {node.children.map((child) => (
        <TreeNode key={child.globalId} node={child} />
      ))}
    </TreeItem>
  );
}

/** Project, site, building, storeys, spaces. Choosing a node shows its properties. */
export function SpatialTree({ modelId }: { modelId: string }) {
  const { signals } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const [root, setRoot] = useState<SpatialNode | null | "loading">("loading");
  useEffect(() => {
    let isCurrent = true;
    signals.modelTree(modelId).then(
      (tree) => isCurrent && setRoot(tree),
      () => isCurrent && setRoot(null),
    );
    return () => {
      isCurrent = false;
    };
  }, [signals, modelId]);
  if (root === "loading") return <Empty>{t("app.loading")}</Empty>;
  if (root === null) return <Empty>{t("models.treeEmpty")}</Empty>;
  return (
    <Tree
      aria-label={t("models.tree")}
      className="lt-tree lt-scroll"
      defaultExpandedKeys={[root.globalId, ...root.children.map((child) => child.globalId)]}
      onAction={(key) => run({ type: "select", target: { kind: "element", modelId, globalId: String(key) } })}
    >
      <TreeNode node={root} />
    </Tree>
  );
}
