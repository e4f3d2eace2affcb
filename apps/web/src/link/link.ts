// The app's one line to the server, with what it keeps of it; components reach it by context.
import type { Connection } from "@corral/client/connect"
import { createContext, useContext } from "react"
import type { Bodies } from "../thread/bodies.ts"
import type { Vitals } from "../runtime/vitals.ts"
import type { Shell } from "./shell.ts"

export interface Link {
  readonly connection: Connection
  readonly shell: Shell
  readonly bodies: Bodies
  readonly vitals: Vitals
}

export const LinkContext = createContext<Link | null>(null)

export const useLink = (): Link => {
  const link = useContext(LinkContext)
  if (link === null) throw new Error("useLink outside of the app")
  return link
}
