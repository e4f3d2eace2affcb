// A diff line by line, each with its ground: added, taken away, or the same.
import { ExactText } from "./exact-text.tsx"

export const looksLikeDiff = (text: string): boolean => /^(---|\+\+\+|@@|diff --git) /m.test(text) && /^[+-]/m.test(text)

export const DiffText = ({ text }: { readonly text: string }) =>
  text.split("\n").map((line, index) => (
    <span key={index} className={`block min-h-[1lh] ${groundOf(line)}`}>
      <ExactText text={line} />
    </span>
  ))

const groundOf = (line: string): string => {
  if (/^(\+\+\+|---|diff |index )/.test(line)) return "text-text-3"
  if (line.startsWith("@@")) return "text-plan"
  if (line.startsWith("+")) return "bg-add-bg text-add"
  return line.startsWith("-") ? "bg-del-bg text-del" : ""
}
