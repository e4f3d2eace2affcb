// The inside of a line of markdown as React elements. Raw HTML shows as text, an image as its link: nothing is fetched.
import { Fragment, type ReactNode } from "react"
import type { MarkedToken, Token } from "marked"
import { decodeEntities } from "./decode-entities.ts"
import { safeLink } from "./safe-link.ts"
import { isKnown } from "./split-blocks.ts"

export const Inline = ({ tokens }: { readonly tokens: readonly Token[] | undefined }): ReactNode =>
  tokens?.map((token, index) => <Fragment key={index}>{isKnown(token) ? <Part token={token} /> : token.raw}</Fragment>)

const Part = ({ token }: { readonly token: MarkedToken }): ReactNode => {
  switch (token.type) {
    case "strong":
      return (
        <strong className="font-semibold">
          <Inline tokens={token.tokens} />
        </strong>
      )
    case "em":
      return (
        <em>
          <Inline tokens={token.tokens} />
        </em>
      )
    case "del":
      return (
        <del>
          <Inline tokens={token.tokens} />
        </del>
      )
    case "codespan":
      return <code className="rounded-chip bg-raised px-1 py-px text-[0.92em] break-words">{token.text}</code>
    default:
      return <Leaf token={token} />
  }
}

const Leaf = ({ token }: { readonly token: MarkedToken }): ReactNode => {
  switch (token.type) {
    case "br":
      return <br />
    case "link":
      return (
        <Link href={token.href}>
          <Inline tokens={token.tokens} />
        </Link>
      )
    case "image":
      return <Link href={token.href}>{token.text === "" ? token.href : token.text}</Link>
    case "checkbox":
      return <span className="mr-1.5 text-text-2">{token.checked ? "☑" : "☐"}</span>
    case "text":
      if (token.tokens !== undefined) return <Inline tokens={token.tokens} />
      return token.escaped === false ? decodeEntities(token.text) : token.text
    case "escape":
      return token.text
    default:
      return token.raw
  }
}

const Link = ({ href, children }: { readonly href: string; readonly children: ReactNode }) => {
  const link = safeLink(href)
  if (link === null) return <span title={href}>{children}</span>
  return (
    <a
      href={link.href}
      target="_blank"
      rel="noreferrer noopener"
      title={link.host}
      className="text-accent-text underline decoration-line-strong underline-offset-2 hover:decoration-current"
    >
      {children}
    </a>
  )
}
