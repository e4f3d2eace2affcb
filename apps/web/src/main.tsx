// The beginning: preferences to the page, the line to the server, the first view.
import { RouterProvider } from "@tanstack/react-router"
import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { applyPreferences, usePreferences } from "./app/preferences.ts"
import { LinkContext } from "./link/link.ts"
import { makeLink } from "./link/make-link.ts"
import { makeRoutes } from "./routes.tsx"
import { keepDraftsOnLeave } from "./turn/drafts.ts"
import "./styles/app.css"

keepDraftsOnLeave()
applyPreferences(usePreferences.getState())
usePreferences.subscribe(applyPreferences)

const root = document.getElementById("root")
if (root === null) throw new Error("the page has no #root")
createRoot(root).render(
  <StrictMode>
    <LinkContext value={makeLink()}>
      <RouterProvider router={makeRoutes()} />
    </LinkContext>
  </StrictMode>,
)
