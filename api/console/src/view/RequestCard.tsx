import type { DeliveryRequest, Drone, Me, Sortie } from '../client/types'
import { mass } from '../format/quantity'
import { clockTime, dayTime, duration, secondsUntil } from '../format/time'
import { isInAir, meaningOf, SORTIE_TEXTS } from '../model/progress'
import { ActionButtons } from './ActionButtons'
import type { Commands } from './commands'
import { useWords } from './context'
import { Figures } from './Figures'
import { FlightFigures } from './FlightFigures'
import { FlightPanel } from './FlightPanel'
import { PadPanel } from './PadPanel'
import { PreflightPanel } from './PreflightPanel'
import { Stepper } from './Stepper'

export interface CardProps {
  request: DeliveryRequest
  sortie: Sortie | undefined
  drone: Drone | undefined
  me: Me
  isSelected: boolean
  commands: Commands
}

function Eta({ request }: { request: DeliveryRequest }) {
  const { t, now, language } = useWords()
  if (!request.eta || !['planned', 'loaded', 'in_flight'].includes(request.state)) return null
  const eta = new Date(request.eta)
  const left = secondsUntil(eta, now)
  const isCounting = request.state === 'in_flight'
  return (
    <p class={isCounting ? 'eta' : 'eta eta-quiet'} data-testid={`eta-${request.id}`}>
      {isCounting && (
        <>
          <span>{t('arrivesIn')}</span>
          <strong>{left > 0 ? duration(left, language) : t('anyMoment')}</strong>
        </>
      )}
      <span>
        {t('arrivesAt')} {clockTime(eta, language)}
      </span>
      {eta > new Date(request.deadline) && <em class="bad">{t('late')}</em>}
    </p>
  )
}

function Details({ request, sortie, drone, me }: Pick<CardProps, 'request' | 'sortie' | 'drone' | 'me'>) {
  const { t, now, language } = useWords()
  return (
    <dl class="details">
      <dt>{t('deadline')}</dt>
      <dd>{dayTime(new Date(request.deadline), now, language)}</dd>
      <dt>{t('requestedBy')}</dt>
      <dd>{request.requested_by}</dd>
      {sortie && (
        <>
          <dt>{t('drone')}</dt>
          <dd>
            {drone?.name ?? sortie.drone_id} · {t(SORTIE_TEXTS[sortie.state])}
          </dd>
        </>
      )}
      {drone && sortie && isInAir(sortie) && me.role === 'operator' && <FlightFigures drone={drone} />}
    </dl>
  )
}

function Summary({ request }: { request: DeliveryRequest }) {
  const { t, siteName } = useWords()
  return (
    <>
      <span class="card-tags">
        {request.urgency !== 'routine' && <b class={`tag tag-${request.urgency}`}>{t(request.urgency)}</b>}
        <b class={`tag tag-${request.temperature}`}>{t(request.temperature)}</b>
        <small class="id">{request.id}</small>
      </span>
      <span class="card-title">{siteName(request.to_site_id)}</span>
      <span class="card-what">
        {request.items} <b>{mass(request.mass_kg)}</b>
        <small>{t('departure').replace('{site}', siteName(request.from_site_id))}</small>
      </span>
    </>
  )
}

export function RequestCard(props: CardProps) {
  const { request, sortie, me, isSelected, commands } = props
  const { role } = me
  const { t, language } = useWords()
  const meaning = meaningOf(request, sortie)
  const reason = request.reason?.[language]
  const showFigures = sortie && role === 'operator' && (sortie.state === 'planned' || isSelected)
  return (
    <li class={`card tone-${meaning.tone}${isSelected ? ' is-selected' : ''}`} data-testid={`request-${request.id}`} data-state={request.state}>
      <button class="card-head" aria-expanded={isSelected} onClick={() => commands.select(isSelected ? null : request.id)}>
        <Summary request={request} />
      </button>
      <p class="card-state" role="status">
        <i aria-hidden="true" />
        {t(meaning.text)}
      </p>
      {reason && <p class="card-reason">{reason}</p>}
      {sortie && <PadPanel request={request} sortie={sortie} commands={commands} />}
      {sortie && role === 'operator' && <PreflightPanel sortie={sortie} commands={commands} />}
      {sortie && role === 'operator' && <FlightPanel sortie={sortie} me={me.name} commands={commands} />}
      {sortie?.state !== 'held' && <Eta request={request} />}
      {meaning.done !== null && <Stepper done={meaning.done} />}
      {isSelected && <Details {...props} />}
      {showFigures && <Figures sortie={sortie} />}
      <ActionButtons request={request} sortie={sortie} role={role} commands={commands} />
    </li>
  )
}
