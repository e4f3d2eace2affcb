// What is still there of a thread that is stuck, as far as its certificate was told.
import type { Certificate } from "@corral/contracts/certificate"

/** Of a command line, in characters: enough to know it by. */
const shownChars = 80

/** `certificate` null: it has not come; `problem`: why it will not. */
export const stuckWords = (certificate: Certificate | null, problem: string | null): string => {
  if (certificate === null)
    return problem === null ? "its certificate is being fetched" : `its certificate cannot be shown: ${problem.replace(/\.$/, "")}`
  const names = certificate.survivors.map(({ command, pid }) => `${command.slice(0, shownChars)} (pid ${pid})`)
  return names.length > 0 ? `${names.join(", ")} still there after every rung` : "the check itself failed"
}
