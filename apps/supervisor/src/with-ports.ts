// A report with the ports that its processes listen on. They are looked for after everything else, and in slices of their own.
import type { TreeReport, TreeView } from "@corral/contracts/tree"
import type { Supervision } from "./supervision.ts"

export async function withPorts({ ports }: Pick<Supervision, "ports">, looked: Promise<TreeReport>): Promise<TreeReport> {
  const report = await looked
  const portsMillis = await ports.refresh(report.trees.flatMap(({ processes }) => processes))
  const told = (process: TreeView["processes"][number]) => {
    const found = ports.of(process)
    return found === undefined ? process : { ...process, ports: found }
  }
  const trees = report.trees.map((tree) => ({ ...tree, processes: tree.processes.map(told) }))
  return { ...report, trees, lookMillis: report.lookMillis + portsMillis }
}
