// The port for Claude Code through its Agent SDK: the person's own binary, launched and held by the supervisor.
import type { ModelInfo, Options, SpawnOptions } from "@anthropic-ai/claude-agent-sdk"
import type { Model, Provider } from "@corral/contracts/provider"
import * as Effect from "effect/Effect"
import { AgentFailed, type Attached, type HeldSpec, type Launch, type ProviderPort, type Session, type SessionSpec } from "../provider.ts"
import { answerRequest, canUseTool } from "./answer.ts"
import { claudeId } from "./probe.ts"
import { claudeName, Conversation } from "./conversation.ts"
import { remembers } from "./memory.ts"
import { givenByUs } from "./own-variables.ts"
import { StandIn } from "./stand-in.ts"
import { startTurn } from "./start.ts"
import { readState, writeState, type State } from "./state.ts"
import { farewell, goodbye, interrupt } from "./stop.ts"
import { Translation } from "./translate.ts"
import { canBypassWith, effortOf, modelOf, permissionModes, refusesFull, tuneSession } from "./tune.ts"

/** It ends in 0.1 s without MCP servers, in 4.2 s with one that is deaf; the ladder does not wait for that one. */
const eofMillis = 3000

/** What the port needs from its surroundings. */
export interface ClaudeSurroundings {
  readonly environment: Effect.Effect<Readonly<Record<string, string>>>
  readonly probe: (refresh: boolean) => Effect.Effect<Provider>
}

export const makeClaudePort = (surroundings: ClaudeSurroundings): ProviderPort => ({
  provider: claudeId,
  probe: surroundings.probe,
  open: (spec) => open(surroundings, spec),
  attach: (spec) => attach(surroundings, spec),
})

const open = Effect.fn("claude.open")(function* (surroundings: ClaudeSurroundings, spec: SessionSpec) {
  const { binary, problem } = yield* surroundings.probe(false)
  if (binary === null || problem !== null) return yield* Effect.fail(unusable(spec, problem))
  const env = { ...(yield* surroundings.environment), ...givenByUs }
  const canBypass = canBypassWith(env)
  if (spec.config.mode === "full" && !canBypass) return yield* Effect.fail(refusesFull(spec.config))

  const conversation = new Conversation({ spec, standIn: new StandIn(), canBypass })
  yield* Effect.addFinalizer(() => Effect.sync(() => letGo(conversation)))
  const translation = new Translation(conversation)
  const asked = yield* begin({ conversation, translation, binary, env })
  conversation.standIn.attach(yield* spec.launch(launchOf(asked, spec)), () => writeState(conversation, translation))
  const able = yield* conversation.attempt("start", (query) => query.initializationResult())
  spec.tell({ _tag: "models", models: able.models.map(offered) })
  conversation.standIn.moveBookmark()
  return sessionOf(conversation)
})

/** A running agent is taken over from a server that was lost: what it said since its bookmark is read again. */
const attach = Effect.fn("claude.attach")(function* (surroundings: ClaudeSurroundings, spec: HeldSpec) {
  const state = readState(spec.state)
  if (state === null) return yield* Effect.fail(unreadable(spec))
  const env = { ...(yield* surroundings.environment), ...givenByUs }
  const conversation = new Conversation({ spec, standIn: new StandIn(), canBypass: canBypassWith(env) })
  yield* Effect.addFinalizer(() => Effect.sync(() => letGo(conversation)))
  const translation = new Translation(conversation)
  restore(conversation, translation, state)
  yield* begin({ conversation, translation, binary: "claude", env })
  conversation.standIn.attach(spec.line, () => writeState(conversation, translation))
  // Asked on the same pipe, so it is answered after everything that was said before.
  yield* conversation.attempt("attach", (query) => query.initializationResult())
  const attached: Attached = { session: sessionOf(conversation), turnId: state.given?.turnId ?? null }
  return attached
})

function restore(conversation: Conversation, translation: Translation, state: State): void {
  conversation.sessionId = state.sessionId
  conversation.permissionMode = state.permissionMode
  conversation.background = state.background
  conversation.alive = state.alive
  translation.goOn(state.told)
  conversation.transcript.comeAfter(state.about)
  if (state.given === null) return
  conversation.messageId = state.given.messageId
  conversation.transcript.begin(state.given.turnId)
  conversation.silence.watch()
}

