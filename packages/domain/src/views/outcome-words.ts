// How a stop ended, in words that promise no more than was seen.

interface Stopped {
  readonly outcome: string
  readonly unseen?: string
}

/** Of what is stuck the survivors are named, and say enough. */
export const outcomeWords = ({ outcome, unseen }: Stopped): string =>
  unseen === undefined || outcome === "stuck" ? outcome : `${outcome}, as far as could be seen`
