// Adds a folder as a project; what is wrong with it is said here, by the server.
import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { newId } from "@corral/client/ids"
import { useOrder } from "../link/use-order.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { FolderChooser } from "./folder-chooser.tsx"

export const AddProjectDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const order = useOrder()
  const navigate = useNavigate()
  const [path, setPath] = useState<string | null>(null)
  const add = async (): Promise<void> => {
    const projectId = newId("prj")
    if (!(await order({ _tag: "project.add", projectId, path: path ?? "", name: null }))) return
    onClose()
    void navigate({ to: "/new", search: { project: projectId } })
  }
  return (
    <Dialog title="Add a project" onClose={onClose} className="max-w-lg">
      <div className="px-5 pt-1 pb-5">
        <p className="mb-3 text-text-2">A folder on the machine where Corral runs, usually a git repository.</p>
        <FolderChooser path={path} onPath={setPath} />
        <div className="mt-4 flex justify-end gap-2">
          <Button weight="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button weight="filled" disabled={(path ?? "").trim() === ""} onClick={() => void add()}>
            Add the folder
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
