import type { CommandPorts } from "../commands/ports.ts";

/** Ports that wait for the engines: a command given while they still load runs as soon as they are there. */
export function createLatePorts(arriving: Promise<CommandPorts>): CommandPorts {
  return new Proxy({} as CommandPorts, {
    get:
      (_target, verb) =>
      async (...args: unknown[]) => {
        const ports = await arriving;
        const fn = ports[verb as keyof CommandPorts] as (...args: unknown[]) => unknown;
        return fn.apply(ports, args);
      },
  });
}
