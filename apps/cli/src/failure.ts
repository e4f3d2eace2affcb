// Why a command could not do what it was asked, and the exit code that says so to scripts.
import { CommanderError } from "commander"
import type { Rejection } from "@corral/contracts/receipt"
import { Disconnected, Refused } from "@corral/client/errors"

/** Part of the public API: scripts depend on them. */
export const exitCodes = { done: 0, failed: 1, usage: 2, notFound: 3, unreachable: 4 } as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** `tag` names the kind of trouble for scripts, `message` the thing and the next step for people. */
export class Failure extends Error {
  readonly tag: string
  readonly exitCode: ExitCode

  constructor(tag: string, message: string, exitCode: ExitCode = exitCodes.failed) {
    super(message)
    this.name = "Failure"
    this.tag = tag
    this.exitCode = exitCode
  }
}

export function usage(message: string): Failure {
  return new Failure("Usage", message, exitCodes.usage)
}

export function notFound(message: string): Failure {
  return new Failure("NotFound", message, exitCodes.notFound)
}

export function rejected({ reason, message }: Rejection): Failure {
  return new Failure(reason, message, reason.startsWith("unknown-") ? exitCodes.notFound : exitCodes.failed)
}

/** Whatever was thrown, as the line for stderr (null: it has been said already) and the exit code. */
export function failureOf(error: unknown): { readonly line: string | null; readonly exitCode: ExitCode } {
  if (error instanceof CommanderError) return { line: null, exitCode: error.exitCode === 0 ? exitCodes.done : exitCodes.usage }
  if (error instanceof Failure) return { line: `${error.tag}: ${error.message}`, exitCode: error.exitCode }
  if (error instanceof Refused) return { line: `${error.tag}: ${error.message}`, exitCode: refusedCodes[error.tag] ?? exitCodes.failed }
  if (error instanceof Disconnected) return { line: `Unreachable: ${error.message}`, exitCode: exitCodes.unreachable }
  return { line: `Defect: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, exitCode: exitCodes.failed }
}

const refusedCodes: Partial<Record<Refused["tag"], ExitCode>> = {
  NotFound: exitCodes.notFound,
  Unauthorized: exitCodes.unreachable,
  WrongVersion: exitCodes.unreachable,
}
