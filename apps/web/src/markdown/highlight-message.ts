// What page and worker say to each other about colouring code.
import type { Language } from "./languages.ts"

/** A run of text with the class of its colour, empty for plain. */
export type Run = readonly [className: string, text: string]
export type Line = readonly Run[]

/** `text`: whole lines from the start of the block; the worker goes on from what it coloured before under the same key. */
export interface HighlightRequest {
  readonly key: string
  readonly language: Language
  readonly text: string
}

/** Lines from `from` on. */
export interface HighlightAnswer {
  readonly key: string
  readonly from: number
  readonly lines: readonly Line[]
}
