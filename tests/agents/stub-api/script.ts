// The last user prompt is the script: one step a line. What a model would answer to it, given how many tool results are back.
import { parseJson, type Json } from "./json.ts"

export type Step =
  | { readonly _tag: "text" | "thinking"; readonly chunks: readonly string[]; readonly everyMillis: number }
  | { readonly _tag: "tool"; readonly name: string; readonly input: Json }
  | { readonly _tag: "usage"; readonly inputTokens: number; readonly outputTokens: number }
  | { readonly _tag: "error"; readonly status: number }
  | { readonly _tag: "hang" | "stall" | "cut" }

/** Between the words of `say`: fast, and yet a stream. */
const wordMillis = 3
const slowMillis = 200

const line = /^(say|slow|burst|think:|tool:|bg:|write:|use:|hang|stall|error|cut|usage)(?=\s|$)\s*(.*)$/i

/** The steps of one answer: from the first line whose tool result is not back yet, up to and with the next tool. */
export const planAnswer = (prompt: string, toolsDone: number): readonly Step[] => {
  const script = readScript(prompt)
  if (script.length === 0) return [say(`echo: ${prompt.trim().slice(0, 80)}`)]
  const rest = script.slice(afterTools(script, toolsDone))
  const tool = rest.findIndex((step) => step._tag === "tool")
  const steps = tool === -1 ? rest : rest.slice(0, tool + 1)
  return steps.some((step) => step._tag !== "usage") ? steps : [...steps, say(toolsDone > 0 ? "done after tool" : "done")]
}

export const readScript = (prompt: string): readonly Step[] =>
  prompt.split("\n").flatMap((raw) => {
    const [, verb, argument] = line.exec(raw.trim()) ?? []
    return verb === undefined ? [] : [readStep(verb.toLowerCase().replace(":", ""), argument ?? "")]
  })

const afterTools = (script: readonly Step[], toolsDone: number): number => {
  const places = script.flatMap((step, place) => (step._tag === "tool" ? [place] : []))
  return toolsDone === 0 ? 0 : (places[toolsDone - 1] ?? places.at(-1) ?? -1) + 1
}

const readStep = (verb: string, argument: string): Step => {
  if (verb === "say") return say(argument)
  if (verb === "think") return { _tag: "thinking", chunks: words(argument), everyMillis: wordMillis }
  if (verb === "hang" || verb === "stall" || verb === "cut") return { _tag: verb }
  const [first, second] = argument.split(/\s+/).map(Number)
  return readCounted(verb, first || undefined, second || undefined) ?? readTool(verb, argument)
}

const readCounted = (verb: string, first: number | undefined, second: number | undefined): Step | undefined => {
  if (verb === "slow") return { _tag: "text", chunks: numbered("chunk", first ?? 5), everyMillis: second ?? slowMillis }
  if (verb === "burst") return { _tag: "text", chunks: numbered("b", first ?? 100), everyMillis: 0 }
  if (verb === "usage") return { _tag: "usage", inputTokens: first ?? 0, outputTokens: second ?? 0 }
  return verb === "error" ? { _tag: "error", status: first ?? 500 } : undefined
}

const readTool = (verb: string, argument: string): Step => {
  if (verb === "write") {
    const [path = "", ...text] = argument.split("|")
    return { _tag: "tool", name: "Write", input: { file_path: path, content: text.join("|") } }
  }
  if (verb === "use") {
    const [, name = "", input = "{}"] = /^(\S+)\s*(\{.*\})?$/.exec(argument) ?? []
    return { _tag: "tool", name, input: parseJson(input) }
  }
  const background = verb === "bg" ? { run_in_background: true } : {}
  return { _tag: "tool", name: "Bash", input: { command: argument, description: "scripted command", ...background } }
}

const say = (text: string): Step => ({ _tag: "text", chunks: words(text), everyMillis: wordMillis })
const words = (text: string): readonly string[] => text.match(/\S+\s*/g) ?? [""]
const numbered = (word: string, count: number): readonly string[] => Array.from({ length: count }, (_, n) => `${word} ${n} `)
