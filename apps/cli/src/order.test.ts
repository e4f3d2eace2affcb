// Orders for many threads at once.
import { newId } from "@corral/client/ids"
import { StandIn } from "@corral/client/stand-in.test-support"
import { describe, expect, it } from "vitest"
import { orderAll } from "./order.ts"

const archives = (count: number) => Array.from({ length: count }, () => ({ _tag: "thread.archive", threadId: newId("thr") }) as const)

describe("many orders", () => {
  it("are all given, also more than a line takes at once", async () => {
    const server = new StandIn({ dispatch: async ({ commandId }) => ({ _tag: "accepted", commandId, seq: 1 }) })
    await orderAll(server.connection, archives(250))
    expect(server.asked).toHaveLength(250)
    server.connection.close()
  })

  it("fail with the one that is rejected", async () => {
    const rejection = { reason: "archived-thread", message: "It is archived already." } as const
    const server = new StandIn({ dispatch: ({ commandId }) => ({ _tag: "rejected", commandId, rejection }) })
    await expect(orderAll(server.connection, archives(2))).rejects.toMatchObject({ tag: "archived-thread" })
    server.connection.close()
  })
})
