// Ids of rows and requests, made of what the agent calls them: unique in the thread because each generation is, stable for ever.
import { ItemId, RequestId } from "@corral/contracts/ids"
import { createHash } from "node:crypto"

/** Agents name things as they like; what fits an id stays readable. */
const fits = /^[A-Za-z0-9_.:-]{1,80}$/

export const rowId = (generation: number, name: string): ItemId => ItemId.make(idOf(generation, name))

export const requestIdOf = (generation: number, name: string): RequestId => RequestId.make(idOf(generation, name))

const idOf = (generation: number, name: string): string =>
  `g${generation}.${fits.test(name) ? name : createHash("sha256").update(name).digest("base64url").slice(0, 32)}`
