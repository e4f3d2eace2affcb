// One certificate by its id, fetched where it is shown.
import { useAnswer } from "../link/use-answer.ts"
import { CertificateText } from "./certificate-text.tsx"

export const CertificateCard = ({ certificateId }: { readonly certificateId: string }) => {
  const { answer, problem } = useAnswer("certificate", { certificateId })
  if (answer !== null) {
    return (
      <div className="pt-2">
        <CertificateText certificate={answer} />
      </div>
    )
  }
  return <p className="pt-2 text-sec text-text-3">{problem ?? "Fetching its certificate…"}</p>
}
