// A command to run in a terminal, byte by byte, with Copy.
import { CopyButton } from "./copy-button.tsx"

export const CommandLine = ({ command }: { readonly command: string }) => (
  <div className="flex max-w-full items-center gap-2 rounded-control border border-line bg-canvas py-1 pr-1 pl-3">
    <code className="min-w-0 flex-1 overflow-x-auto text-code whitespace-pre">{command}</code>
    <CopyButton text={command} label={`Copy the command ${command}`} />
  </div>
)
