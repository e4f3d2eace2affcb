// The draft of one key as state of a component; switching the key switches the text.
import { useState } from "react"
import { readDraft, writeDraft } from "./drafts.ts"

export const useDraft = (key: string): readonly [text: string, setText: (text: string) => void] => {
  const [shown, setShown] = useState({ key, text: readDraft(key) })
  const text = shown.key === key ? shown.text : readDraft(key)
  const setText = (next: string): void => {
    writeDraft(key, next)
    setShown({ key, text: next })
  }
  return [text, setText]
}
