// Tokens for people: 940, 84k, 1.2M.

export const formatTokens = (tokens: number): string => {
  if (tokens < 1000) return String(tokens)
  return tokens < 999_500 ? `${Math.round(tokens / 1000)}k` : `${(tokens / 1_000_000).toFixed(1)}M`
}
