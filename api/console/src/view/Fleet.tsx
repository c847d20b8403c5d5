import type { Drone, Sortie, SortieState } from '../client/types'
import { altitude, distance, percent, speed } from '../format/quantity'
import { SORTIE_TEXTS } from '../model/progress'
import type { TextKey } from '../texts'
import { useWords } from './context'

const PHASES: Record<Drone['phase'], TextKey> = {
  on_ground: 'onGround',
  taking_off: 'sortieLaunched',
  enroute: 'sortieEnroute',
  delivering: 'sortieDelivering',
  returning: 'sortieReturning',
  landing: 'landing',
}

const LOW_BATTERY = 0.3

/** Off its plan, the phases of the plan say nothing of what a drone does. */
const OFF_PLAN: ReadonlySet<SortieState> = new Set<SortieState>(['held', 'diverted'])

function stateOf(drone: Drone, sortie: Sortie | undefined): TextKey {
  if (drone.link !== 'fresh') return 'noLink'
  if (sortie && drone.armed && OFF_PLAN.has(sortie.state)) return SORTIE_TEXTS[sortie.state]
  return drone.sortie_id === null && drone.phase === 'on_ground' ? 'idle' : PHASES[drone.phase]
}

function figuresOf(drone: Drone): string[] {
  const { altitude_amsl_m: height, ground_speed_m_s: pace, distance_to_go_m: left } = drone
  if (!drone.armed) return []
  return [height !== null && altitude(height), pace !== null && speed(pace), left !== null && distance(left)].filter((each) => each !== false)
}

function Battery({ fraction }: { fraction: number | null }) {
  const { t } = useWords()
  if (fraction === null) return null
  return (
    <span class={fraction < LOW_BATTERY ? 'battery is-low' : 'battery'} title={t('battery')}>
      <i style={{ width: percent(fraction) }} />
      <b>{percent(fraction)}</b>
    </span>
  )
}

/** The first alert, and how many more there are: the card says it all. */
function FleetAlert({ sortie }: { sortie: Sortie | undefined }) {
  const { language } = useWords()
  const [first, ...others] = sortie?.flight.alerts ?? []
  if (!first) return null
  return (
    <span class="fleet-alert">
      ⚠ {first.words[language]}
      {others.length > 0 && ` +${others.length}`}
    </span>
  )
}

function FleetEntry({ drone, sortie }: { drone: Drone; sortie: Sortie | undefined }) {
  const { t } = useWords()
  return (
    <li class={drone.armed ? 'is-flying' : ''} data-testid={`fleet-${drone.id}`}>
      <span class="fleet-name">
        <b>{drone.name}</b>
        <small>{t(stateOf(drone, sortie))}</small>
      </span>
      <Battery fraction={drone.battery_remaining} />
      {figuresOf(drone).length > 0 && <span class="fleet-figures">{figuresOf(drone).join(' · ')}</span>}
      <FleetAlert sortie={sortie} />
      {drone.armed && drone.progress !== null && <progress value={drone.progress} max={1} aria-label={drone.name} />}
    </li>
  )
}

/** The fleet at a glance, over the lower edge of the map. */
export function Fleet({ drones, sorties }: { drones: readonly Drone[]; sorties: ReadonlyMap<string, Sortie> }) {
  const { t } = useWords()
  return (
    <ul class="fleet" aria-label={t('fleet')}>
      {drones.map((drone) => (
        <FleetEntry key={drone.id} drone={drone} sortie={drone.sortie_id === null ? undefined : sorties.get(drone.sortie_id)} />
      ))}
    </ul>
  )
}
