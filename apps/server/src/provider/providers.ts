// Which kinds of agent there are, and what each can do on this machine now.
import type { ProviderId } from "@corral/contracts/ids"
import type { Provider } from "@corral/contracts/provider"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { ProviderPort } from "./provider.ts"

export class Providers extends Context.Service<
  Providers,
  {
    /** What is known now, without asking anybody. */
    readonly known: () => readonly Provider[]
    /** Probes again where needed; `refresh` always. */
    readonly probe: (refresh: boolean) => Effect.Effect<readonly Provider[]>
    readonly port: (provider: ProviderId) => ProviderPort | undefined
    /** A running agent named its models; kept for the next start too. */
    readonly learn: (provider: ProviderId, models: Provider["models"]) => void
    /** Called after every change of `known`; gives back how to stop listening. */
    readonly onChange: (listener: (providers: readonly Provider[]) => void) => () => void
  }
>()("corral/Providers") {}
