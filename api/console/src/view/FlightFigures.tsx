import { Fragment } from 'preact'
import type { Drone } from '../client/types'
import { distance, energy, speed } from '../format/quantity'
import { duration } from '../format/time'
import type { TextKey } from '../texts'
import { useWords } from './context'

/** How the flight keeps to its plan, in numbers, as far as they are known. */
export function FlightFigures({ drone }: { drone: Drone }) {
  const { t, language } = useWords()
  const { cross_track_m: aside, delay_s: late, energy_margin_wh: margin, wind_m_s: wind } = drone
  const rows: [TextKey, string | null][] = [
    ['offLine', aside === null ? null : distance(aside)],
    ['delay', late === null ? null : duration(late, language)],
    ['wind', wind === null ? null : speed(wind)],
    ['energyMargin', margin === null ? null : `${energy(margin)} (${t('aboveReserve')})`],
  ]
  const isBad = (name: TextKey) => name === 'energyMargin' && margin !== null && margin < 0
  return (
    <>
      {rows.map(
        ([name, value]) =>
          value !== null && (
            <Fragment key={name}>
              <dt>{t(name)}</dt>
              <dd class={isBad(name) ? 'bad' : ''}>{value}</dd>
            </Fragment>
          ),
      )}
    </>
  )
}
