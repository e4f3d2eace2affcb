// Contrast of two oklch colours as WCAG counts it, after rounding to the 8 bits that a screen shows.

type Triple = readonly [number, number, number]

/** 1 to 21. */
export const contrast = (one: string, other: string): number => {
  const [high, low] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

/** Whether the colour can be shown without clipping; a hair of tolerance for rounding. */
export const isInSrgb = (color: string): boolean => linear(color).every((part) => part > -0.002 && part < 1.002)

const luminance = (color: string): number => {
  const [r, g, b] = shown(color)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const shown = (color: string): Triple => {
  const [r, g, b] = linear(color)
  return [rounded(r), rounded(g), rounded(b)]
}

const rounded = (part: number): number => decode(Math.round(encode(Math.min(1, Math.max(0, part))) * 255) / 255)
const encode = (x: number): number => (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055)
const decode = (x: number): number => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)

// Björn Ottosson's OKLab matrices.
const linear = (color: string): Triple => {
  const parts = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/.exec(color)
  if (parts === null) throw new Error(`not an oklch colour: ${color}`)
  const [lightness, chroma, hue] = [Number(parts[1]), Number(parts[2]), (Number(parts[3]) * Math.PI) / 180]
  const a = chroma * Math.cos(hue)
  const b = chroma * Math.sin(hue)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}
