// corral doctor: every coding agent and MCP server on this machine, Corral's or not; and the end of those that a person names.
import { createInterface } from "node:readline"
import type { EndPlan, EndReport, Survey } from "@corral/contracts/survey"
import type { Command } from "commander"
import { planLines, reportLines, surveyLines } from "./doctor-lines.ts"
import { exitCodes, Failure } from "./failure.ts"
import { home } from "./home.ts"
import { talkToSupervisor, type Dialogue } from "./launch.ts"
import { pidsOption } from "./option.ts"
import { counted, remark, say } from "./print.ts"
import { give, verb, type Options } from "./verb.ts"

interface DoctorOptions extends Options {
  readonly end?: readonly number[]
  readonly yes?: true
}

export function doctor(parent: Command): void {
  verb(parent, {
    words: "doctor",
    about: "list every coding agent and MCP server on this machine, Corral's or not: whose it is and what it holds; no server is needed",
    examples: ["corral doctor", "corral doctor --json", "corral doctor --end 4711 4712"],
  })
    .addOption(pidsOption("--end <pid...>", "end these and what is below them, after showing what that is and asking"))
    .option("--yes", "with --end: do not ask")
    .action(async (options: DoctorOptions) => {
      const { end } = options
      const talk = talkToSupervisor([end === undefined ? "survey" : "end", "--home", home(), ...(end ?? []).map(String)])
      try {
        if (end !== undefined) return await endNamed(talk, options)
        const survey: Survey = JSON.parse(await talk.hear())
        give(options, survey, surveyLines)
      } finally {
        talk.close()
      }
    })
}

async function endNamed(talk: Dialogue, options: DoctorOptions): Promise<void> {
  const plan: EndPlan = JSON.parse(await talk.hear())
  requireNoRefusal(plan)
  const show = options.json ? remark : say
  show(...planLines(plan))
  if (!options.yes) await requireConsent(plan)
  talk.say("go")
  const report: EndReport = JSON.parse(await talk.hear())
  requireNoRefusal(report)
  give(options, { plan, report }, () => reportLines(report))
  if (report.outcome === "stuck") {
    throw new Failure("Stuck", `${counted(report.left.length, "process", "processes")} could not be ended, or could not be looked at.`)
  }
}

function requireNoRefusal({ refused }: Pick<EndPlan, "refused">): void {
  const [first, ...others] = refused
  if (first === undefined) return
  const also = others.map(({ message }) => `\n  ${message}`).join("")
  const exitCode = first.tag === "NotFound" ? exitCodes.notFound : exitCodes.failed
  throw new Failure(first.tag, `${first.message}${also}\nNothing was ended.`, exitCode)
}

async function requireConsent({ ends }: EndPlan): Promise<void> {
  const what = counted(ends.length, "process", "processes")
  if (!process.stdin.isTTY) throw new Failure("Unconfirmed", `${what} would be ended, and nobody is here to ask. Next: the same with --yes`)
  const answer = await ask(`End ${ends.length === 1 ? "it" : `these ${what}`}? [y/N] `)
  if (!/^y(?:es)?$/i.test(answer.trim())) throw new Failure("Unconfirmed", "Nothing was ended.")
}

/** Ctrl-C and Ctrl-D are no. */
function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  return new Promise<string>((resolve) => {
    terminal.once("close", () => resolve(""))
    terminal.question(question, resolve)
  }).finally(() => terminal.close())
}
