import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Flight, FlightAction, Sortie } from '../client/types'
import { clockTime, duration, secondsUntil } from '../format/time'
import { controlOf, isBlocked, mayConfirmTermination, ordersFor, type Control, type FlightOrder } from '../model/flight'
import { isInAir } from '../model/progress'
import type { TextKey } from '../texts'
import type { Commands } from './commands'
import { Confirm } from './Confirm'
import { useWords } from './context'

interface Look {
  text: TextKey
  className: string
  /** What will happen, said before it does; nothing for what one tap may do. */
  question?: TextKey
  hint?: TextKey
  /** What the question's button says, where it is not the same again. */
  answer?: TextKey
  needsReason?: boolean
}

const LOOKS: Record<Exclude<FlightOrder, 'override'>, Look> = {
  hold: { text: 'hold', className: 'secondary' },
  resume: { text: 'resume', className: 'secondary' },
  callBack: { text: 'callBack', className: 'danger-outline', question: 'callBackQuestion', hint: 'callBackHint' },
  divert: { text: 'divert', className: 'danger-outline', question: 'divertQuestion', hint: 'divertHint' },
  land: { text: 'land', className: 'danger-outline', question: 'landQuestion', hint: 'landHint' },
  terminate: { text: 'terminate', className: 'danger-outline', question: 'terminateQuestion', hint: 'terminateHint', answer: 'requestTermination', needsReason: true },
  confirmTermination: { text: 'confirmTermination', className: 'danger', question: 'confirmTerminationQuestion', hint: 'confirmTerminationHint' },
  takeControl: { text: 'takeControl', className: '' },
  releaseControl: { text: 'releaseControl', className: 'quiet' },
}

const ACTION_TEXTS: Record<FlightAction, TextKey> = {
  continue: 'actionContinue',
  hold: 'actionHold',
  resume: 'actionResume',
  return: 'actionReturn',
  divert: 'actionDivert',
  land: 'actionLand',
  terminate: 'actionTerminate',
}

type Order = keyof typeof LOOKS

interface ButtonProps {
  sortie: Sortie
  order: Order
  commands: Commands
  disabled?: boolean
}

/** One order: at once, or after a question that says what will happen. */
function OrderButton({ sortie, order, commands, disabled = false }: ButtonProps) {
  const { t } = useWords()
  const [isAsking, setAsking] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const look = LOOKS[order]
  const run = async (reason?: string) => {
    setAsking(false)
    setBusy(true)
    await commands.act(order, sortie.id, reason)
    setBusy(false)
  }
  return (
    <>
      <button class={look.className} disabled={disabled || isBusy} data-testid={`${order}-${sortie.id}`} onClick={() => (look.question ? setAsking(true) : void run())}>
        {t(look.text)}
      </button>
      {isAsking && look.question && (
        <Confirm
          question={t(look.question)}
          hint={look.hint && t(look.hint)}
          action={t(look.answer ?? look.text)}
          needsReason={look.needsReason}
          onConfirm={(reason) => void run(reason)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}

export function Alerts({ flight }: { flight: Flight }) {
  const { language } = useWords()
  if (flight.alerts.length === 0) return null
  return (
    <ul class="alerts" role="alert">
      {flight.alerts.map((alert) => (
        <li key={alert.situation} data-testid={`alert-${alert.situation}`}>
          {alert.words[language]}
        </li>
      ))}
    </ul>
  )
}

/** What was asked of the drone last, until it is seen to do it. */
function LastOrder({ flight }: { flight: Flight }) {
  const { t, language } = useWords()
  const last = flight.last_action
  if (!last || last.outcome === 'taken') return null
  if (last.outcome === 'refused') return <p class="bad">{last.words?.[language]}</p>
  return (
    <p class="last-order" role="status">
      {t('ordered')}: {t(ACTION_TEXTS[last.action])}
    </p>
  )
}

function ControlNote({ sortie, control, children }: { sortie: Sortie; control: Control; children: ComponentChildren }) {
  const { t, language } = useWords()
  const lease = sortie.flight.control
  if (control === 'free' || !lease) return null
  const who = control === 'mine' ? t('inControl') : t('otherInControl').replace('{who}', lease.holder)
  return (
    <p class={`control control-${control}`} data-testid={`control-${sortie.id}`}>
      <span>
        {who} <small>{t('untilTime').replace('{time}', clockTime(new Date(lease.until), language))}</small>
      </span>
      {children}
    </p>
  )
}

/** Somebody has asked to stop the motors; whoever may says the second word. */
function Termination({ sortie, me, commands }: { sortie: Sortie; me: string; commands: Commands }) {
  const { t, now, language } = useWords()
  const { termination } = sortie.flight
  if (!termination || new Date(termination.until) <= now) return null
  const mayConfirm = mayConfirmTermination(sortie.flight, me)
  const left = duration(secondsUntil(new Date(termination.until), now), language)
  return (
    <div class="termination" role="alert">
      <strong>{t('terminationRequested').replace('{who}', termination.by)}</strong>
      {termination.reason && <p>{termination.reason[language]}</p>}
      <small>{t(mayConfirm ? 'terminationConfirmWithin' : 'terminationWaits').replace('{left}', left)}</small>
      {mayConfirm && <OrderButton sortie={sortie} order="confirmTermination" commands={commands} />}
    </div>
  )
}

interface Props {
  sortie: Sortie
  me: string
  commands: Commands
}

/** An operator's hand on a flight: what is wrong, then two buttons; what cannot be taken back is behind a third. */
export function FlightPanel({ sortie, me, commands }: Props) {
  const { t, now } = useWords()
  if (!isInAir(sortie)) return null
  const control = controlOf(sortie.flight, me, now)
  const { first, more } = ordersFor(sortie)
  const button = (order: FlightOrder) =>
    order !== 'override' && <OrderButton key={order} sortie={sortie} order={order} commands={commands} disabled={isBlocked(order, control)} />
  return (
    <section class="flight" data-testid={`flight-${sortie.id}`}>
      <Alerts flight={sortie.flight} />
      <Termination sortie={sortie} me={me} commands={commands} />
      <LastOrder flight={sortie.flight} />
      {sortie.state === 'held' && <p>{t('holdEnds')}</p>}
      <ControlNote sortie={sortie} control={control}>
        <OrderButton sortie={sortie} order={control === 'mine' ? 'releaseControl' : 'takeControl'} commands={commands} />
      </ControlNote>
      <div class="actions first-orders">{first.map(button)}</div>
      <details class="more-orders">
        <summary data-testid={`more-${sortie.id}`}>{t('moreOrders')}</summary>
        <div class="actions">{more.map(button)}</div>
      </details>
    </section>
  )
}
