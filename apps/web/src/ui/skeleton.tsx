// A place where something will stand, in its final size; nothing is shown for the first moment, so a quick answer does not flicker.
import { useEffect, useState } from "react"
import { cx } from "./cx.ts"

const quietMillis = 150

export const Skeleton = ({ lines, label }: { readonly lines: readonly string[]; readonly label: string }) => {
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    const timer = window.setTimeout(() => setShown(true), quietMillis)
    return () => window.clearTimeout(timer)
  }, [])
  return (
    <div role="status" aria-label={label} className={cx("space-y-3", !isShown && "invisible")}>
      {lines.map((width, index) => (
        <div key={index} className="shimmer h-4 rounded-chip bg-raised" style={{ width }} />
      ))}
    </div>
  )
}
