// The port for any agent that speaks ACP: launched by its command, spoken with over its lines.
import { client, type ClientConnection } from "@agentclientprotocol/sdk"
import type { Provider } from "@corral/contracts/provider"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { ProviderPort, Session, SessionSpec } from "../provider.ts"
import type { AcpAgent } from "./acp-agent.ts"
import { makeAgentStream } from "./agent-stream.ts"
import { answerRequest, askPermission } from "./answer.ts"
import { askForm } from "./ask-form.ts"
import { Conversation } from "./conversation.ts"
import { shakeHands } from "./shake-hands.ts"
import { startTurn } from "./start.ts"
import { goodbye, interrupt } from "./stop.ts"
import { tuneSession } from "./tune.ts"
import { writeAgentFile } from "./write-file.ts"

/** What the port needs from its surroundings. */
export interface AcpSurroundings {
  readonly environment: Effect.Effect<Readonly<Record<string, string>>>
  readonly probe: (refresh: boolean) => Effect.Effect<Provider>
}

/** ACP has no word for work that goes on after a turn; an agent that tells it this way is believed. The whole list, each time. */
const BackgroundTold = Schema.Struct({
  tasks: Schema.Array(Schema.Struct({ taskId: Schema.String, kind: Schema.String, title: Schema.String })),
})

export const makeAcpPort = (agent: AcpAgent, surroundings: AcpSurroundings): ProviderPort => ({
  provider: agent.provider,
  probe: surroundings.probe,
  open: (spec) => open(agent, surroundings, spec),
})

const open = Effect.fn("acp.open")(function* (agent: AcpAgent, surroundings: AcpSurroundings, spec: SessionSpec) {
  const env = yield* surroundings.environment
  const { command, args, eofMillis } = agent
  const line = yield* spec.launch({ command, args, cwd: spec.cwd, env, farewell: [], eofMillis })
  const conversation = new Conversation(agent, spec, makeAgentStream(line))
  yield* Effect.addFinalizer(() => Effect.sync(() => letGo(conversation)))
  conversation.context = connect(conversation).agent
  yield* shakeHands(conversation)
  const session: Session = {
    start: (turnId, text) => startTurn(conversation, turnId, text),
    interrupt: interrupt(conversation),
    answer: (requestId, answer) => answerRequest(conversation, requestId, answer),
    tune: (config) => tuneSession(conversation, config),
    goodbye: goodbye(conversation),
  }
  return session
})

/** Updates are registered first: the library asks its handlers in this order, and one that is not first comes after the turn's end. */
function connect(conversation: Conversation): ClientConnection {
  const { silence, spec, stream, transcript, translation } = conversation
  stream.onExit(() => {
    if (transcript.turnId === null) transcript.close()
  })
  return client({ name: "corral" })
    .onNotification("session/update", ({ params }) => {
      if (conversation.isLoading) return
      silence.heard()
      if (params.update.sessionUpdate === "config_option_update") conversation.options = params.update.configOptions
      else if (params.update.sessionUpdate === "current_mode_update") conversation.modeId = params.update.currentModeId
      else translation.update(params.update)
    })
    .onNotification("_corral/background", Schema.decodeUnknownSync(BackgroundTold), ({ params }) =>
      spec.tell({ _tag: "background", background: params.tasks }),
    )
    .onRequest("session/request_permission", ({ params, requestId, signal }) =>
      askPermission(conversation, params, { wireId: requestId, signal }),
    )
    .onRequest("elicitation/create", ({ params, requestId, signal }) => askForm(conversation, params, { wireId: requestId, signal }))
    .onRequest("fs/write_text_file", ({ params }) => writeAgentFile(spec.cwd, params))
    .connect(stream.stream)
}

function letGo(conversation: Conversation): void {
  conversation.stream.release()
  conversation.silence.stop()
  conversation.transcript.close()
}
