// The mark: a fence with something living in it.
export const Brand = () => (
  <svg viewBox="0 0 16 16" className="size-4 text-accent" aria-hidden>
    <rect
      x="1"
      y="1"
      width="14"
      height="14"
      rx="3.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeDasharray="7.4 3.6"
      strokeDashoffset="3.7"
    />
    <rect x="5" y="5" width="6" height="6" rx="1.5" fill="currentColor" />
  </svg>
)
