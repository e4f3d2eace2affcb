// Every view and its address. What a panel shows is in the address too, so each view is a link and "back" works.
import { createRootRoute, createRoute, createRouter } from "@tanstack/react-router"
import { lazy, Suspense } from "react"
import { Crash } from "./app/crash.tsx"
import type { MemoryRange } from "@corral/contracts/memory-past"
import { Gate } from "./app/gate.tsx"
import { HomePage } from "./app/home-page.tsx"
import { NotFound } from "./app/not-found.tsx"
import { NewThreadPage } from "./thread/new-thread-page.tsx"
import { rangeOf } from "./runtime/ranges.ts"
import { ThreadPage } from "./thread/thread-page.tsx"

const DoctorPage = lazy(() => import("./survey/doctor-page.tsx").then((module) => ({ default: module.DoctorPage })))
const ProcessesPage = lazy(() => import("./runtime/processes-page.tsx").then((module) => ({ default: module.ProcessesPage })))
const SettingsPage = lazy(() => import("./app/settings-page.tsx").then((module) => ({ default: module.SettingsPage })))
const WelcomePage = lazy(() => import("./project/welcome-page.tsx").then((module) => ({ default: module.WelcomePage })))

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined)

const rootRoute = createRootRoute({ component: Gate, notFoundComponent: NotFound, errorComponent: Crash })
const homeRoute = createRoute({ getParentRoute: () => rootRoute, path: "/", component: HomePage })
const threadRoute = createRoute({ getParentRoute: () => rootRoute, path: "/thread/$threadId", component: ThreadPage })
const newRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/new",
  validateSearch: (search: Readonly<Record<string, unknown>>): { project?: string } => {
    const project = text(search["project"])
    return project === undefined ? {} : { project }
  },
  component: () => <NewThreadPage project={newRoute.useSearch().project ?? null} />,
})
const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/welcome",
  component: () => (
    <Suspense>
      <WelcomePage />
    </Suspense>
  ),
})
interface ProcessesSearch {
  thread?: string
  show?: string
  range?: MemoryRange
  certificate?: string
}
const processesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/processes",
  validateSearch: (search: Readonly<Record<string, unknown>>): ProcessesSearch => {
    const [thread, show, certificate] = [text(search["thread"]), text(search["show"]), text(search["certificate"])]
    const range = rangeOf(search["range"])
    return {
      ...(thread === undefined ? {} : { thread }),
      ...(show === undefined ? {} : { show }),
      ...(range === "10m" ? {} : { range }),
      ...(certificate === undefined ? {} : { certificate }),
    }
  },
  component: () => {
    const search = processesRoute.useSearch()
    return (
      <Suspense>
        <ProcessesPage
          key={search.thread}
          thread={search.thread ?? null}
          show={search.show ?? "all"}
          range={search.range ?? "10m"}
          certificate={search.certificate ?? null}
        />
      </Suspense>
    )
  },
})
const doctorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/doctor",
  component: () => (
    <Suspense>
      <DoctorPage />
    </Suspense>
  ),
})
const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  component: () => (
    <Suspense>
      <SettingsPage />
    </Suspense>
  ),
})

const routeTree = rootRoute.addChildren([homeRoute, threadRoute, newRoute, welcomeRoute, processesRoute, doctorRoute, settingsRoute])

export const makeRoutes = () => createRouter({ routeTree, defaultPreload: false, scrollRestoration: false })

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRoutes>
  }
}
