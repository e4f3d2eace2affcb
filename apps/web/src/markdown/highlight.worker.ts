// Colours code away from the main thread, line by line, keeping the grammar's state so that an open block is never coloured twice.
import { createHighlighterCore, type GrammarState, type HighlighterCore, type ThemedToken } from "shiki/core"
import { createJavaScriptRegexEngine } from "shiki/engine/javascript"
import type { HighlightAnswer, HighlightRequest, Line } from "./highlight-message.ts"
import { grammarOf, type Language } from "./languages.ts"

/** Blocks whose grammar state is kept: those being written at once, and a few more. */
const keptBlocks = 16

interface Progress {
  readonly text: string
  readonly lines: number
  readonly state: GrammarState | undefined
}

// Each colour stands for a class; the classes are our tokens, in app.css.
const roles: Readonly<Record<string, string>> = {
  "#000001": "hl-k",
  "#000002": "hl-s",
  "#000003": "hl-n",
  "#000004": "hl-f",
  "#000005": "hl-c",
  "#000006": "hl-t",
  "#000007": "hl-a",
  "#000008": "hl-d",
}
const scope = (foreground: string, scopes: readonly string[]) => ({ scope: [...scopes], settings: { foreground } })
const theme = {
  name: "roles",
  type: "dark" as const,
  fg: "#000000",
  bg: "#ffffff",
  settings: [
    { settings: { foreground: "#000000", background: "#ffffff" } },
    scope("#000001", ["keyword", "storage", "punctuation.definition.template-expression", "variable.language"]),
    scope("#000002", ["string", "markup.inline.raw", "constant.character.escape"]),
    scope("#000003", ["constant.numeric", "constant.language", "constant.other", "support.constant", "variable.other.constant.property"]),
    scope("#000004", ["entity.name.function", "support.function", "entity.name.tag", "markup.heading", "entity.name.section"]),
    scope("#000005", ["comment", "punctuation.definition.comment"]),
    scope("#000006", ["entity.name.type", "support.type", "support.class", "entity.other.attribute-name", "meta.property-name"]),
    scope("#000001", ["keyword.operator.new", "storage.type"]),
    scope("#000000", ["keyword.operator", "storage.type.function.arrow", "punctuation"]),
    scope("#000007", ["markup.inserted"]),
    scope("#000008", ["markup.deleted"]),
  ],
}

const highlighter = createHighlighterCore({ themes: [theme], langs: [], engine: createJavaScriptRegexEngine({ forgiving: true }) })
const progress = new Map<string, Progress>()
// One request after the other: the second of a block needs the state that the first one leaves.
let queue: Promise<void> = Promise.resolve()

self.addEventListener("message", (event: MessageEvent<HighlightRequest>) => {
  queue = queue.then(() => colour(event.data)).catch((cause: unknown) => console.warn("Code stays plain.", cause))
})

const colour = async (request: HighlightRequest): Promise<void> => {
  const core = await highlighter
  if (!core.getLoadedLanguages().includes(request.language)) await core.loadLanguage(grammarOf(request.language))
  const before = progress.get(request.key)
  const known = before !== undefined && request.text.startsWith(before.text) ? before : { text: "", lines: 0, state: undefined }
  const tokens = tokenise(core, request.language, { code: request.text.slice(known.text.length), state: known.state })
  remember(request, { text: request.text, lines: known.lines + tokens.length, state: core.getLastGrammarState(tokens) })
  const answer: HighlightAnswer = { key: request.key, from: known.lines, lines: tokens.map(lineOf) }
  self.postMessage(answer)
}

// The text ends with a line break, so the last line that the tokeniser makes is empty and not there yet.
const tokenise = (
  core: HighlighterCore,
  lang: Language,
  { code, state }: { readonly code: string; readonly state: GrammarState | undefined },
) => core.codeToTokensBase(code.replace(/\n$/, ""), { lang, theme: "roles", ...(state === undefined ? {} : { grammarState: state }) })

const remember = (request: HighlightRequest, next: Progress): void => {
  progress.delete(request.key)
  progress.set(request.key, next)
  const oldest = progress.keys().next()
  if (progress.size > keptBlocks && oldest.done !== true) progress.delete(oldest.value)
}

const lineOf = (tokens: readonly ThemedToken[]): Line => tokens.map((token) => [roles[token.color ?? ""] ?? "", token.content] as const)
