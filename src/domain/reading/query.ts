export type QueryOperator = "=" | "!=" | ">" | ">=" | "<" | "<=" | "~";

/** One condition; all of a query must hold. */
export type QueryTerm =
  /** Anywhere: name, class, type, GlobalId, any text value. */
  | { readonly kind: "text"; readonly text: string; readonly isNot: boolean }
  | {
      readonly kind: "compare";
      /** Null for a property of whatever set; `*` stands for any letters. */
      readonly set: string | null;
      readonly name: string;
      readonly operator: QueryOperator;
      readonly value: string;
      readonly isNot: boolean;
    };

/** Names that mean the element itself, also in Chinese. */
const FIELDS: Readonly<Record<string, string>> = {
  class: "class",
  类: "class",
  类别: "class",
  name: "name",
  名称: "name",
  type: "type",
  类型: "type",
  storey: "storey",
  楼层: "storey",
  material: "material",
  材料: "material",
  system: "system",
  系统: "system",
  id: "globalid",
  globalid: "globalid",
};

/** The element's own field that a name means; null for a property. */
export function fieldOf(name: string): string | null {
  return FIELDS[name.toLowerCase()] ?? null;
}

const OPERATOR = /^(!=|>=|<=|[=><~:：＝])/;

interface Token {
  readonly left: string;
  readonly operator: string | null;
  readonly right: string;
}

/** Words at blanks outside quotation marks, each parted at its first operator. Never fails: what is odd is text. */
export function parseQuery(query: string): QueryTerm[] {
  return tokensOf(query).flatMap((token): QueryTerm[] => {
    const isNot = /^[-!](?=.)/.test(token.left);
    const left = isNot ? token.left.slice(1) : token.left;
    if (token.operator === null) return left ? [{ kind: "text", text: left, isNot }] : [];
    if (!left) return [{ kind: "text", text: token.operator + token.right, isNot }];
    const operator = (/[:：＝]/.test(token.operator) ? "=" : token.operator) as QueryOperator;
    const dot = fieldOf(left) ? -1 : left.indexOf(".");
    return [
      {
        kind: "compare",
        set: dot < 0 ? null : left.slice(0, dot),
        name: left.slice(dot + 1),
        operator,
        value: token.right,
        isNot,
      },
    ];
  });
}

function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  let [left, right, isQuoted, isOpen] = ["", "", false, false];
  let operator: string | null = null;
  const close = () => {
    if (isOpen) tokens.push({ left, operator, right });
    [left, right, operator, isOpen] = ["", "", null, false];
  };
  for (let i = 0; i < query.length; i++) {
    const letter = query[i]!;
    const found: string | null | undefined =
      isQuoted || operator !== null ? null : OPERATOR.exec(query.slice(i))?.[0];
    if (/["“”]/.test(letter)) {
      isQuoted = !isQuoted;
      isOpen = true;
    } else if (!isQuoted && /\s/.test(letter)) close();
    else if (found && !(found === "!=" && left === "")) {
      operator = found;
      i += found.length - 1;
    } else {
      isOpen = true;
      if (operator === null) left += letter;
      else right += letter;
    }
  }
  close();
  return tokens;
}

export type ColumnValue = string | number | boolean | null;

/** Whether there is something: an empty text or an unknown value is nothing. */
export function isPresent(value: ColumnValue | undefined): boolean {
  return value !== null && value !== undefined && value !== "";
}

function pattern(text: string): RegExp {
  const escaped = text.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${escaped}$`, "iu");
}

/** Names as written in a query to names of a model: letter case aside, `*` for any letters. */
export function nameMatcher(text: string): (name: string) => boolean {
  if (text === "*") return () => true;
  const regExp = pattern(text);
  return (name) => regExp.test(name);
}

const TRUE = new Set(["true", "t", "yes", "1", "是", "真"]);
const FALSE = new Set(["false", "f", "no", "0", "否", "假"]);

/** Tests present values against the right side of `=`, `>`, `~` and the like; `a,b` after `=` means either. */
export function valueMatcher(
  operator: Exclude<QueryOperator, "!=">,
  text: string,
): (value: ColumnValue) => boolean {
  if (operator === "~") {
    const wanted = text.toLowerCase();
    return (value) => String(value).toLowerCase().includes(wanted);
  }
  const number = Number(text);
  if (operator !== "=") {
    const holds = COMPARISONS[operator];
    return (value) => {
      const own = typeof value === "number" ? value : Number.parseFloat(String(value));
      return Number.isFinite(own) && Number.isFinite(number) && holds(own, number);
    };
  }
  const parts = text.split(/[,，]/).map(equalMatcher);
  return (value) => parts.some((isEqual) => isEqual(value));
}

const COMPARISONS = {
  ">": (a: number, b: number) => a > b,
  ">=": (a: number, b: number) => a >= b,
  "<": (a: number, b: number) => a < b,
  "<=": (a: number, b: number) => a <= b,
} as const;

function equalMatcher(text: string): (value: ColumnValue) => boolean {
  const isName = nameMatcher(text);
  const number = text.trim() === "" ? Number.NaN : Number(text);
  const lower = text.toLowerCase();
  return (value) => {
    if (typeof value === "boolean") return (value ? TRUE : FALSE).has(lower) || isName(String(value));
    if (typeof value === "number" && Number.isFinite(number))
      return Math.abs(value - number) <= 1e-6 * Math.max(1, Math.abs(number));
    return isName(String(value));
  };
}

/** A class as people write it: `Wall`, `IfcWall` and `IfcWallStandardCase` for walls; `*` for any letters. */
export function classMatcher(text: string): (name: string) => boolean {
  const parts = text.split(/[,，]/).map((part) => {
    const full = /^ifc/i.test(part) || part.startsWith("*") ? part : `Ifc${part}`;
    const [exact, standard] = [nameMatcher(full), nameMatcher(`${full}StandardCase`)];
    const assembled = nameMatcher(`${full}ElementedCase`);
    return (name: string) => exact(name) || standard(name) || assembled(name);
  });
  return (name) => parts.some((matches) => matches(name));
}
