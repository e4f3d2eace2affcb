// Gives an order to the server and says so when it is refused; what is shown changes only by what the server then tells.
import type { ClientCommand } from "@corral/contracts/command"
import { useCallback } from "react"
import { showToast } from "../ui/toasts.ts"
import { useLink } from "./link.ts"

/** Resolves to whether the order was taken. Never rejects. */
export type Order = (command: ClientCommand) => Promise<boolean>

export const useOrder = (): Order => {
  const { connection } = useLink()
  return useCallback(
    async (command) => {
      try {
        const receipt = await connection.dispatch(command)
        if (receipt._tag === "accepted") return true
        showToast({ id: `rejected-${command._tag}`, text: receipt.rejection.message, tone: "problem" })
      } catch (cause) {
        showToast({
          id: `failed-${command._tag}`,
          text: cause instanceof Error ? cause.message : "The order was not taken.",
          tone: "problem",
        })
      }
      return false
    },
    [connection],
  )
}
