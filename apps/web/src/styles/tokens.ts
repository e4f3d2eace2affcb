// The colours, dark and light, in oklch. tokens.css is made from these; a test holds the two together and checks the contrast.

export const themes = {
  dark: {
    canvas: "oklch(0.165 0.006 230)",
    surface: "oklch(0.195 0.007 230)",
    raised: "oklch(0.23 0.008 230)",
    overlay: "oklch(0.25 0.009 230)",
    line: "oklch(0.285 0.009 230)",
    "line-strong": "oklch(0.54 0.012 230)",
    text: "oklch(0.945 0.004 230)",
    "text-2": "oklch(0.77 0.01 230)",
    "text-3": "oklch(0.665 0.012 230)",
    accent: "oklch(0.8 0.125 178)",
    "accent-text": "oklch(0.84 0.115 178)",
    "on-accent": "oklch(0.19 0.03 178)",
    live: "oklch(0.8 0.125 178)",
    attention: "oklch(0.82 0.145 78)",
    done: "oklch(0.76 0.115 248)",
    danger: "oklch(0.72 0.17 25)",
    "on-danger": "oklch(0.19 0.03 25)",
    ok: "oklch(0.79 0.15 150)",
    idle: "oklch(0.64 0.012 230)",
    plan: "oklch(0.76 0.12 300)",
    add: "oklch(0.79 0.14 150)",
    del: "oklch(0.745 0.15 25)",
    "add-bg": "oklch(0.265 0.045 155)",
    "del-bg": "oklch(0.265 0.05 22)",
    focus: "oklch(0.82 0.12 178)",
  },
  light: {
    canvas: "oklch(0.982 0.003 230)",
    surface: "oklch(1 0 230)",
    raised: "oklch(0.962 0.004 230)",
    overlay: "oklch(1 0 230)",
    line: "oklch(0.905 0.006 230)",
    "line-strong": "oklch(0.63 0.012 230)",
    text: "oklch(0.235 0.012 230)",
    "text-2": "oklch(0.44 0.014 230)",
    "text-3": "oklch(0.52 0.014 230)",
    accent: "oklch(0.525 0.095 182)",
    "accent-text": "oklch(0.48 0.087 182)",
    "on-accent": "oklch(0.99 0.005 178)",
    live: "oklch(0.56 0.101 182)",
    attention: "oklch(0.54 0.12 65)",
    done: "oklch(0.54 0.16 252)",
    danger: "oklch(0.55 0.205 27)",
    "on-danger": "oklch(0.99 0.005 27)",
    ok: "oklch(0.52 0.135 150)",
    idle: "oklch(0.58 0.012 230)",
    plan: "oklch(0.54 0.19 300)",
    add: "oklch(0.48 0.13 150)",
    del: "oklch(0.52 0.19 27)",
    "add-bg": "oklch(0.95 0.035 155)",
    "del-bg": "oklch(0.95 0.021 22)",
    focus: "oklch(0.525 0.095 182)",
  },
} as const

export type Token = keyof typeof themes.dark

const tokenLine = (token: string, light: string, dark: string): string => `  --${token}: light-dark(${light}, ${dark});`

/** What tokens.css must be, byte for byte. */
export const tokensCss = (): string => {
  const light: Readonly<Record<string, string>> = themes.light
  const lines = Object.entries(themes.dark).map(([token, dark]) => tokenLine(token, light[token] ?? dark, dark))
  const schemes = ["light", "dark"].map((name) => `:root[data-theme="${name}"] {\n  color-scheme: ${name};\n}`)
  return `:root {\n  color-scheme: light dark;\n${lines.join("\n")}\n}\n${schemes.join("\n")}\n`
}
