import { expect, it, vi } from "vitest";
import type { CommandPorts } from "../commands/ports.ts";
import { createLatePorts } from "./late-ports.ts";

it("holds a call until the engines are there", async () => {
  let arrive: (ports: CommandPorts) => void = () => {};
  const ports = createLatePorts(
    new Promise((resolve) => {
      arrive = resolve;
    }),
  );
  const zoomToLayer = vi.fn(async () => {});
  const call = ports.zoomToLayer("city");
  expect(zoomToLayer).not.toHaveBeenCalled();
  arrive({ zoomToLayer } as unknown as CommandPorts);
  await call;
  expect(zoomToLayer).toHaveBeenCalledExactlyOnceWith("city");
});
