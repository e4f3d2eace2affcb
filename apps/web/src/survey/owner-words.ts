// Whose a process is, in the words of the screen.
import type { Found } from "@corral/contracts/survey"

export const ownerWords = ({ owner, isOtherUsers }: Pick<Found, "owner" | "isOtherUsers">): string => {
  const others = isOtherUsers ? ", another user’s" : ""
  const { kind, name } = owner
  if (kind === "orphan") return `likely an orphan${others}`
  if (kind === "corral") return `Corral ${name}${others}`
  if (kind === "service") return `service ${name}${others}`
  return `${name}${others}`
}

/** pid 22904, its ancestor */
export const evidenceWords = ({ pid, evidence }: Found["owner"]): string => (pid === null ? evidence : `pid ${pid}, ${evidence}`)
