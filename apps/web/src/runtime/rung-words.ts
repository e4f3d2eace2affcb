// The rungs of the stop ladder, in the words of the screens.
import type { Rung } from "@corral/contracts/certificate"

export const rungWords: Readonly<Record<Rung, string>> = {
  protocol: "asked to leave",
  eof: "input closed",
  term: "TERM",
  kill: "KILL",
  lost: "lost to a reboot",
}
