// The thread that was open last, for the way back on a phone.
import { create } from "zustand"
import { isId } from "@corral/client/ids"
import type { ThreadId } from "@corral/contracts/ids"

const key = "corral.last-thread"

const read = (): ThreadId | null => {
  const text = localStorage.getItem(key) ?? ""
  return isId("thr", text) ? text : null
}

const useLast = create<{ readonly threadId: ThreadId | null }>(() => ({ threadId: read() }))

export const useLastThread = (): ThreadId | null => useLast((last) => last.threadId)

export const setLastThread = (threadId: ThreadId | null): void => {
  useLast.setState({ threadId })
  try {
    if (threadId === null) localStorage.removeItem(key)
    else localStorage.setItem(key, threadId)
  } catch {
    // Without a store the way back holds until the page is closed.
  }
}
