import type { Sortie } from '../client/types'
import { distance, energy, percent, shortHash } from '../format/quantity'
import { duration } from '../format/time'
import { useWords } from './context'

/** What an operator weighs before saying yes: the figures of the plan and of its certificate. */
export function Figures({ sortie }: { sortie: Sortie }) {
  const { t, language } = useWords()
  const { certificate, smallest_clearance_m: zoneClearance } = sortie
  const rows: [string, string][] = [
    [t('distance'), distance(sortie.distance_m)],
    [t('duration'), duration(sortie.duration_s, language)],
    [t('energy'), `${energy(sortie.energy_wh)} / ${energy(certificate.energy_available_wh)}`],
    [t('reserve'), percent(sortie.energy_reserve_fraction)],
    [t('zoneClearance'), zoneClearance === null ? t('noZoneNear') : distance(zoneClearance)],
    [t('coastClearance'), distance(certificate.coast_clearance_m)],
  ]
  return (
    <section class="figures" aria-label={t('proved')} data-testid={`figures-${sortie.id}`}>
      <h4>✓ {t('proved')}</h4>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="hash" title={sortie.plan_hash}>
        {t('planHash')} <code>{shortHash(sortie.plan_hash)}</code>
      </p>
    </section>
  )
}
