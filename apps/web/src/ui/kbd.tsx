// A key or chord, drawn small. Left out on touch screens: there is nothing to press.
export const Kbd = ({ children }: { readonly children: string }) => (
  <kbd className="rounded-chip border border-current/30 px-1 font-sans text-meta whitespace-nowrap coarse:hidden">{children}</kbd>
)
