import { afterEach, describe, expect, it, vi } from "vitest"
import { sendSignal } from "./send-signal.ts"

describe("a signal", () => {
  afterEach(() => void vi.restoreAllMocks())

  it("goes to one process, or to a group", () => {
    const kill = vi.spyOn(process, "kill").mockReturnValue(true)
    expect([sendSignal(4711, "SIGTERM"), sendSignal(-4711, "SIGKILL")]).toEqual(["sent", "sent"])
    expect(kill.mock.calls).toEqual([
      [4711, "SIGTERM"],
      [-4711, "SIGKILL"],
    ])
  })

  it.each([0, -0, 1, -1])("never goes to %d: that is everybody, our own group, or init", (target) => {
    const kill = vi.spyOn(process, "kill").mockReturnValue(true)
    expect(sendSignal(target, "SIGKILL")).toBe("not-ours")
    expect(kill).not.toHaveBeenCalled()
  })
})
