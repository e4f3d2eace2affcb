// The layer over the page, each fetched when it is first opened.
import { lazy, Suspense } from "react"
import { closeLayer, useLayer, type Layer } from "./layers.ts"

const Palette = lazy(() => import("./palette.tsx").then((module) => ({ default: module.Palette })))
const KeySheet = lazy(() => import("./key-sheet.tsx").then((module) => ({ default: module.KeySheet })))
const RenameDialog = lazy(() => import("../thread/rename-dialog.tsx").then((module) => ({ default: module.RenameDialog })))
const DeleteDialog = lazy(() => import("../thread/delete-dialog.tsx").then((module) => ({ default: module.DeleteDialog })))
const AddProjectDialog = lazy(() => import("../project/add-project-dialog.tsx").then((module) => ({ default: module.AddProjectDialog })))

export const Layers = () => {
  const layer = useLayer((state) => state.layer)
  return layer === null ? null : <Suspense>{viewOf(layer)}</Suspense>
}

const viewOf = (layer: Layer) => {
  switch (layer.tag) {
    case "palette":
      return <Palette onClose={closeLayer} />
    case "keys":
      return <KeySheet onClose={closeLayer} />
    case "rename":
      return <RenameDialog threadId={layer.threadId} title={layer.title} onClose={closeLayer} />
    case "delete":
      return <DeleteDialog threadId={layer.threadId} title={layer.title} onClose={closeLayer} />
    case "add-project":
      return <AddProjectDialog onClose={closeLayer} />
  }
}
