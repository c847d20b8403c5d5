import { useState } from 'preact/hooks'
import type { DeliveryRequest, Role, Sortie } from '../client/types'
import { actionsFor, type DeskAction } from '../model/actions'
import type { TextKey } from '../texts'
import type { Commands } from './commands'
import { Confirm } from './Confirm'
import { useWords } from './context'

interface Look {
  text: TextKey
  className: string
  /** Asked before it is done; `null` for what one tap may do. */
  question: TextKey | null
}

const LOOKS: Record<DeskAction, Look> = {
  approve: { text: 'approve', className: 'primary', question: null },
  loaded: { text: 'confirmLoaded', className: 'secondary', question: null },
  receipt: { text: 'confirmReceipt', className: 'primary', question: null },
  cancel: { text: 'cancelRequest', className: 'quiet', question: 'cancelQuestion' },
}

/** The end-to-end tests and the API name actions after their subject: a sortie or a request. */
function subjectOf(action: DeskAction, request: DeliveryRequest, sortie: Sortie | undefined): string {
  return action === 'approve' && sortie ? sortie.id : request.id
}

interface Props {
  request: DeliveryRequest
  sortie: Sortie | undefined
  role: Role
  commands: Commands
}

export function ActionButtons({ request, sortie, role, commands }: Props) {
  const { t } = useWords()
  const [asked, setAsked] = useState<DeskAction | null>(null)
  const [busy, setBusy] = useState(false)
  const run = async (action: DeskAction) => {
    setAsked(null)
    setBusy(true)
    await commands.act(action, subjectOf(action, request, sortie))
    setBusy(false)
  }
  const actions = actionsFor(role, request, sortie)
  if (actions.length === 0) return null
  const question = asked && LOOKS[asked].question
  return (
    <div class="actions">
      {actions.map((action) => (
        <button
          key={action}
          class={LOOKS[action].className}
          disabled={busy}
          data-testid={`${action}-${subjectOf(action, request, sortie)}`}
          onClick={() => (LOOKS[action].question ? setAsked(action) : void run(action))}
        >
          {t(LOOKS[action].text)}
        </button>
      ))}
      {asked && question && (
        <Confirm question={t(question)} action={t(LOOKS[asked].text)} onConfirm={() => void run(asked)} onClose={() => setAsked(null)} />
      )}
    </div>
  )
}
