// Every key there is.
import { Dialog } from "../ui/dialog.tsx"
import { Kbd } from "../ui/kbd.tsx"

const groups: readonly { readonly name: string; readonly keys: readonly (readonly [string, string])[] }[] = [
  {
    name: "Anywhere",
    keys: [
      ["Ctrl K", "Search threads and actions"],
      ["Ctrl Shift O", "New thread"],
      ["Ctrl Shift A", "To the waiting approval"],
      ["Alt ↑  Alt ↓", "Previous and next thread"],
    ],
  },
  {
    name: "Outside of a text field",
    keys: [
      ["G P", "Processes"],
      ["G D", "Doctor"],
      ["G S", "Settings"],
      ["[", "Hide or show the sidebar"],
      ["J  K", "Next and previous turn"],
      ["?", "This sheet"],
    ],
  },
  {
    name: "In a thread",
    keys: [
      ["Enter", "Send; queues while the agent works"],
      ["Shift Enter", "New line"],
      ["↑", "Recall, in an empty field"],
      ["Ctrl .", "Stop the turn"],
      ["Ctrl Enter", "Allow once, with the focus on the approval"],
      ["Esc", "Close the top layer; never stops an agent"],
    ],
  },
]

export const KeySheet = ({ onClose }: { readonly onClose: () => void }) => (
  <Dialog title="Keys" onClose={onClose} className="max-w-lg">
    <div className="space-y-4 px-5 pt-3 pb-5">
      {groups.map((group) => (
        <section key={group.name}>
          <h3 className="mb-1 text-sec text-text-3">{group.name}</h3>
          <dl>
            {group.keys.map(([key, act]) => (
              <div key={key} className="flex min-h-7 items-center justify-between gap-4">
                <dt className="text-text-2">{act}</dt>
                <dd>
                  <Kbd>{key}</Kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  </Dialog>
)
