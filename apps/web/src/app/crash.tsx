// Our own mistake: what failed, what was kept, and the details to copy.
import type { ErrorComponentProps } from "@tanstack/react-router"
import { Button } from "../ui/button.tsx"
import { CopyButton } from "../ui/copy-button.tsx"

export const Crash = ({ error: cause }: ErrorComponentProps) => {
  const error = cause instanceof Error ? cause : new Error(String(cause))
  const details = () => `${error.stack ?? error.message}\n\n${location.pathname}\n${navigator.userAgent}\n${new Date().toISOString()}`
  return (
    <main className="mx-auto flex h-full max-w-lg flex-col justify-center gap-4 px-6">
      <h1 className="text-title font-semibold">This view broke</h1>
      <p className="text-prose text-text-2">Your agents and your drafts are not touched. Reloading shows where things stand.</p>
      <pre
        tabIndex={0}
        aria-label="Error"
        className="max-h-40 overflow-auto rounded-panel border border-line bg-canvas p-3 text-code whitespace-pre-wrap"
      >
        {error.message}
      </pre>
      <div className="flex gap-2">
        <Button weight="filled" onClick={() => location.reload()}>
          Reload
        </Button>
        <CopyButton text={details} label="Copy details">
          Copy details
        </CopyButton>
      </div>
    </main>
  )
}
