import type { State } from '../model/state'
import { inOrder } from '../model/order'
import type { DeliveryRequest, Me } from '../client/types'
import type { Commands } from './commands'
import { useWords } from './context'
import { RequestCard } from './RequestCard'

interface Props {
  state: State
  me: Me
  commands: Commands
}

export function RequestList({ state, me, commands }: Props) {
  const { t, now } = useWords()
  const { open, finished } = inOrder(state.requests, now)
  const card = (request: DeliveryRequest) => {
    const sortie = request.sortie_id ? state.sorties.get(request.sortie_id) : undefined
    return (
      <RequestCard
        key={request.id}
        request={request}
        sortie={sortie}
        drone={sortie && state.drones.get(sortie.drone_id)}
        me={me}
        isSelected={state.selectedRequestId === request.id}
        commands={commands}
      />
    )
  }
  return (
    <section class="requests" aria-label={t('requests')}>
      <h2>
        {t('requests')}
        <small>
          {open.length} {t('openCount')}
        </small>
      </h2>
      {open.length === 0 && (
        <p class="empty">
          {t('noRequests')}
          <small>{t('noRequestsHint')}</small>
        </p>
      )}
      <ul data-testid="open-requests">{open.map(card)}</ul>
      {finished.length > 0 && (
        <details class="finished">
          <summary>
            {t('finished')} <small>{finished.length}</small>
          </summary>
          <ul>{finished.map(card)}</ul>
        </details>
      )}
    </section>
  )
}
