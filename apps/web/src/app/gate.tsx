// Before any view: a server that refuses this browser is told about in place, with the way in.
import { useConnection } from "../link/use-connection.ts"
import { RefusedPage } from "./refused-page.tsx"
import { ShellFrame } from "./shell-frame.tsx"

export const Gate = () => {
  const state = useConnection()
  return state.tag === "refused" ? <RefusedPage refusal={state.refusal} /> : <ShellFrame />
}
