// When stores tell their listeners: once per frame, and four times a second while nobody can see the page.

const hiddenMillis = 250

export const perFrame = (flush: () => void): void => {
  if (document.hidden) window.setTimeout(flush, hiddenMillis)
  else window.requestAnimationFrame(flush)
}
