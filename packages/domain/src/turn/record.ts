// What an agent did, in whole pieces. They make the transcript (views/transcript.ts); the thread's own state does not change by them.
import { maxToolOutputChars } from "@corral/contracts/limits"
import type { Piece, RecordTurn } from "@corral/contracts/turn"
import type { Decision } from "../decision.ts"
import { accept } from "../decision.ts"
import { onGeneration } from "../on-thread.ts"
import type { World } from "../state.ts"

export const decideRecordTurn = (world: World, { threadId, generation, pieces }: RecordTurn): Decision =>
  onGeneration(world, { threadId, generation }, () =>
    accept(pieces.length === 0 ? [] : [{ _tag: "turn.recorded", threadId, pieces: pieces.map(keepable) }]),
  )

const keepable = (piece: Piece): Piece => {
  if (piece._tag === "tool-started") return piece.input.length <= maxToolOutputChars ? piece : { ...piece, input: cut(piece.input) }
  if (piece._tag === "tool-ended") return piece.output.length <= maxToolOutputChars ? piece : { ...piece, output: cut(piece.output) }
  return piece
}

const cut = (text: string) => {
  const mark = `\n… ${text.length} characters in all; the rest was not kept.`
  return text.slice(0, maxToolOutputChars - mark.length) + mark
}
