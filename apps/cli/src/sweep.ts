// corral sweep: ledger against reality, now.
import type { SweepResult } from "@corral/contracts/rpc"
import type { Command } from "commander"
import { Failure } from "./failure.ts"
import { time } from "./format.ts"
import { counted } from "./print.ts"
import { proofLines } from "./proof.ts"
import { withServer } from "./reach.ts"
import { give, verb, type Options } from "./verb.ts"

export function sweep(parent: Command): void {
  verb(parent, {
    words: "sweep",
    about: "hold the ledger against reality now: strays are ended, stuck stops tried again",
    examples: ["corral sweep", "corral sweep --json"],
  }).action((options: Options) =>
    withServer(async (connection) => {
      const result = await connection.call("sweep", {})
      give(options, result, lines)
      if (result.strays > 0) throw new Failure("Stuck", `${counted(result.strays, "stray")} could not be ended. Next: corral ps`)
      if (!result.complete) throw new Failure("Incomplete", "Part of the machine could not be looked at, so an empty list proves nothing.")
    }),
  )
}

function lines({ ended, strays, certificates, checkedAt }: SweepResult): string[] {
  return [
    `${counted(ended, "process", "processes")} ended, ${counted(strays, "stray")} left, seen at ${time(checkedAt)}`,
    ...proofLines(certificates),
  ]
}
