// Whether the reader wants to stay at the end: an intent, released only by the reader's own hand, never by content that grew.

/** Coming this near to the end by hand means wanting to stay there, in px. */
const nearPixels = 24

const releasingKeys = new Set(["PageUp", "ArrowUp", "Home"])

export interface Pin {
  readonly isPinned: () => boolean
  readonly onWheel: (deltaY: number) => void
  /** How far the finger has moved down since the last move. */
  readonly onDrag: (down: number) => void
  readonly onKey: (key: string, hasShift: boolean) => void
  readonly onScrollbar: () => void
  /** How far from the end the view is now. */
  readonly onScroll: (distance: number) => void
  /** "Latest", or the reader sent a message. */
  readonly set: () => void
}

export const makePin = (told: (isPinned: boolean) => void): Pin => {
  let isPinned = true
  let lastDistance = 0
  const change = (next: boolean): void => {
    if (next === isPinned) return
    isPinned = next
    told(next)
  }
  return {
    isPinned: () => isPinned,
    onWheel: (deltaY) => deltaY < 0 && change(false),
    onDrag: (down) => down > 0 && change(false),
    onKey: (key, hasShift) => (releasingKeys.has(key) || (key === " " && hasShift)) && change(false),
    onScrollbar: () => change(false),
    onScroll: (distance) => {
      // Going away from the end is no wish to stay there, however near it still is.
      if (distance < lastDistance && distance <= nearPixels) change(true)
      lastDistance = distance
    },
    set: () => change(true),
  }
}
