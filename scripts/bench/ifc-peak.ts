/** Run as a process of its own: one reader, one file, then the greatest memory that the process ever had, in MB. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { READERS, readInput } from "./ifc-readers.ts";

const [reader = "", path = ""] = process.argv.slice(2);
await READERS[reader]?.(readInput(new Uint8Array(readFileSync(path)), basename(path)));
process.stdout.write(String(Math.round(process.resourceUsage().maxRSS / 1024)));
