// The few pages that stand in for the app where it cannot be shown. No script, no style sheet, nothing from elsewhere.
const page = (title: string, ...sentences: readonly string[]): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · Corral</title>` +
  `<h1>${title}</h1>${sentences.map((sentence) => `<p>${sentence}</p>`).join("")}</html>\n`

export const pages = {
  notSignedIn: page(
    "This browser is not signed in",
    "Run <code>corral</code> in a terminal on this machine: it opens the app and prints a link that signs a browser in, once.",
  ),
  linkUsed: page(
    "This link has been used, or is too old",
    "A link signs one browser in, once, within ten minutes. Run <code>corral</code> in a terminal on this machine for a new one.",
  ),
  notOurs: page("Not from here", "Corral answers only to its own address on this machine, as <code>corral status</code> prints it."),
  notFound: page("There is nothing here", 'The app is at <a href="/">/</a>.'),
  notBuilt: page("The app is not built", "Run <code>npm run build</code>, then load this page again."),
}
