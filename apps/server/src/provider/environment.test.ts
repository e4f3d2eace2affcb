import { describe, expect, it } from "vitest"
import { agentEnvironment } from "./environment.ts"

const build = (own: Record<string, string>, configured: Record<string, string> = {}) =>
  agentEnvironment({ own, path: "/login/bin", isOwn: (name) => name.startsWith("ROBOT_"), configured })

describe("the environment of an agent", () => {
  it("has what a person's shell has, and the PATH of a login shell", () => {
    const own = {
      HOME: "/home/p",
      LANG: "C.UTF-8",
      LC_ALL: "C",
      XDG_CONFIG_HOME: "/x",
      SSH_AUTH_SOCK: "/s",
      TZ: "UTC",
      PATH: "/server/bin",
    }
    expect(build(own)).toEqual({ ...own, PATH: "/login/bin", TERM: "dumb" })
  })

  it("has the proxies with their exceptions", () => {
    const proxies = { HTTPS_PROXY: "p", NO_PROXY: "127.0.0.1", https_proxy: "p", no_proxy: "localhost" }
    expect(build(proxies)).toMatchObject(proxies)
  })

  it("has nothing of Corral's own, not even when it is configured", () => {
    const env = build({ CORRAL_TOKEN: "secret", CORRAL_HOME: "/c", CORRAL_TREE_1: "1" }, { CORRAL_TOKEN: "secret" })
    expect(Object.keys(env).filter((name) => name.includes("CORRAL"))).toEqual([])
  })

  it("has no other secret that the server happens to hold", () => {
    expect(build({ GITHUB_TOKEN: "t", npm_config_registry: "r", NODE_OPTIONS: "--inspect" })).not.toHaveProperty("GITHUB_TOKEN")
    expect(Object.keys(build({ npm_config_registry: "r", NODE_OPTIONS: "--inspect" })).sort()).toEqual(["HOME", "PATH", "TERM"])
  })

  it("has the provider's own variables, and above all what the person configured", () => {
    expect(build({ ROBOT_KEY: "k", LANG: "C" }, { LANG: "de", EXTRA: "1" })).toMatchObject({ ROBOT_KEY: "k", LANG: "de", EXTRA: "1" })
  })
})
