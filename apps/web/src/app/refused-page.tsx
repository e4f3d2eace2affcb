// The server is there and says no: not signed in, or another version. What to do stands on the page.
import type { Refusal } from "@corral/contracts/rpc"
import { useLink } from "../link/link.ts"
import { Button } from "../ui/button.tsx"
import { CommandLine } from "../ui/command-line.tsx"
import { Brand } from "./brand.tsx"

export const RefusedPage = ({ refusal }: { readonly refusal: Refusal }) => {
  const { connection } = useLink()
  const isUnauthorized = refusal.tag === "Unauthorized"
  return (
    <main className="mx-auto flex h-full max-w-md flex-col justify-center gap-4 px-6">
      <Brand />
      <h1 className="text-title font-semibold">
        {isUnauthorized ? "This browser is not signed in" : "This page and the server do not fit"}
      </h1>
      <p className="text-prose text-text-2">{refusal.message}</p>
      {isUnauthorized ? <SignIn /> : <p className="text-prose text-text-2">Reload the page; the server may have been upgraded.</p>}
      <div className="flex gap-2">
        <Button weight="filled" onClick={() => location.reload()}>
          Reload
        </Button>
        <Button weight="quiet" onClick={() => connection.wake()}>
          Try again
        </Button>
      </div>
    </main>
  )
}

const SignIn = () => (
  <>
    <p className="text-prose text-text-2">
      Corral lets in only browsers that were given a link. Run this where Corral runs, then open the address it prints. The link works once.
    </p>
    <CommandLine command="corral start" />
  </>
)
