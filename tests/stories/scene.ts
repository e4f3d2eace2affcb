// The world of one story: a person with a home and a project, a Corral of their own, a scripted model API, and judges of what is left.
import { mkdirSync } from "node:fs"
import { dirname, join } from "node:path"
import { startCanaries, type Canaries } from "../agents/canaries.ts"
import { until } from "../agents/deadline.ts"
import { describeProcess, identityOf, isAlive, machineProcesses, mentions, type MachineProcess } from "../agents/machine.ts"
import { startOracle, type Oracle } from "../agents/oracle.ts"
import { makeScratch } from "../agents/scratch.ts"
import { startStub, type Stub } from "../agents/stub-api/start.ts"
import { installAgents, type Agents } from "./agents.ts"
import { startCorral, type Corral } from "./corral.ts"

/** How long the supervisor keeps all alive without a server, where a story does not say otherwise. */
export const holdMillis = 2_000
/** A dying process leaves the kernel's lists a moment before its files are closed, and needs a turn on the processor for that. */
const closingMillis = 5_000
/** After the end of a story: the hold, and the supervisor's own leave-taking. */
const endWithinMillis = holdMillis + 8_000

export interface Scene {
  readonly folder: string
  /** CORRAL_HOME. */
  readonly home: string
  /** HOME. */
  readonly person: string
  readonly project: string
  readonly agents: Agents
  readonly stub: Stub
  readonly oracle: Oracle
  readonly canaries: Canaries
  /** Starts a server in this world; it is the world's from then on. */
  readonly start: (env?: Readonly<Record<string, string>>) => Promise<Corral>
  /** Every process of the agents: what works in the project or holds the pipe. Found on the machine, not asked of Corral. */
  readonly running: () => readonly MachineProcess[]
  /** Fails unless `running` is empty within the time; gives how long it took in ms. */
  readonly quiet: (withinMillis: number) => Promise<number>
  /** Ends everything, and fails if something of it stays, or a bystander was harmed. */
  readonly end: () => Promise<void>
}

export const makeScene = async (): Promise<Scene> => {
  const { folder, drop } = makeScratch()
  const [home, person, project] = ["home", "person", "project"].map((name) => join(folder, name))
  if (home === undefined || person === undefined || project === undefined) throw new Error("three folders were wanted")
  for (const made of [person, project]) mkdirSync(made)
  const stub = await startStub({ port: 0 })
  const oracle = startOracle(folder)
  const agents = await installAgents(folder, person, oracle.pipe)
  const canaries = await startCanaries(folder, { treeId: "tre_canary", home })
  const corrals: Corral[] = []
  const basic = environment({ bin: agents.bin, home, person, stub })
  const running = () => runningOf(project, oracle)
  return {
    folder,
    home,
    person,
    project,
    agents,
    stub,
    oracle,
    canaries,
    running,
    quiet: async (withinMillis) => {
      const instead = () =>
        running()
          .map((one) => describeProcess(one))
          .join("\n")
      const { millis } = await until(() => running().length === 0 || undefined, { what: "no process of any agent", withinMillis, instead })
      await oracle.pipeEmpty(closingMillis)
      return millis
    },
    start: async (env = {}) => {
      const corral = await startCorral({ ...basic, ...env })
      corrals.splice(0, corrals.length, corral)
      oracle.note([corral.pid, await corral.supervisorPid()])
      return corral
    },
    end: async () => {
      await endScene({ corrals, oracle, canaries })
      await stub.close()
      oracle.close()
      drop()
    },
  }
}

const runningOf = (project: string, oracle: Oracle): readonly MachineProcess[] => {
  const holders = oracle.holders()
  const held = new Set(holders.map(identityOf))
  const others = machineProcesses().filter((one) => one.pid !== process.pid && !held.has(identityOf(one)) && mentions(one, project))
  return [...holders, ...others]
}

/** `CORRAL_TEST_TIER` tells all stories under another containment. */
const tier = process.env["CORRAL_TEST_TIER"]

/** The whole environment of a story's server: nothing of whoever runs the tests gets in. */
const environment = (of: { readonly bin: string; readonly home: string; readonly person: string; readonly stub: Stub }) => ({
  PATH: [of.bin, dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(":"),
  HOME: of.person,
  SHELL: "/bin/bash",
  LANG: "C.UTF-8",
  CORRAL_HOME: of.home,
  CORRAL_PORT: "0",
  CORRAL_HOLD_MILLIS: String(holdMillis),
  ANTHROPIC_BASE_URL: of.stub.url,
  ANTHROPIC_API_KEY: "stub",
  CLAUDE_CODE_MAX_RETRIES: "0",
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  ...(process.getuid?.() === 0 ? { IS_SANDBOX: "1" } : {}),
  ...(tier === undefined ? {} : { CORRAL_TIER: tier }),
})

const endScene = async ({
  corrals,
  oracle,
  canaries,
}: {
  readonly corrals: readonly Corral[]
  readonly oracle: Oracle
  readonly canaries: Canaries
}) => {
  const harmed = canaries.harmed()
  try {
    for (const corral of corrals) await corral.stop()
    await oracle.pipeEmpty(endWithinMillis)
    await oracle.nothingLeft(endWithinMillis, canaries.pids)
    if (harmed.length > 0) throw new Error(`Bystanders were harmed: ${harmed.join("; ")}`)
  } finally {
    await canaries.end()
    endExactly([...oracle.holders(), ...oracle.left()])
  }
}

/** Only after the judges have spoken: a failed story leaves nothing to the next one. */
const endExactly = (processes: readonly MachineProcess[]): void => {
  for (const one of processes.filter(isAlive)) process.kill(one.pid, "SIGKILL")
}
