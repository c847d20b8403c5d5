import { useEffect, useRef, useState } from 'preact/hooks'
import type { DeliveryRequest, Sortie } from '../client/types'
import type { PadAnswer } from '../model/flight'
import type { Commands } from './commands'
import { useWords } from './context'

interface Props {
  request: DeliveryRequest
  sortie: Sortie
  commands: Commands
}

/** One big button while the drone waits above: somebody with gloves on looks at the pad, not at the screen. */
export function PadPanel({ request, sortie, commands }: Props) {
  const { t } = useWords()
  const [isBusy, setBusy] = useState(false)
  const panel = useRef<HTMLElement>(null)
  const { pad } = sortie.flight
  const isAsked = pad?.asked ?? false
  // On a phone the buttons would be under the edge, and the drone waits for two minutes.
  useEffect(() => panel.current?.scrollIntoView({ block: 'start' }), [isAsked])
  if (!pad?.asked) return null
  const say = async (answer: PadAnswer) => {
    setBusy(true)
    await commands.act(answer, request.id)
    setBusy(false)
  }
  return (
    <section ref={panel} class="pad" role="alert" data-testid={`pad-${request.id}`}>
      <strong>{t('padQuestion')}</strong>
      {pad.clear === null ? <p>{t('padHint')}</p> : <p class="pad-said">✓ {t(pad.clear ? 'padSaidClear' : 'padSaidNotClear')}</p>}
      <button class="primary big" disabled={isBusy} data-testid={`padClear-${request.id}`} onClick={() => void say('padClear')}>
        {t('padClear')}
      </button>
      <button disabled={isBusy} data-testid={`padNotClear-${request.id}`} onClick={() => void say('padNotClear')}>
        {t('padNotClear')}
        <small>{t('padNotClearMeans')}</small>
      </button>
    </section>
  )
}
