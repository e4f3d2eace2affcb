// The frame around every view: sidebar and view side by side, or one of them with a bottom bar on a phone.
import { Outlet } from "@tanstack/react-router"
import { PanelLeftOpen } from "lucide-react"
import { IconButton } from "../ui/icon-button.tsx"
import { ToastList } from "../ui/toast-list.tsx"
import { usePhone } from "../ui/use-media.ts"
import { BottomBar } from "./bottom-bar.tsx"
import { ConnectionBar } from "./connection-bar.tsx"
import { Layers } from "./layer-view.tsx"
import { setPreference, usePreferences } from "./preferences.ts"
import { Sidebar } from "./sidebar.tsx"
import { Announcer } from "./announcer.tsx"
import { useKeys } from "./use-keys.ts"
import { usePageTitle } from "./use-page-title.ts"

export const ShellFrame = () => {
  const isPhone = usePhone()
  const isHidden = usePreferences((preferences) => preferences.isSidebarHidden)
  useKeys()
  usePageTitle()
  return (
    <div className="flex h-full flex-col">
      <a
        href="#composer"
        className="absolute top-1 left-1 z-50 -translate-y-16 rounded-control bg-accent px-3 py-1 text-on-accent focus:translate-y-0"
      >
        Skip to the message
      </a>
      <ConnectionBar />
      <div className="flex min-h-0 flex-1">
        {!isPhone && !isHidden && (
          <aside aria-label="Sidebar" className="w-62 shrink-0 border-r border-line">
            <Sidebar />
          </aside>
        )}
        {!isPhone && isHidden && (
          <div className="flex w-9 shrink-0 flex-col items-center border-r border-line bg-canvas pt-2">
            <IconButton icon={PanelLeftOpen} name="Show sidebar" keys="[" onClick={() => setPreference({ isSidebarHidden: false })} />
          </div>
        )}
        <main className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
          <Outlet />
        </main>
      </div>
      {isPhone && <BottomBar />}
      <ToastList />
      <Layers />
      <Announcer />
    </div>
  )
}
