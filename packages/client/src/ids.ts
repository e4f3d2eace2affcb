// New ids, typed by their prefix. An id is made by whoever asks for the thing, so that asking twice is asking once.
import type { CommandId, ProjectId, ProviderId, ThreadId, TurnId } from "@corral/contracts/ids"

/** What a client names itself. */
interface Named {
  readonly prj: ProjectId
  readonly thr: ThreadId
  readonly trn: TurnId
  readonly cmd: CommandId
}

/** 16 × 5 bits: no two alike, and short enough to read out. Chance comes first, so that a few letters are a unique prefix. */
const idChars = 16
/** No i, l, o, u: what is read aloud is typed right. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

/** `newId("thr")` is a `ThreadId`: `thr_` and 80 bits of chance. */
export function newId<P extends keyof Named>(prefix: P): Named[P] {
  const chance = crypto.getRandomValues(new Uint8Array(idChars))
  const id = `${prefix}_${Array.from(chance, (byte) => alphabet.charAt(byte % alphabet.length)).join("")}`
  if (isId(prefix, id)) return id
  throw new Error(`not an id of ours: ${id}`)
}

/** Whether a text is an id with this prefix. */
export function isId<P extends keyof Named>(prefix: P, text: string): text is Named[P] {
  return text.startsWith(`${prefix}_`) && isName(text)
}

/** Whether a text can be the name of a provider; whether there is such a provider is the server's to say. */
export function isProviderId(text: string): text is ProviderId {
  return isName(text)
}

function isName(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,95}$/.test(text)
}
