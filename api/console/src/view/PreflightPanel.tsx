import { useState } from 'preact/hooks'
import type { Severity, Sortie } from '../client/types'
import { mayOverride, preflightToRead, remarks } from '../model/flight'
import type { TextKey } from '../texts'
import type { Commands } from './commands'
import { Confirm } from './Confirm'
import { useWords } from './context'

const SEVERITY_TEXTS: Partial<Record<Severity, TextKey>> = {
  warning: 'checkWarning',
  soft_failure: 'checkSoftFailure',
  hard_failure: 'checkHardFailure',
}

/** The checks before launch that did not simply pass; an operator may let those go on that allow it. */
export function PreflightPanel({ sortie, commands }: { sortie: Sortie; commands: Commands }) {
  const { t } = useWords()
  const [isAsking, setAsking] = useState(false)
  const preflight = preflightToRead(sortie)
  if (!preflight) return null
  const found = remarks(preflight)
  const override = (reason?: string) => {
    setAsking(false)
    void commands.act('override', sortie.id, reason)
  }
  return (
    <section class="preflight" aria-label={t('preflight')} data-testid={`preflight-${sortie.id}`}>
      <h4>
        {t('preflight')} {found.length === 0 && <small>✓ {t('preflightPassed')}</small>}
      </h4>
      <ul>
        {found.map((check) => (
          <li key={check.name} class={`check check-${check.severity}`}>
            <b>{t(SEVERITY_TEXTS[check.severity] ?? 'checkWarning')}</b> {check.text}
          </li>
        ))}
      </ul>
      {preflight.overridden_by && <p>{t('overriddenBy').replace('{who}', preflight.overridden_by)}</p>}
      {mayOverride(preflight) && (
        <button class="danger-outline" data-testid={`override-${sortie.id}`} onClick={() => setAsking(true)}>
          {t('override')}
        </button>
      )}
      {isAsking && <Confirm question={t('overrideQuestion')} hint={t('overrideHint')} action={t('override')} needsReason onConfirm={override} onClose={() => setAsking(false)} />}
    </section>
  )
}
