// Chooses a folder on the machine where Corral runs: by typing its path, or by going through the folders.
import { CornerLeftUp, Folder, FolderGit2 } from "lucide-react"
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react"
import { useAnswer } from "../link/use-answer.ts"

interface FolderChooserProps {
  /** Null until the person's home is known, with which it begins. */
  readonly path: string | null
  readonly onPath: (path: string) => void
}

export const FolderChooser = ({ path, onPath }: FolderChooserProps) => {
  const [listed, setListed] = useState(path)
  const { answer, problem } = useAnswer("folders", { path: listed })
  const shown = path ?? ""
  const home = path === null ? (answer?.path ?? null) : null
  const input = useRef<HTMLInputElement>(null)
  const begun = useRef<string | null>(null)
  useEffect(() => {
    if (home === null) return
    begun.current = home
    onPath(home)
  }, [home, onPath])
  // Who is in the field already means to type another path: it replaces the one that has just come.
  useLayoutEffect(() => {
    if (path === null || path !== begun.current) return
    begun.current = null
    if (document.activeElement === input.current) input.current?.select()
  }, [path])
  const go = (next: string): void => {
    setListed(next)
    onPath(next)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter") return
    event.preventDefault()
    setListed(shown)
  }
  return (
    <div>
      <input
        ref={input}
        type="text"
        aria-label="Path of the folder"
        value={shown}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onPath(event.target.value)}
        onBlur={() => setListed(shown)}
        onKeyDown={onKeyDown}
        className="h-9 w-full rounded-control border border-line-strong bg-canvas px-2.5 font-mono text-code coarse:h-11 coarse:text-[16px]"
      />
      {problem !== null && <p className="pt-1.5 text-sec break-words text-danger">{problem}</p>}
      <ul aria-label="Folders" tabIndex={0} className="mt-2 h-44 overflow-y-auto rounded-control border border-line bg-canvas p-1">
        {answer !== null && answer.parent !== null && (
          <Entry name=".." path={answer.parent} icon={CornerLeftUp} onGo={go} label="Up one folder" />
        )}
        {answer?.folders.map((folder) => (
          <Entry
            key={folder.path}
            name={folder.name}
            path={folder.path}
            icon={folder.git ? FolderGit2 : Folder}
            note={folder.git ? "git" : ""}
            onGo={go}
          />
        ))}
        {answer !== null && answer.folders.length === 0 && <li className="px-2 py-1 text-sec text-text-3">No folders inside</li>}
      </ul>
    </div>
  )
}

interface EntryProps {
  readonly name: string
  readonly path: string
  readonly icon: typeof Folder
  readonly note?: string
  readonly label?: string
  readonly onGo: (path: string) => void
}

const Entry = ({ name, path, icon: Icon, note = "", label, onGo }: EntryProps) => (
  <li>
    <button
      type="button"
      aria-label={label}
      onClick={() => onGo(path)}
      className="focus-inset flex h-7 w-full items-center gap-2 rounded-control px-2 text-left text-text-2 hover:bg-raised hover:text-text coarse:h-11"
    >
      <Icon size={14} strokeWidth={1.75} aria-hidden className="shrink-0 text-text-3" />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {note !== "" && <span className="text-meta text-text-3">{note}</span>}
    </button>
  </li>
)
