import { TwinError } from "../../src/base/errors.ts";
import type { IdsReport, IdsSpecificationReport } from "../../src/domain/reading/ids-report.ts";
import { NO_ROWS, type Rows, toRows } from "../../src/domain/reading/row-set.ts";
import { type Facet, readFacets } from "./ids-facets.ts";
import type { PropertyTable } from "./property-table.ts";
import { readXml, type XmlElement } from "./xml.ts";

const NOT_TOLD = "cannot be told from this model's index and was left out";

/**
 * Checks a model against an IDS 1.0 file. Only elements with a shape are looked at; values are compared in the units of
 * the file, data types are not.
 * @throws TwinError `ids.not_ids`, `reading.bad_xml`
 */
export function checkIds(table: PropertyTable, bytes: Uint8Array, fileName: string): IdsReport {
  const start = performance.now();
  const ids = readXml(bytes, fileName).at("ids");
  const specifications = ids?.at("specifications")?.all("specification") ?? [];
  if (!ids || specifications.length === 0)
    throw new TwinError("ids.not_ids", `${fileName} is no IDS file: it holds no specification.`, {
      file: fileName,
    });
  return {
    title: ids.textAt("info", "title") ?? fileName,
    specifications: specifications.map((specification) => checkSpecification(table, specification)),
    ms: performance.now() - start,
  };
}

function cardinalityOf(applicability: XmlElement | null): IdsSpecificationReport["cardinality"] {
  if (applicability?.attribute("maxOccurs") === "0") return "prohibited";
  return Number(applicability?.attribute("minOccurs") ?? 1) > 0 ? "required" : "optional";
}

function isForSchema(versions: string | null, schema: string): boolean {
  const own = schema.toUpperCase();
  const wanted = (versions ?? "").toUpperCase().split(/\s+/).filter(Boolean);
  return (
    wanted.length === 0 ||
    wanted.some((one) => own === one || (one.startsWith("IFC4X3") && own.startsWith("IFC4X3")))
  );
}

function checkSpecification(table: PropertyTable, specification: XmlElement): IdsSpecificationReport {
  const applicability = specification.at("applicability");
  const cardinality = cardinalityOf(applicability);
  const report = {
    name: specification.attribute("name") ?? "",
    description: specification.attribute("description") ?? "",
    cardinality,
  };
  const versions = specification.attribute("ifcVersion");
  if (!isForSchema(versions, table.model.schema))
    return {
      ...report,
      status: "skipped",
      applicable: NO_ROWS,
      failed: NO_ROWS,
      requirements: [],
      notes: [`for ${versions}, not ${table.model.schema}`],
    };
  const notes: string[] = [];
  const isApplicable = applicableMask(table, applicability, notes);
  const applicable = rowsOf(isApplicable);
  const asked = specification.at("requirements");
  const facets = asked ? readFacets(asked) : [];
  notes.push(...facets.filter(({ masks }) => !masks).map(({ text }) => `${text} ${NOT_TOLD}`));
  const requirements = facets
    .filter(({ masks }) => masks !== null)
    .map((facet) => ({ text: wordsOf(facet), failed: rowsOf(failedMask(table, facet, isApplicable)) }));
  const failed =
    cardinality === "prohibited"
      ? applicable
      : toRows(
          requirements.flatMap((one) => [...one.failed]),
          table.count,
        );
  const isMissing = cardinality === "required" && applicable.length === 0;
  const status = failed.length > 0 || isMissing ? "fail" : "pass";
  return { ...report, status, applicable, failed, requirements, notes };
}

function applicableMask(table: PropertyTable, applicability: XmlElement | null, notes: string[]): Uint8Array {
  const mask = new Uint8Array(table.count).fill(1);
  for (const { masks, text } of applicability ? readFacets(applicability) : []) {
    if (!masks) {
      notes.push(`${text} ${NOT_TOLD}`);
      continue;
    }
    const { has, isBad } = masks(table);
    for (let row = 0; row < table.count; row++) if (!has[row] || isBad[row]) mask[row] = 0;
  }
  return mask;
}

function failedMask(
  table: PropertyTable,
  { masks, cardinality }: Facet,
  isApplicable: Uint8Array,
): Uint8Array {
  const { has, isBad } = masks!(table);
  return isApplicable.map((is, row) => {
    if (!is) return 0;
    const isAsAsked = has[row] === 1 && isBad[row] === 0;
    if (cardinality === "prohibited") return isAsAsked ? 1 : 0;
    if (cardinality === "optional") return isBad[row]!;
    return isAsAsked ? 0 : 1;
  });
}

function wordsOf({ text, cardinality }: Facet): string {
  return cardinality === "required" ? text : `${text} [${cardinality}]`;
}

function rowsOf(mask: Uint8Array): Rows {
  const rows: number[] = [];
  mask.forEach((is, row) => {
    if (is) rows.push(row);
  });
  return toRows(rows, mask.length);
}
