// The environment of an agent, built from an allow-list: what a login shell of this person would have, the provider's own variables and
// what the person configured. Nothing of the server's own gets in. The supervisor adds its two marks, CORRAL_SESSION and CORRAL_TREE, which
// go on to every command that an agent runs: by them its processes are known as ours.
import { homedir } from "node:os"

export type Environment = Readonly<Record<string, string | undefined>>

/** Which variables are a provider's own; `all` is the whole environment, for those that depend on another. */
export type OwnVariables = (name: string, all: Environment) => boolean

export interface EnvironmentParts {
  /** Of the server. */
  readonly own: Environment
  /** As a login shell has it. */
  readonly path: string
  readonly isOwn: OwnVariables
  /** What the person configured; stands above the rest. */
  readonly configured: Readonly<Record<string, string>>
}

const person = ["HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "SSH_AUTH_SOCK", "SSH_AGENT_PID"]
const proxies = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"]
/** Without these an agent behind a company's own certificate authority reaches nothing. */
const authorities = ["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR"]
const names = new Set([...person, ...proxies, ...proxies.map((name) => name.toLowerCase()), ...authorities])
const prefixes = ["LC_", "XDG_"]
/** Ours, whatever a provider or a person says. */
const ours = /^CORRAL_/

export function agentEnvironment({ own, path, isOwn, configured }: EnvironmentParts): Readonly<Record<string, string>> {
  const isAllowed = (name: string) => names.has(name) || prefixes.some((prefix) => name.startsWith(prefix)) || isOwn(name, own)
  const kept = Object.entries(own).filter((entry): entry is [string, string] => entry[1] !== undefined && isAllowed(entry[0]))
  const all = { HOME: homedir(), ...Object.fromEntries(kept), TERM: "dumb", PATH: path, ...configured }
  return Object.fromEntries(Object.entries(all).filter(([name]) => !ours.test(name)))
}
