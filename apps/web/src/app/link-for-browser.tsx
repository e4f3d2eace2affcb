// A link that signs one more browser in, once.
import { useState } from "react"
import { useLink } from "../link/link.ts"
import { Button } from "../ui/button.tsx"
import { CommandLine } from "../ui/command-line.tsx"

export const LinkForBrowser = () => {
  const { connection } = useLink()
  const [url, setUrl] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const make = (): void => {
    connection.call("link", {}).then(
      (answer) => setUrl(answer.url),
      (cause: unknown) => setProblem(cause instanceof Error ? cause.message : "No link could be made."),
    )
  }
  return (
    <div className="px-4 py-2.5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <div className="min-w-0 flex-1 basis-52">
          <p>Another browser</p>
          <p className="text-sec text-text-3">A link signs one browser in, once, within ten minutes.</p>
        </div>
        <Button onClick={make}>Make a link</Button>
      </div>
      {url !== null && (
        <div className="pt-2">
          <CommandLine command={url} />
        </div>
      )}
      {problem !== null && <p className="pt-2 text-danger">{problem}</p>}
    </div>
  )
}
