// Looks at everything now and ends what outlived its session.
import { useState } from "react"
import { useLink } from "../link/link.ts"
import { Button } from "../ui/button.tsx"
import { counted } from "../ui/counted.ts"
import { showToast } from "../ui/toasts.ts"

export const SweepButton = ({ label = "Sweep now" }: { readonly label?: string }) => {
  const { connection, vitals } = useLink()
  const [isSweeping, setSweeping] = useState(false)
  const sweep = async (): Promise<void> => {
    setSweeping(true)
    try {
      const result = await connection.call("sweep", {})
      const ended = result.ended === 0 ? "Nothing had to be ended" : `${counted(result.ended, "process", "processes")} ended`
      showToast({
        id: "sweep",
        text: result.complete ? `${ended}; ${counted(result.strays, "stray")} left.` : `${ended}; the look failed in part.`,
      })
      await vitals.look()
    } catch (cause) {
      showToast({ id: "sweep", text: cause instanceof Error ? cause.message : "The sweep failed.", tone: "problem" })
    } finally {
      setSweeping(false)
    }
  }
  return (
    <Button
      disabled={isSweeping}
      onClick={() => void sweep()}
      title="Compare what was started with what is there, and end what outlived its session"
    >
      {isSweeping ? "Sweeping…" : label}
    </Button>
  )
}
