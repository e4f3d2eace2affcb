// What the person chose for this browser: theme, text size, what is folded in the sidebar.
import { create } from "zustand"

const key = "corral.preferences"

export const themes = ["system", "dark", "light"] as const
export type Theme = (typeof themes)[number]
/** Percent. */
export const textSizes = [90, 100, 110, 120, 130] as const

export interface Preferences {
  readonly theme: Theme
  readonly textSize: number
  readonly isSidebarHidden: boolean
  /** Ids of projects, and `archived` when that is open. */
  readonly folded: readonly string[]
}

const usual: Preferences = { theme: "system", textSize: 100, isSidebarHidden: false, folded: [] }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null
const isText = (value: unknown): value is string => typeof value === "string"

const read = (): Preferences => {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "null")
    if (!isObject(value)) return usual
    return {
      theme: themes.find((theme) => theme === value["theme"]) ?? usual.theme,
      textSize: textSizes.find((size) => size === value["textSize"]) ?? usual.textSize,
      isSidebarHidden: value["isSidebarHidden"] === true,
      folded: Array.isArray(value["folded"]) ? value["folded"].filter(isText) : usual.folded,
    }
  } catch {
    return usual
  }
}

export const usePreferences = create<Preferences>(read)

export const setPreference = (change: Partial<Preferences>): void => {
  usePreferences.setState(change)
  try {
    localStorage.setItem(key, JSON.stringify(usePreferences.getState()))
  } catch {
    // Without a store the choice holds until the page is closed.
  }
}

export const toggleFolded = (id: string): void => {
  const { folded } = usePreferences.getState()
  setPreference({ folded: folded.includes(id) ? folded.filter((one) => one !== id) : [...folded, id] })
}

/** Brings theme and text size to the page. */
export const applyPreferences = ({ theme, textSize }: Preferences): void => {
  const root = document.documentElement
  if (theme === "system") delete root.dataset["theme"]
  else root.dataset["theme"] = theme
  root.style.setProperty("--text-scale", String(textSize / 100))
}
