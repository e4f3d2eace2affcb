// The doctor as a welcome: one sentence on what runs on this machine already. Nothing where nothing was found or nothing could be seen.
import { Link as RouteLink } from "@tanstack/react-router"
import { Stethoscope } from "lucide-react"
import { useEffect } from "react"
import { useLink } from "../link/link.ts"
import { summaryWords } from "../survey/summary.ts"
import { lookOnce, useSurvey } from "../survey/survey.ts"

export const MachineCard = () => {
  const { connection } = useLink()
  const { survey } = useSurvey()
  // After the page is drawn, and once: it stands at the end of the page, so that nothing moves when it comes.
  useEffect(() => lookOnce(connection), [connection])
  const words = survey === null ? null : summaryWords(survey)
  if (words === null) return null
  return (
    <aside
      aria-label="Already on this machine"
      className="rise flex flex-wrap items-center gap-x-3 gap-y-2 rounded-panel border border-line px-4 py-3"
    >
      <Stethoscope size={15} strokeWidth={1.75} aria-hidden className="shrink-0 text-text-3" />
      <p className="numbers min-w-0 flex-1 basis-48">
        <span className="text-text-2">Already on this machine:</span> {words}
      </p>
      <RouteLink
        to="/doctor"
        className="inline-flex items-center font-medium text-accent-text underline underline-offset-2 coarse:min-h-11"
      >
        Look at them
      </RouteLink>
    </aside>
  )
}
