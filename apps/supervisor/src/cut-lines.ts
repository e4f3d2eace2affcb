// Cuts bytes into whole lines, only ever at a newline, and never keeps more than its bound.

export interface LineCutter {
  readonly push: (chunk: Buffer) => void
  /** What came after the last newline; empty: nothing. */
  readonly rest: () => Buffer
}

/**
 * `onLine` gets a line without its newline. A line over `maxBytes` is not given: `onOverlong` is told once, as soon as it is
 * too long, with the bytes seen so far; the rest of that line is dropped and the next one is cut as usual.
 */
export function cutLines(maxBytes: number, onLine: (line: Buffer) => void, onOverlong: (bytes: number) => void): LineCutter {
  let parts: Buffer[] = []
  let size = 0
  let dropping = false

  const keep = (part: Buffer): void => {
    if (dropping) return
    size += part.length
    parts.push(part)
    if (size <= maxBytes) return
    dropping = true
    parts = []
    onOverlong(size)
  }
  const finish = (): void => {
    const [first] = parts
    const line = parts.length === 1 && first ? first : Buffer.concat(parts, size)
    const isWhole = !dropping
    parts = []
    size = 0
    dropping = false
    if (isWhole) onLine(line)
  }
  return {
    push: (chunk) => {
      let from = 0
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        keep(chunk.subarray(from, at))
        from = at + 1
        finish()
      }
      if (from < chunk.length) keep(chunk.subarray(from))
    },
    rest: () => (dropping ? Buffer.alloc(0) : Buffer.concat(parts)),
  }
}
