import { expose } from "comlink";
import wasmUrl from "web-ifc/web-ifc.wasm?url";
import { createIfcWorker } from "./convert-cached.ts";

expose(createIfcWorker(wasmUrl));
