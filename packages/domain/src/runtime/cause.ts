// Why a turn ended with its process, in a sentence for people.
import type { Certificate } from "@corral/contracts/certificate"

export const causeOf = (certificate: Certificate): string => {
  const { reason, outcome, left, rungs } = certificate
  if (rungs.some(({ name }) => name === "lost"))
    return "The machine was restarted in the middle of the turn, and the agent was lost with it."
  const survivors = outcome === "stuck" ? ` ${left} of its processes could not be stopped.` : ""
  return `${reason === "exited" ? howItLeft(certificate) : stopCauses[reason]}${survivors}`
}

const howItLeft = ({ exit }: Certificate) => {
  if (exit?.signal != null) return `The agent was ended by ${exit.signal} in the middle of the turn.`
  if (exit?.code != null) return `The agent left in the middle of the turn with exit code ${exit.code}.`
  return "The agent left in the middle of the turn."
}

const stopped = "The agent was stopped in the middle of the turn"

/** By the reason of the stop. */
export const stopCauses: Record<Exclude<Certificate["reason"], "exited">, string> = {
  stop: `${stopped} on request.`,
  archive: `${stopped} because its thread was archived.`,
  delete: `${stopped} because its thread was deleted.`,
  replace: `${stopped} to be replaced.`,
  switch: `${stopped} because its thread has another provider now.`,
  idle: `${stopped} because it was idle.`,
  memory: `${stopped} because memory ran short.`,
  room: `${stopped} to make room for another thread.`,
  "memory-limit": `${stopped} because its session held more memory than a session may.`,
  budget: `${stopped} because its budget was used up.`,
  shutdown: `${stopped} because Corral was shut down.`,
  "server-lost": `${stopped} because Corral's server was lost and none came back in time.`,
  "supervisor-lost": `${stopped} because Corral's supervisor was lost.`,
  "boot-sweep": `${stopped} by the sweep at Corral's start.`,
  stray: `${stopped} because it had outlived its session.`,
}
