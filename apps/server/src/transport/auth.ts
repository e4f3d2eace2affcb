// Who may come in: only this machine's owner, by the token in the home or by a browser that was let in with a one-time link.
import { createHmac, hash, randomBytes, timingSafeEqual } from "node:crypto"
import { chmodSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import type { IncomingMessage } from "node:http"
import { join } from "node:path"
import type { Millis } from "@corral/contracts/ids"

/** Long enough to change to the browser, short enough to be of no use in a log. */
const codeMillis = 10 * 60 * 1000
/** Links that nobody used; the oldest is void. */
const maxCodes = 100
const secretBytes = 32

/** Who has the token may say what it is; it is believed, since it may do everything anyway. */
const clientHeader = "x-corral-client"

/** `127.0.0.1` first: it is the address that is printed. */
const ourNames = ["127.0.0.1", "localhost", "[::1]"] as const

/** `cli`: Corral's own command line, which says so. `token`: any other program that has it. */
export type Caller = "browser" | "cli" | "token"

export class Auth {
  readonly #token: string
  readonly #port: number
  readonly #now: () => Millis
  readonly #codes = new Map<string, Millis>()

  constructor(home: string, port: number, now: () => Millis) {
    this.#token = tokenOf(home)
    this.#port = port
    this.#now = now
  }

  /** By Host and Origin: a page of another origin, or another name that was pointed at this address, speaks not for the owner. */
  isOurs({ headers }: IncomingMessage): boolean {
    // The port that http implies is left out by everybody.
    const hosts = ourNames.flatMap((name) => (this.#port === 80 ? [name, `${name}:80`] : [`${name}:${this.#port}`]))
    if (headers.host === undefined || !hosts.includes(headers.host)) return false
    return headers.origin === undefined || hosts.some((host) => headers.origin === `http://${host}`)
  }

  caller({ headers }: Pick<IncomingMessage, "headers">): Caller | undefined {
    const [, bearer] = /^Bearer (\S+)$/.exec(headers.authorization ?? "") ?? []
    if (bearer !== undefined && isSame(bearer, this.#token)) return headers[clientHeader] === "cli" ? "cli" : "token"
    const [, cookie] = new RegExp(`(?:^|; )${this.#cookieName}=([^;]+)`).exec(headers.cookie ?? "") ?? []
    return cookie !== undefined && isSame(cookie, this.#cookieValue) ? "browser" : undefined
  }

  /** A path that signs one browser in, once. */
  link(): string {
    const code = randomBytes(secretBytes).toString("base64url")
    this.#codes.set(code, this.#now() + codeMillis)
    const oldest = this.#codes.size > maxCodes ? this.#codes.keys().next().value : undefined
    if (oldest !== undefined) this.#codes.delete(oldest)
    return `/login?code=${code}`
  }

  /** The cookie for a fresh code; the second time there is none. */
  redeem(code: string): string | undefined {
    const until = this.#codes.get(code)
    this.#codes.delete(code)
    if (until === undefined || until < this.#now()) return undefined
    return `${this.#cookieName}=${this.#cookieValue}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${cookieSeconds}`
  }

  /** Browsers share cookies between the ports of a host: two homes must not take each other's. */
  get #cookieName(): string {
    return `corral_${this.#port}`
  }

  /** Not the token itself, which opens the command line too. */
  get #cookieValue(): string {
    return createHmac("sha256", this.#token).update("browser").digest("base64url")
  }
}

const cookieSeconds = 365 * 24 * 3600

/** In constant time, whatever the lengths. */
const isSame = (given: string, wanted: string): boolean =>
  timingSafeEqual(hash("sha256", given, "buffer"), hash("sha256", wanted, "buffer"))

/** Made once per home; whoever can read the owner's files is the owner. */
const tokenOf = (home: string): string => {
  const file = join(home, "token")
  const fresh = `${file}.${process.pid}`
  writeFileSync(fresh, `${randomBytes(secretBytes).toString("base64url")}\n`, { mode: 0o600 })
  try {
    linkSync(fresh, file)
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "EEXIST")) throw cause
  } finally {
    rmSync(fresh)
  }
  chmodSync(file, 0o600)
  return readFileSync(file, "utf8").trim()
}
