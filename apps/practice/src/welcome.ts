// The answer to free text: a newcomer's first answer, so it shows what the app can show and says what to try next.
import { steps, type Verb } from "./script.ts"

const shown: readonly Verb[] = ["say", "run", "write", "ask", "plan", "think", "background", "daemon"]

export const welcome = (
  prompt: string,
  turn: number,
): string => `${turn === 1 ? "Hello! I am the **practice agent**." : "I am still only the **practice agent**."} There is no model behind me and no login: I am a real process on your machine that does what you write, so you can see the whole of Corral at once.

You wrote ${quoted(prompt)}. I do not understand prose, but I follow *steps*, one on each line:

| step | what I do |
| --- | --- |
${shown.map((verb) => `| \`${`${verb} ${steps[verb][0]}`.trim().replaceAll("|", "\\|")}\` | ${steps[verb][1]} |`).join("\n")}

Try this, as one message:

\`\`\`
plan look around; write a note; say goodbye
run ls -la
write hello.txt Hello from Corral
say That was all. Now **archive** this thread.
\`\`\`

I will ask before I run or write anything; you can allow it once, always, or deny it. While I talk you can change my *model* to \`quick\`, my *effort* or my *mode*, or press stop.

Then try \`background sleep 300\` and \`daemon\`, look at **Processes**, and archive the thread: nothing of it is left, and a certificate says so.`

const maxQuotedChars = 80

function quoted(prompt: string): string {
  const line = prompt.trim().split("\n")[0] ?? ""
  return `“${line.length > maxQuotedChars ? `${line.slice(0, maxQuotedChars)}…` : line}”`
}
