// Tokens: numbers that every process of a tree inherits as its limit of file locks, and that nobody can raise.
// A token is one bit that gives the level, 32 bits that name this install of Corral, and chance for the rest. A Corral inside a
// session of another one gets a level below, since a limit can only be lowered.
import { randomBytes } from "node:crypto"

/** The highest bit of a token where nothing limits us; 2^61 and above are left to others. */
const topLevel = 60
const installBits = 32
/** Fewer would meet the same number twice too easily: no deeper nesting than this. */
const minChanceBits = 16

/** A fresh install id. */
export function mintInstall(): number {
  return randomBytes(4).readUInt32BE()
}

/** A token below `ceiling`; null where no room is left for one. `isUsed` keeps every token single. */
export function mintToken(install: number, ceiling: bigint, isUsed: (token: string) => boolean): string | null {
  const level = Math.min(topLevel, highestBit(ceiling) - 1)
  const chanceBits = level - installBits
  if (chanceBits < minChanceBits) return null
  const prefix = (1n << BigInt(level)) | (BigInt(install) << BigInt(chanceBits))
  for (;;) {
    const chance = randomBytes(8).readBigUInt64BE() & ((1n << BigInt(chanceBits)) - 1n)
    const token = String(prefix | chance)
    if (!isUsed(token)) return token
  }
}

/** Which install a limit of file locks names; null: no token. */
export function installOf(limit: string): number | null {
  if (!/^\d{14,19}$/.test(limit)) return null
  const token = BigInt(limit)
  const level = highestBit(token)
  if (level > topLevel || level - installBits < minChanceBits) return null
  return Number((token >> BigInt(level - installBits)) & ((1n << BigInt(installBits)) - 1n))
}

function highestBit(value: bigint): number {
  return value.toString(2).length - 1
}
