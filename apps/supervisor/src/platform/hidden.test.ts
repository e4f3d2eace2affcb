import { describe, expect, it } from "vitest"
import { readSeer, whoIsHidden } from "./hidden.ts"

const nobody = "Gid:\t0\t0\t0\t100\nGroups:\t100 1000 \nCapEff:\t0000000000000000\n"
const mounts = (options: string): string =>
  `22 1 0:20 / / rw - ext4 /dev/vda rw\n45 43 0:21 / /proc rw,relatime - proc proc rw\n63 45 0:39 / /proc rw,relatime - proc proc ${options}\n70 63 0:40 / /proc/sys ro - proc proc ro,hidepid=0\n`

describe("who is hidden", () => {
  it.each(["rw", "rw,hidepid=off", "rw,hidepid=0", "rw,gid=7"])("is nobody under a /proc that is mounted %s", (options) => {
    expect(whoIsHidden({ mounts: mounts(options), status: nobody })).toBeNull()
  })

  it.each(["noaccess", "invisible", "ptraceable", "1", "2", "4"])("is who hides itself where /proc says hidepid=%s", (mode) => {
    expect(whoIsHidden({ mounts: mounts(`rw,hidepid=${mode}`), status: nobody })).toContain(`hidepid=${mode}`)
  })

  it("is nobody for who may look into all", () => {
    expect(whoIsHidden({ mounts: mounts("rw,hidepid=2"), status: "CapEff:\t000001ffffffffff\n" })).toBeNull()
  })

  it("is nobody for the group that may see all, but where that group means nothing", () => {
    expect(whoIsHidden({ mounts: mounts("rw,gid=1000,hidepid=invisible"), status: nobody })).toBeNull()
    expect(whoIsHidden({ mounts: mounts("rw,gid=10,hidepid=invisible"), status: nobody })).not.toBeNull()
    expect(whoIsHidden({ mounts: mounts("rw,hidepid=invisible"), status: "Gid:\t7\t7\t7\t0\nGroups:\t \n" })).toBeNull()
    expect(whoIsHidden({ mounts: mounts("rw,gid=1000,hidepid=ptraceable"), status: nobody })).not.toBeNull()
  })

  it.skipIf(process.platform !== "linux")("is told of this machine", () => {
    expect(() => whoIsHidden(readSeer())).not.toThrow()
  })
})
