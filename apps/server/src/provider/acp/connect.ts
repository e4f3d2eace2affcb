// The library's end of a conversation: what comes from the agent goes to its translation, what it asks for to a person.
import { client, type ClientConnection } from "@agentclientprotocol/sdk"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Session } from "../provider.ts"
import { answerRequest, askPermission } from "./answer.ts"
import { askForm } from "./ask-form.ts"
import type { Conversation } from "./conversation.ts"
import { startTurn } from "./start.ts"
import { goodbye, interrupt } from "./stop.ts"
import { tuneSession } from "./tune.ts"
import { writeAgentFile } from "./write-file.ts"

/** ACP has no word for work that goes on after a turn; an agent that tells it this way is believed. The whole list, each time. */
const BackgroundTold = Schema.Struct({
  tasks: Schema.Array(Schema.Struct({ taskId: Schema.String, kind: Schema.String, title: Schema.String })),
})

/** Updates are registered first: the library asks its handlers in this order, and one that is not first comes after the turn's end. */
export function connect(conversation: Conversation): ClientConnection {
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

export function letGo(conversation: Conversation): void {
  conversation.stream.release()
  conversation.silence.stop()
  conversation.transcript.close()
}

export const sessionOf = (conversation: Conversation): Session => ({
  start: (turnId, text) => startTurn(conversation, turnId, text),
  interrupt: interrupt(conversation),
  answer: (requestId, answer) => answerRequest(conversation, requestId, answer),
  tune: (config) => tuneSession(conversation, config),
  waitOn: Effect.sync(() => conversation.silence.waitOn()),
  goodbye: goodbye(conversation),
})
