// Up-arrow in an empty field brings back what was said before, further back with each press; down-arrow comes forward again.
import { useRef } from "react"

/** `said`: oldest first. Tells whether the key was used. */
export const useRecall = (said: readonly string[], text: string, setText: (text: string) => void) => {
  const back = useRef(0)
  return (key: string, field: HTMLTextAreaElement): boolean => {
    const isRecalled = back.current > 0 && text === said[said.length - back.current]
    if (!isRecalled) back.current = 0
    if (key === "ArrowUp" && (text === "" || (isRecalled && field.selectionStart === 0))) return move(1, field)
    if (key === "ArrowDown" && isRecalled && field.selectionEnd === text.length) return move(-1, field)
    return false
  }
  function move(by: 1 | -1, field: HTMLTextAreaElement): boolean {
    const next = Math.min(said.length, back.current + by)
    if (next === back.current) return false
    back.current = next
    setText(next === 0 ? "" : (said[said.length - next] ?? ""))
    // After React has put the text in: further back from the start, further forward from the end.
    window.requestAnimationFrame(() => field.setSelectionRange(by === 1 ? 0 : field.value.length, by === 1 ? 0 : field.value.length))
    return true
  }
}
