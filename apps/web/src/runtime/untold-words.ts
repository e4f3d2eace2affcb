// Processes of a shared tree that cannot be told apart, as the certificate of a session that left the tree counts them.
import { counted } from "../ui/counted.ts"

/** They belong to the tree beyond doubt. Which session they serve is not known, so they were left: another one may need them. */
export const untoldWords = (untagged: number): string => {
  const whose = untagged === 1 ? "whose it is" : "whose they are"
  return `${counted(untagged, "process", "processes")} without a session's own mark, left in the tree: ${whose} cannot be told`
}
