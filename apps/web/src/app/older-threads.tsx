// Fetches the next page of threads where there are more than the list shows.

interface OlderThreadsProps {
  readonly name: string
  /** How many are not shown yet. */
  readonly left: number
  readonly fetch: () => Promise<void>
}

export const OlderThreads = ({ name, left, fetch }: OlderThreadsProps) => {
  if (left <= 0) return null
  return (
    <button
      type="button"
      // What could not be fetched leaves the button where it is, to be pressed again.
      onClick={() => void fetch().catch(() => undefined)}
      className="mt-2 flex h-7 w-full items-center rounded-control px-2 text-sec text-text-3 hover:bg-raised hover:text-text coarse:h-11"
    >
      {name} ({left})
    </button>
  )
}
