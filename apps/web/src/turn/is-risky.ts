// Whether a request may not be allowed by a chord: what destroys, and what reaches outside of the project, needs a pointed hand.
import type { Request } from "@corral/contracts/turn"

const destructive: readonly RegExp[] = [
  /\brm\b[^|;&]*\s-{1,2}[a-z-]*(r|f)/i,
  /\b(rmdir|shred|mkfs\S*|fdisk|wipefs|truncate|unlink)\b/i,
  /\bdd\b[^|;&]*\bof=/i,
  /\bfind\b.*\s-(delete|exec)\b/i,
  /\bgit\b.*\b(push|reset\s+--hard|clean|checkout\s+(--|\.)|restore|branch\s+-D|stash\s+(drop|clear)|rebase|filter-branch)\b/i,
  /\b(sudo|doas|su)\b/,
  /\b(kill|pkill|killall|shutdown|reboot|systemctl)\b/i,
  /\b(chmod|chown|chgrp)\b[^|;&]*\s-{1,2}(R|recursive)/i,
  /\b(curl|wget|fetch)\b.*\|\s*(ba|z|da)?sh\b/i,
  /\b(npm|pnpm|yarn|cargo|gem|twine)\b.*\b(publish|unpublish|yank|upload)\b/i,
  /\b(drop|truncate|delete)\s+(table|database|schema|from)\b/i,
  /\b(terraform|kubectl|helm)\b.*\b(apply|destroy|delete)\b/i,
  />\s*\/(?!dev\/(null|stdout|stderr)\b)/,
]

/** `root`: the project's folder. */
export const isRisky = (request: Pick<Request, "kind" | "subject" | "cwd">, root: string | null): boolean => {
  if (request.cwd !== null && root !== null && !isInside(request.cwd, root)) return true
  return request.kind === "command" && (destructive.some((one) => one.test(request.subject)) || leavesProject(request.subject, root))
}

const isInside = (path: string, root: string): boolean => path === root || path.startsWith(root.endsWith("/") ? root : `${root}/`)

/** An absolute path or the home folder as an argument, a climb out of the folder. */
const leavesProject = (command: string, root: string | null): boolean => {
  const paths = command.match(/(?<=^|[\s="'`(<>:])(~\/|\/)[\w.@~/-]*/g) ?? []
  return /(^|[\s="'(/])\.\.(\/|\s|$)/.test(command) || paths.some((path) => !isHarmless(path) && (root === null || !isInside(path, root)))
}

const isHarmless = (path: string): boolean => /^\/(dev\/(null|stdout|stderr)|usr\/bin|bin|tmp)(\/|$)/.test(path)
