// The kinds of agents that every story of the matrix is told with: the real Claude on the stub API, and the practice agent.
import { isProviderId } from "@corral/client/ids"
import type { ThreadId } from "@corral/contracts/ids"
import type { Config } from "@corral/contracts/provider"
import type { Connection } from "@corral/client/connect"
import { isHalfStarted, type MachineProcess } from "../agents/machine.ts"
import { zooShell, type ZooKind } from "../agents/zoo.ts"
import { join } from "node:path"
import type { Scene } from "./scene.ts"
import { converse } from "./talk.ts"

export interface Kind {
  readonly name: string
  readonly config: Config
  /** Whether this process is the agent itself, not something it started. */
  readonly isRoot: (process: MachineProcess) => boolean
  readonly models: readonly [string, string]
  readonly efforts: readonly [string, string]
  /** A turn that streams for about 20 s. */
  readonly slowly: string
  /** A turn with a tool that runs for 15 minutes and says nothing. */
  readonly silently: string
  /** Steps that leave these behind, not asked for by anybody any more. */
  readonly leaving: (scene: Scene, kinds: readonly ZooKind[]) => string
  /** Fails unless the session remembers `said` from before. */
  readonly remembers: (scene: Scene, client: Connection, of: { readonly threadId: ThreadId; readonly said: string }) => Promise<void>
}

const zoo = join(import.meta.dirname, "../agents/zoo.pl")

const configOf = (provider: string): Config => {
  if (!isProviderId(provider)) throw new Error(`${provider} cannot be a provider's id`)
  return { provider, model: null, effort: null, mode: "full" }
}

export const claude: Kind = {
  name: "claude",
  config: configOf("claude"),
  isRoot: ({ command }) => /claude-agent-sdk-\S+\/claude |\/bin\/claude /.test(command) && command.includes("stream-json"),
  models: ["sonnet", "opus"],
  efforts: ["low", "high"],
  slowly: "slow 100 200",
  silently: `tool: perl '${zoo}' plain`,
  leaving: (_scene, kinds) => `tool: ${zooShell(kinds)}`,
  remembers: async (scene, client, { threadId, said }) => {
    await converse(client, threadId, "say I remember")
    const last = scene.stub.requests.filter(({ aside }) => !aside).at(-1)
    if (last === undefined || last.messages < 3) throw new Error(`Claude came back without "${said}": ${JSON.stringify(last)}`)
  },
}

export const practice: Kind = {
  name: "practice",
  config: configOf("practice"),
  isRoot: ({ command }) => /practice\S*\.(mjs|js|ts)/.test(command),
  models: ["calm", "quick"],
  efforts: ["low", "high"],
  slowly: "slow 100 200",
  silently: "silent-tool 900",
  leaving: (scene, kinds) => `run ${scene.agents.hold}; ${zooShell(kinds)}`,
  remembers: async (_scene, client, { threadId, said }) => {
    const answer = await converse(client, threadId, "recall")
    if (!answer.includes(said)) throw new Error(`The practice agent came back without "${said}": ${answer}`)
  },
}

export const kinds: readonly Kind[] = [claude, practice]

/** What holds a sealed agent has its words among its own, and is not it. */
const holdsAnother = /^\S*unshare |^\S*sh -c exec 3>&2 2>\/dev\/null; echo \d+ >\/proc\/self\/oom_score_adj/

export const rootsOf = (scene: Scene, kind: Kind): readonly MachineProcess[] =>
  scene.running().filter((one, _, all) => kind.isRoot(one) && !holdsAnother.test(one.command) && !isHalfStarted(one, all))
