// What a request to the Messages API asks, as far as the script needs it.
import { isJson, listOf, textOf, type Json } from "./json.ts"
import { readScript } from "./script.ts"

export interface Question {
  readonly prompt: string
  /** Tool results that came back since that prompt. */
  readonly toolsDone: number
  readonly model: string
  readonly effort: string | null
  readonly stream: boolean
  /** Titles, probes and the like bring no tools; they get a fixed answer and never see the script. */
  readonly aside: boolean
  readonly messages: number
}

export const readQuestion = (body: Json): Question => {
  const messages = listOf(body["messages"])
  const output = body["output_config"]
  return {
    ...messages.reduce(readMessage, { prompt: "", toolsDone: 0 }),
    model: textOf(body["model"]),
    effort: isJson(output) && typeof output["effort"] === "string" ? output["effort"] : null,
    stream: body["stream"] === true,
    aside: listOf(body["tools"]).length === 0,
    messages: messages.length,
  }
}

/** Claude merges unanswered prompts into one message and adds reminders: the last text of its own counts. */
const readMessage = (sofar: { readonly prompt: string; readonly toolsDone: number }, message: Json) => {
  if (message["role"] !== "user") return sofar
  const blocks = typeof message["content"] === "string" ? [{ type: "text", text: message["content"] }] : listOf(message["content"])
  const results = blocks.filter((block) => block["type"] === "tool_result").length
  const texts = blocks.filter((block) => block["type"] === "text").map((block) => withoutHarness(textOf(block["text"])))
  const prompt = texts.filter((text) => text !== "").at(-1) ?? ""
  const isPrompt = prompt !== "" && (results === 0 || readScript(prompt).length > 0)
  return isPrompt ? { prompt, toolsDone: 0 } : { prompt: sofar.prompt, toolsDone: sofar.toolsDone + results }
}

const ridingAlong =
  /<(system-reminder|local-command-caveat|local-command-stdout|command-name|command-message|command-args|task-notification)>[\s\S]*?<\/\1>/g

const withoutHarness = (text: string): string =>
  text
    .replace(ridingAlong, "")
    .replace(/^\[Request interrupted[^\]]*\]\s*$/gm, "")
    .trim()
