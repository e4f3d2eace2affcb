// What was typed and not yet sent, per thread: in memory at once, in the browser's store within a quarter of a second.

const prefix = "corral.draft."
const settleMillis = 250

const drafts = new Map<string, string>()
const unsaved = new Set<string>()
let timer: number | undefined

export const readDraft = (key: string): string => {
  const known = drafts.get(key)
  if (known !== undefined) return known
  const stored = read(key)
  drafts.set(key, stored)
  return stored
}

export const writeDraft = (key: string, text: string): void => {
  drafts.set(key, text)
  unsaved.add(key)
  timer ??= window.setTimeout(saveDrafts, settleMillis)
}

/** What remains of a draft once `sent` was acknowledged: what was typed since. */
export const afterSend = (draft: string, sent: string): string => (draft.startsWith(sent) ? draft.slice(sent.length).trimStart() : draft)

/** Everything that is not saved yet; also when the page goes. */
export const saveDrafts = (): void => {
  window.clearTimeout(timer)
  timer = undefined
  for (const key of unsaved) save(key, drafts.get(key) ?? "")
  unsaved.clear()
}

const read = (key: string): string => {
  try {
    return localStorage.getItem(prefix + key) ?? ""
  } catch {
    return ""
  }
}

const save = (key: string, text: string): void => {
  try {
    if (text === "") localStorage.removeItem(prefix + key)
    else localStorage.setItem(prefix + key, text)
  } catch {
    // Full or forbidden: the draft lives as long as the page.
  }
}

export const keepDraftsOnLeave = (): void => {
  window.addEventListener("pagehide", saveDrafts)
  document.addEventListener("visibilitychange", () => document.hidden && saveDrafts())
}
