// The keys of the whole app. Single letters only outside of text fields; Escape never stops an agent.
import { useNavigate } from "@tanstack/react-router"
import { useEffect, useEffectEvent, useRef } from "react"
import { useLink } from "../link/link.ts"
import { setPreference, usePreferences } from "./preferences.ts"
import { openLayer, useLayer } from "./layers.ts"
import { useSteps } from "./use-steps.ts"

/** The second letter of `G P` must follow within this. */
const sequenceMillis = 1000

type Acts = Readonly<Record<string, () => void>>

export const useKeys = (): void => {
  const acts = useActs()
  const leaderAt = useRef(0)
  const actOf = useEffectEvent((event: KeyboardEvent): (() => void) | undefined => {
    if (event.ctrlKey || event.metaKey || event.altKey) return acts.chords[chordOf(event)]
    if (useLayer.getState().layer !== null || isTyping(event.target)) return undefined
    const isSecond = event.timeStamp - leaderAt.current < sequenceMillis
    leaderAt.current = event.key === "g" ? event.timeStamp : 0
    return isSecond ? acts.afterLeader[event.key] : acts.letters[event.key]
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return
      const act = actOf(event)
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    window.addEventListener("keydown", onKey)
    return () => window.removeEventListener("keydown", onKey)
  }, [])
}

const useActs = (): { readonly chords: Acts; readonly letters: Acts; readonly afterLeader: Acts } => {
  const navigate = useNavigate()
  const { shell } = useLink()
  const { step, stepTurn, here } = useSteps()
  const toApproval = (): void => {
    const waiting = shell.lists.get("lists")?.needsYou ?? []
    const next = waiting.find((one) => one === here) ?? waiting[0]
    if (next !== undefined) void navigate({ to: "/thread/$threadId", params: { threadId: next } }).then(focusApproval)
  }
  return {
    chords: {
      "ctrl+k": () => openLayer({ tag: "palette" }),
      "ctrl+shift+o": () => void navigate({ to: "/new" }),
      "ctrl+shift+a": toApproval,
      "alt+arrowup": () => step(-1),
      "alt+arrowdown": () => step(1),
    },
    letters: {
      "?": () => openLayer({ tag: "keys" }),
      "[": () => setPreference({ isSidebarHidden: !usePreferences.getState().isSidebarHidden }),
      j: () => stepTurn(1),
      k: () => stepTurn(-1),
    },
    afterLeader: {
      p: () => void navigate({ to: "/processes" }),
      d: () => void navigate({ to: "/doctor" }),
      s: () => void navigate({ to: "/settings" }),
    },
  }
}

const chordOf = (event: KeyboardEvent): string => {
  const parts = [(event.ctrlKey || event.metaKey) && "ctrl", event.altKey && "alt", event.shiftKey && "shift", event.key.toLowerCase()]
  return parts.filter((part) => part !== false).join("+")
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))

// The thread may still be on its way to the screen: a frame later its card is there, if the thread was open before.
const focusApproval = (): void => void window.requestAnimationFrame(() => document.getElementById("approval")?.focus())
