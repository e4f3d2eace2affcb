// Which links an agent's text may make: the web and mail, nothing that runs.

const schemes = new Set(["http:", "https:", "mailto:"])

/** The address as it may stand in a page, or null where the text is all that is shown. */
export const safeLink = (href: string): { readonly href: string; readonly host: string } | null => {
  try {
    const url = new URL(href)
    return schemes.has(url.protocol) ? { href: url.href, host: url.host } : null
  } catch {
    return null
  }
}
