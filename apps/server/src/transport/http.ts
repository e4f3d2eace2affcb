// What is not a socket: the app's files, the sign-in link, and whether the server is well.
import type { IncomingMessage, ServerResponse } from "node:http"
import type { Auth } from "./auth.ts"
import { pages } from "./pages.ts"
import { findFile, type Found } from "./static-files.ts"

export interface Site {
  readonly auth: Auth
  /** The folder with the built app. */
  readonly root: string
  readonly version: string
}

interface Asked {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
}

/** Nothing is loaded from elsewhere, nothing is sent elsewhere, nobody frames us. */
const policyFor = (host: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ws://${host}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ")

export const answerHttp = async (site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  if (!site.auth.isOurs(request)) return sendPage(response, 403, pages.notOurs)
  response.setHeader("content-security-policy", policyFor(request.headers.host ?? ""))
  response.setHeader("x-content-type-options", "nosniff")
  response.setHeader("referrer-policy", "no-referrer")
  response.setHeader("cross-origin-opener-policy", "same-origin")
  response.setHeader("cross-origin-resource-policy", "same-origin")
  if (request.method !== "GET" && request.method !== "HEAD") return void response.writeHead(405, { allow: "GET, HEAD" }).end()
  const url = URL.parse(request.url ?? "/", `http://${request.headers.host}`)
  if (url === null) return sendPage(response, 404, pages.notFound)
  await (routes[url.pathname] ?? app)(site, { request, response, url })
}

const health = ({ version }: Site, { response }: Asked): void => {
  const body = JSON.stringify({ ok: true, version, pid: process.pid })
  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" }).end(`${body}\n`)
}

const login = ({ auth }: Site, { request, response, url }: Asked): void => {
  const cookie = auth.redeem(url.searchParams.get("code") ?? "")
  if (cookie !== undefined) return void response.writeHead(303, { location: "/", "set-cookie": cookie, "cache-control": "no-store" }).end()
  if (auth.caller(request) === "browser") return void response.writeHead(303, { location: "/" }).end()
  sendPage(response, 410, pages.linkUsed)
}

const routes: Readonly<Record<string, (site: Site, asked: Asked) => void | Promise<void>>> = { "/health": health, "/login": login }

const app = async ({ auth, root }: Site, { request, response, url }: Asked): Promise<void> => {
  if (auth.caller(request) === undefined) return sendPage(response, 401, pages.notSignedIn)
  const found = await findFile(root, url.pathname)
  if (found === undefined) return sendPage(response, 404, (await findFile(root, "/")) === undefined ? pages.notBuilt : pages.notFound)
  sendFile(found, request, response)
}

const sendFile = ({ body, type, etag, cacheControl }: Found, request: IncomingMessage, response: ServerResponse): void => {
  const headers = { etag, "cache-control": cacheControl }
  if (request.headers["if-none-match"] === etag) return void response.writeHead(304, headers).end()
  response.writeHead(200, { ...headers, "content-type": type, "content-length": body.length })
  response.end(request.method === "HEAD" ? undefined : body)
}

const sendPage = (response: ServerResponse, status: number, page: string): void =>
  void response.writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" }).end(page)
