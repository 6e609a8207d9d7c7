import { ChevronRight, Eye, EyeOff } from "lucide-react";
import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { type ElementTree, hasChildren, visibleNodes } from "../../domain/reading/element-tree.ts";
import { isInSight, type ModelReading } from "../../domain/reading/model-reading.ts";
import { hasRow } from "../../domain/reading/row-set.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { useRun } from "../use-run.ts";
import { type TreeMove, treeMove } from "./tree-keys.ts";
import { useReading } from "./use-reading.ts";
import { rowHeightOf, scrollFor, useVirtualRows } from "./use-virtual-rows.ts";

interface RowProps {
  readonly tree: ElementTree;
  readonly node: number;
  readonly top: number;
  readonly isFocused: boolean;
  readonly isOpen: boolean;
  readonly reading: ModelReading | undefined;
  readonly onOpen: () => void;
  readonly onChoose: (isAdding: boolean) => void;
  readonly onEye: () => void;
}

function rowsOf(tree: ElementTree, node: number): Uint32Array {
  return tree.rows.subarray(tree.from[node], tree.to[node]);
}

/** Whether all below a node is chosen; asked of large nodes only by their first and last, which is nearly always right. */
function isChosen(reading: ModelReading | undefined, rows: Uint32Array): boolean {
  if (!reading || rows.length === 0 || rows.length > reading.selected.length) return false;
  return rows.length > 500
    ? rows.length === reading.selected.length && hasRow(reading.selected, rows[0]!)
    : rows.every((row) => hasRow(reading.selected, row));
}

function TreeRow({ tree, node, top, isFocused, isOpen, reading, onOpen, onChoose, onEye }: RowProps) {
  const { t, format } = useWords();
  const rows = rowsOf(tree, node);
  const isBranch = hasChildren(tree, node);
  const isShown = !reading || rows.length === 0 || rows.some((row) => isInSight(reading, row));
  const label = tree.labels[node] ?? "";
  const Icon = isShown ? Eye : EyeOff;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the tree
    // biome-ignore lint/a11y/useSemanticElements: rows of a table cannot stand anywhere, as those of a window must
    <div
      role="row"
      tabIndex={isFocused ? 0 : -1}
      data-node={node}
      className="lt-vtree-row"
      aria-level={tree.depths[node]! + 1}
      aria-selected={isChosen(reading, rows)}
      {...(isBranch && { "aria-expanded": isOpen })}
      style={{ transform: `translateY(${top}px)`, paddingInlineStart: tree.depths[node]! * 12 }}
      onClick={(event: MouseEvent) => onChoose(event.ctrlKey || event.metaKey || event.shiftKey)}
      onDoubleClick={onOpen}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see the row */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row has the focus */}
      <div role="gridcell" className="lt-vtree-cell" data-off={!isShown}>
        {isBranch ? (
          <button
            type="button"
            tabIndex={-1}
            className="lt-tree-chevron"
            data-open={isOpen}
            aria-label={t(isOpen ? "reading.close" : "reading.open", { name: label })}
            onClick={(event) => {
              event.stopPropagation();
              onOpen();
            }}
          >
            <ChevronRight className="lt-icon" aria-hidden />
          </button>
        ) : (
          <span className="lt-tree-chevron" />
        )}
        <span className="lt-ellipsis" title={label}>
          {label}
        </span>
        <span className="lt-tree-note">
          {tree.isElement[node] ? tree.notes[node]?.replace(/^Ifc/, "") : format.number(rows.length)}
        </span>
        {rows.length > 0 && (
          <button
            type="button"
            tabIndex={-1}
            className="lt-vtree-eye"
            data-off={!isShown}
            aria-label={t(isShown ? "reading.hideThis" : "reading.showThis", { name: label })}
            onClick={(event) => {
              event.stopPropagation();
              onEye();
            }}
          >
            <Icon className="lt-icon" aria-hidden />
          </button>
        )}
      </div>
    </div>
  );
}

/** What starts open: the upper levels of a building's structure, nothing of a long list of kinds. */
function firstOpen(tree: ElementTree, levels: number): ReadonlySet<number> {
  const open = new Set<number>();
  for (let node = 0; node < tree.labels.length; node++) {
    if (tree.depths[node]! < levels) open.add(node);
    else node = tree.ends[node]! - 1;
  }
  return open;
}

