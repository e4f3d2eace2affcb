// The first page: on a phone the thread list; else the way to a first or a new thread.
import { lazy, Suspense } from "react"
import { useLink } from "../link/link.ts"
import { useKey } from "../link/use-key.ts"
import { NewThreadPage } from "../thread/new-thread-page.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { usePhone } from "../ui/use-media.ts"
import { Sidebar } from "./sidebar.tsx"

const WelcomePage = lazy(() => import("../project/welcome-page.tsx").then((module) => ({ default: module.WelcomePage })))

export const HomePage = () => {
  const facts = useKey(useLink().shell.facts, "facts")
  const isPhone = usePhone()
  if (facts === undefined) {
    return (
      <div className="reading-column p-6">
        <h1 className="sr-only">Corral</h1>
        <Skeleton label="Waiting for the server" lines={["50%", "90%", "70%"]} />
      </div>
    )
  }
  if (facts.projects.length === 0) {
    return (
      <Suspense>
        <WelcomePage />
      </Suspense>
    )
  }
  if (!isPhone) return <NewThreadPage project={null} />
  return (
    <>
      <h1 className="sr-only">Threads</h1>
      <Sidebar isPage />
    </>
  )
}
