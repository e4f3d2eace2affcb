// What scripts/agents.mjs exports, for the stories.
/** Where the pinned `claude` is, whether or not it is there yet. `CORRAL_TEST_CLAUDE` names another one. */
export function claudePath(): Promise<string>
/** Installs what is missing; a second call finds it done. Fails with a message that names the next step. */
export function installAgents(): Promise<{ readonly claude: string; readonly installed: boolean }>