function toggled(nodes: ReadonlySet<number>, node: number): ReadonlySet<number> {
  const next = new Set(nodes);
  if (!next.delete(node)) next.add(node);
  return next;
}

/** Keys of any tree, and H for the eye. */
function keyMove(
  event: KeyboardEvent,
  tree: ElementTree,
  nodes: Uint32Array,
  at: number,
  expanded: ReadonlySet<number>,
): TreeMove | { readonly kind: "hide"; readonly node: number } | null {
  const node = nodes[at];
  if (node === undefined || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key.toLowerCase() === "h") return { kind: "hide", node };
  return treeMove(event.key, tree, nodes, at, (one) => expanded.has(one));
}

/** What clicks and keys do to the elements below a node. */
function useNodeActions(id: string, tree: ElementTree, reading: ModelReading | undefined) {
  const run = useRun();
  return {
    choose: (node: number, isAdding: boolean) =>
      run({
        type: "select-elements",
        id,
        rows: rowsOf(tree, node),
        mode: isAdding ? "toggle" : "replace",
      }),
    eye: (node: number) => {
      const rows = rowsOf(tree, node);
      const isShown = !reading || rows.some((row) => isInSight(reading, row));
      run(isShown ? { type: "hide-elements", id, rows } : { type: "show-elements", id, rows });
    },
  };
}

/** After a key has moved on, the row that came into view gets the focus. */
function useFocusMove(
  host: RefObject<HTMLElement | null>,
  isMoving: RefObject<boolean>,
  node: number | undefined,
): void {
  useEffect(() => {
    if (!isMoving.current) return;
    const row = host.current?.querySelector<HTMLElement>(`[data-node="${node}"]`);
    if (!row) return;
    isMoving.current = false;
    row.focus();
  });
}

interface ViewProps {
  readonly modelId: string;
  readonly tree: ElementTree;
  readonly label: string;
  readonly levelsOpen: number;
}

/** A tree of any size: only rows in view exist. Click chooses, Ctrl adds, the eye hides; keys as in any tree. */
export function ElementTreeView({ modelId: id, tree, label, levelsOpen }: ViewProps) {
  const { stores } = useTwin();
  const reading = useReading(id);
  const isLarge = useStore(stores.ui, (state) => state.largeType);
  const [expanded, setExpanded] = useState(() => firstOpen(tree, levelsOpen));
  const [focused, setFocused] = useState(0);
  const host = useRef<HTMLDivElement>(null);
  const isMoving = useRef(false);
  const nodes = useMemo(() => visibleNodes(tree, expanded), [tree, expanded]);
  const rowHeight = rowHeightOf(isLarge);
  const { first, last } = useVirtualRows(host, nodes.length, rowHeight);

  useFocusMove(host, isMoving, nodes[focused]);
  const flip = (node: number) => setExpanded((now) => toggled(now, node));
  const { choose, eye } = useNodeActions(id, tree, reading);
  const go = (at: number) => {
    isMoving.current = true;
    setFocused(at);
    const element = host.current;
    const to = element && scrollFor(at, element.scrollTop, element.clientHeight, rowHeight);
    if (element && to !== null) element.scrollTop = to;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const own = (event.target as HTMLElement).closest<HTMLElement>("[data-node]")?.dataset.node;
    const at = own === undefined ? focused : nodes.indexOf(Number(own));
    const move = keyMove(event, tree, nodes, at, expanded);
    if (!move) return;
    if (move.kind === "go") go(move.at);
    else if (move.kind === "hide") eye(move.node);
    else if (move.kind === "open" || move.kind === "close") flip(move.node);
    else choose(move.node, move.kind === "toggle");
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={host}
      role="treegrid"
      aria-label={label}
      aria-multiselectable
      aria-rowcount={nodes.length}
      className="lt-vtree lt-scroll"
      onKeyDown={onKeyDown}
    >
      <div className="lt-vtree-space" style={{ height: nodes.length * rowHeight }} role="presentation">
        {Array.from(nodes.subarray(first, last), (node, i) => (
          <TreeRow
            key={node}
            tree={tree}
            node={node}
            top={(first + i) * rowHeight}
            isFocused={first + i === focused}
            isOpen={expanded.has(node)}
            reading={reading}
            onOpen={() => flip(node)}
            onChoose={(isAdding) => {
              setFocused(first + i);
              choose(node, isAdding);
            }}
            onEye={() => eye(node)}
          />
        ))}
      </div>
    </div>
  );
}
