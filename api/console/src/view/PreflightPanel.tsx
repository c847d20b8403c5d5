import { useState } from 'preact/hooks'
import type { Severity, Sortie } from '../client/types'
import { mayOverride, preflightToRead, remarks } from '../model/preflight'
import type { TextKey } from '../texts'
import type { Commands } from './commands'
import { Confirm } from './Confirm'
import { useWords } from './context'

const SEVERITY_TEXTS: Partial<Record<Severity, TextKey>> = {
  warning: 'checkWarning',
  soft_failure: 'checkSoftFailure',
  hard_failure: 'checkHardFailure',
}

const NAMES: Record<string, TextKey> = {
  link: 'checkLink',
  position: 'checkPosition',
  home: 'checkHome',
  battery: 'checkBattery',
  fence: 'checkFence',
  parameters: 'checkParameters',
  arming: 'checkArming',
  wind: 'checkWind',
  airspace: 'checkAirspace',
  firmware: 'checkFirmware',
  board: 'checkBoard',
  signing: 'checkSigning',
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
  const nameOf = (check: string) => {
    const key = NAMES[check]
    return key ? t(key) : check
  }
  return (
    <section class="preflight" aria-label={t('preflight')} data-testid={`preflight-${sortie.id}`}>
      <h4>
        {t('preflight')} {found.length === 0 && <small>✓ {t('preflightPassed')}</small>}
      </h4>
      <ul>
        {found.map((check) => (
          <li key={check.name} class={`check check-${check.severity}`}>
            <b>
              {t(SEVERITY_TEXTS[check.severity] ?? 'checkWarning')}: {nameOf(check.name)}
            </b>
            <p>{check.text}</p>
          </li>
        ))}
      </ul>
      {preflight.overridden_by && <p>{t('overriddenBy').replace('{who}', preflight.overridden_by)}</p>}
      {mayOverride(preflight) && (
        <>
          <p>{t('overrideOrStop')}</p>
          <button class="danger-outline" data-testid={`override-${sortie.id}`} onClick={() => setAsking(true)}>
            {t('override')}
          </button>
        </>
      )}
      {isAsking && <Confirm question={t('overrideQuestion')} hint={t('overrideHint')} action={t('override')} needsReason onConfirm={override} onClose={() => setAsking(false)} />}
    </section>
  )
}
