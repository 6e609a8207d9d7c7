import { XMLParser } from "fast-xml-parser";

interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
});

/**
 * Checks a document against a schema made of nested sequences, enumerations and patterns, which is all that CAP 1.2 uses: the
 * order and number of elements, and their values. Returns what is wrong, with its path; nothing when it is valid.
 */
export function xsdProblems(xsd: string, xml: string): string[] {
  const schema = rootOf(xsd);
  const root = rootOf(xml);
  const declared = children(schema, "element").find(({ attributes }) => attributes.name === root.name);
  return declared ? check(declared, root, root.name, schema) : [`${root.name} is not declared`];
}

function check(declared: XmlNode, node: XmlNode, path: string, schema: XmlNode): string[] {
  const sequence = inside(declared, "complexType", "sequence");
  return sequence ? checkSequence(sequence, node, path, schema) : checkValue(declared, node, path);
}

function checkSequence(sequence: XmlNode, node: XmlNode, path: string, schema: XmlNode): string[] {
  const problems: string[] = [];
  let at = 0;
  for (const part of children(sequence, "element")) {
    const name = part.attributes.name ?? part.attributes.ref!.replace(/^.*:/, "");
    const declared = part.attributes.ref
      ? children(schema, "element").find(({ attributes }) => attributes.name === name)!
      : part;
    let count = 0;
    for (; node.children[at]?.name === name; at++, count++)
      problems.push(...check(declared, node.children[at]!, `${path}/${name}[${count + 1}]`, schema));
    const most =
      part.attributes.maxOccurs === "unbounded"
        ? Number.POSITIVE_INFINITY
        : Number(part.attributes.maxOccurs ?? 1);
    if (count < Number(part.attributes.minOccurs ?? 1) || count > most)
      problems.push(`${path}/${name}: ${count} times`);
  }
  if (at < node.children.length) problems.push(`${path}/${node.children[at]!.name} is out of place`);
  return problems;
}

function checkValue(declared: XmlNode, { text }: XmlNode, path: string): string[] {
  const restriction = inside(declared, "simpleType", "restriction");
  if (!restriction) return [];
  const allowed = children(restriction, "enumeration").map(({ attributes }) => attributes.value);
  const patterns = children(restriction, "pattern").map(
    ({ attributes }) => new RegExp(`^(?:${attributes.value})$`),
  );
  if (allowed.length > 0 && !allowed.includes(text)) return [`${path}: "${text}" is not allowed`];
  return patterns.every((pattern) => pattern.test(text)) ? [] : [`${path}: "${text}" does not fit`];
}

function rootOf(xml: string): XmlNode {
  const root = (parser.parse(xml) as Record<string, unknown>[])
    .map(nodeOf)
    .find(({ name }) => !/^[?#]/.test(name));
  if (!root) throw new Error("an empty document");
  return root;
}

function nodeOf(raw: Record<string, unknown>): XmlNode {
  const name = Object.keys(raw).find((key) => key !== ":@")!;
  const content = Array.isArray(raw[name]) ? (raw[name] as Record<string, unknown>[]) : [];
  return {
    name,
    attributes: (raw[":@"] ?? {}) as Record<string, string>,
    children: content.filter((one) => !("#text" in one)).map(nodeOf),
    text: content.map((one) => String(one["#text"] ?? "")).join(""),
  };
}

function children(node: XmlNode, name: string): readonly XmlNode[] {
  return node.children.filter((one) => one.name === name);
}

function inside(node: XmlNode, ...names: readonly string[]): XmlNode | undefined {
  let at: XmlNode | undefined = node;
  for (const name of names) at = at?.children.find((one) => one.name === name);
  return at;
}
