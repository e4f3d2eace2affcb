// The colours, dark and light, in oklch. tokens.css is made from these; a test holds the two together and checks the contrast.

export const themes = {
  dark: {
    canvas: "oklch(0.165 0.006 230)",
    surface: "oklch(0.195 0.007 230)",
    raised: "oklch(0.230 0.008 230)",
    overlay: "oklch(0.250 0.009 230)",
    line: "oklch(0.285 0.009 230)",
    "line-strong": "oklch(0.540 0.012 230)",
    text: "oklch(0.945 0.004 230)",
    "text-2": "oklch(0.770 0.010 230)",
    "text-3": "oklch(0.665 0.012 230)",
    accent: "oklch(0.800 0.125 178)",
    "accent-text": "oklch(0.840 0.115 178)",
    "on-accent": "oklch(0.190 0.030 178)",
    live: "oklch(0.800 0.125 178)",
    attention: "oklch(0.820 0.145 78)",
    done: "oklch(0.760 0.115 248)",
    danger: "oklch(0.720 0.170 25)",
    "on-danger": "oklch(0.190 0.030 25)",
    ok: "oklch(0.790 0.150 150)",
    idle: "oklch(0.640 0.012 230)",
    plan: "oklch(0.760 0.120 300)",
    add: "oklch(0.790 0.140 150)",
    del: "oklch(0.745 0.150 25)",
    "add-bg": "oklch(0.265 0.045 155)",
    "del-bg": "oklch(0.265 0.050 22)",
    focus: "oklch(0.820 0.120 178)",
  },
  light: {
    canvas: "oklch(0.982 0.003 230)",
    surface: "oklch(1.000 0.000 230)",
    raised: "oklch(0.962 0.004 230)",
    overlay: "oklch(1.000 0.000 230)",
    line: "oklch(0.905 0.006 230)",
    "line-strong": "oklch(0.630 0.012 230)",
    text: "oklch(0.235 0.012 230)",
    "text-2": "oklch(0.440 0.014 230)",
    "text-3": "oklch(0.520 0.014 230)",
    accent: "oklch(0.525 0.095 182)",
    "accent-text": "oklch(0.480 0.087 182)",
    "on-accent": "oklch(0.990 0.005 178)",
    live: "oklch(0.560 0.101 182)",
    attention: "oklch(0.540 0.120 65)",
    done: "oklch(0.540 0.160 252)",
    danger: "oklch(0.550 0.205 27)",
    "on-danger": "oklch(0.990 0.005 27)",
    ok: "oklch(0.520 0.135 150)",
    idle: "oklch(0.580 0.012 230)",
    plan: "oklch(0.540 0.190 300)",
    add: "oklch(0.480 0.130 150)",
    del: "oklch(0.520 0.190 27)",
    "add-bg": "oklch(0.950 0.035 155)",
    "del-bg": "oklch(0.950 0.021 22)",
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
