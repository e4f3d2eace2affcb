// One-time links that sign a browser in, and the address they lead to.
import * as Context from "effect/Context"

export class Links extends Context.Service<Links, { readonly address: string; readonly fresh: () => string }>()("corral/Links") {}
