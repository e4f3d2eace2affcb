// Why and for whom an agent was started, in words that go on from "started".
import type { WakeCause } from "@corral/contracts/certificate"
import { askedByWords } from "./asked-by-words.ts"

export const wokenWords = ({ why, askedBy }: WakeCause): string =>
  why === "turn" ? `for a message, asked by ${askedByWords(askedBy)}` : `without a message, asked by ${askedByWords(askedBy)}`
