// Threads do not inherit the loader that runs TypeScript here, so each starts it for itself.
import { register } from "tsx/esm/api";

register();
await import("./city-thread.ts");