const sessionOf = (conversation: Conversation): Session => ({
  start: (turnId, text) => startTurn(conversation, turnId, text),
  interrupt: interrupt(conversation),
  answer: (requestId, answer) => answerRequest(conversation, requestId, answer),
  tune: (config) => tuneSession(conversation, config),
  waitOn: Effect.sync(() => conversation.silence.waitOn()),
  goodbye: goodbye(conversation),
})

const unreadable = ({ config }: HeldSpec): AgentFailed =>
  new AgentFailed({
    provider: config.provider,
    doing: "attach",
    problem: "Its former server left no word from where to read on.",
    next: null,
  })

const unusable = ({ config }: SessionSpec, problem: Provider["problem"]): AgentFailed =>
  new AgentFailed({
    provider: config.provider,
    doing: "start",
    problem: problem?.message ?? `${claudeName} was not found.`,
    next: problem?.next ?? null,
  })

interface Beginning {
  readonly conversation: Conversation
  readonly translation: Translation
  readonly binary: string
  readonly env: Launch["env"]
}

/** The SDK says at once how it wants its process started; nothing is started before the supervisor does. It is large, so loaded late. */
const begin = Effect.fnUntraced(function* ({ conversation, translation, binary, env }: Beginning) {
  const { query } = yield* Effect.promise(() => import("@anthropic-ai/claude-agent-sdk"))
  let asked: SpawnOptions | undefined
  conversation.query = query({
    prompt: conversation.prompts,
    options: {
      ...sessionOptions(conversation, env),
      env: { ...env },
      pathToClaudeCodeExecutable: binary,
      spawnClaudeCodeProcess: (options) => {
        asked = options
        return conversation.standIn
      },
    },
  })
  void listen(conversation, translation)
  return asked === undefined ? yield* Effect.die(new Error("the SDK did not ask for a process")) : asked
})

function sessionOptions(conversation: Conversation, env: Launch["env"]): Options {
  const { spec, canBypass } = conversation
  const { config } = spec
  return {
    cwd: spec.cwd,
    ...optional("resume", resumable(conversation, env)),
    ...optional("model", modelOf(config)),
    ...optional("effort", effortOf(config)),
    permissionMode: permissionModes[config.mode],
    ...(canBypass ? { allowDangerouslySkipPermissions: true } : {}),
    includePartialMessages: true,
    systemPrompt: { type: "preset", preset: "claude_code" },
    settingSources: ["user", "project", "local"],
    // Else what MCP servers need stands in the arguments of the process, readable by every user of the machine.
    mcpServersDelivery: "initialize",
    canUseTool: canUseTool(conversation),
  }
}

const optional = <K extends string, V>(key: K, value: V | undefined) => (value === undefined ? {} : { [key]: value })

/** Undefined: a new conversation; where there was one, the thread is told that its memory is gone. */
function resumable({ spec, transcript }: Conversation, env: Launch["env"]): string | undefined {
  // A process that runs needs no reminding.
  if (spec.cursor === null || "line" in spec) return undefined
  if (remembers(spec.cursor, env)) return spec.cursor
  transcript.notice("warning", `${claudeName} no longer knows this conversation; it starts anew, without its memory.`, spec.cursor)
  return undefined
}

const launchOf = ({ command, args, env }: SpawnOptions, { cwd }: SessionSpec): Launch => ({
  command,
  args,
  cwd,
  env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
  farewell,
  eofMillis,
})

/** Until the agent is gone. What the SDK throws then is told by the exit, which was heard first. */
async function listen(conversation: Conversation, translation: Translation): Promise<void> {
  const { query, standIn, transcript } = conversation
  standIn.onExit((exit) => {
    if (transcript.turnId === null) return transcript.close()
    transcript.end({ outcome: "failed", error: conversation.exited("answer", exit).message, usage: null })
  })
  try {
    for await (const message of query ?? []) translation.message(message)
  } catch (error) {
    if (transcript.turnId !== null) transcript.end({ outcome: "failed", error: conversation.failure("answer", error).message, usage: null })
  }
}

function letGo({ standIn, transcript, prompts, silence }: Conversation): void {
  standIn.release()
  silence.stop()
  transcript.close()
  prompts.close()
}

const offered = ({ value, displayName, description, supportedEffortLevels }: ModelInfo): Model => ({
  model: value,
  name: displayName,
  description,
  efforts: supportedEffortLevels ?? [],
})
