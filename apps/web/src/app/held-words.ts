// What becomes of agents while the line is lost. Whether the server is gone, or only the way to it, this page cannot know.
import { formatDuration } from "../ui/format-time.ts"

/** `holdMillis` null: the server has not told for how long agents are held without one. */
export const heldWords = (holdMillis: number | null): string =>
  `Without a server, agents are held for ${holdMillis === null ? "a while" : formatDuration(holdMillis)}, then stopped with certificates.`
