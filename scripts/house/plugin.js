// The house rules that no ready-made rule holds, as one local oxlint plugin.
import { borders } from "./borders.js"
import { floors } from "./floors.js"
import { processes } from "./processes.js"

export default { meta: { name: "house" }, rules: { borders, floors, processes } }
