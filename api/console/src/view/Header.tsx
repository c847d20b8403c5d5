import type { LiveState } from '../client/live'
import type { Me } from '../client/types'
import { clockTime } from '../format/time'
import type { TextKey } from '../texts'
import type { Commands } from './commands'
import { useWords } from './context'

const LIVE_TEXTS: Record<LiveState, TextKey> = { connecting: 'connecting', live: 'live', reconnecting: 'reconnecting' }

function LiveBadge({ live }: { live: LiveState }) {
  const { t } = useWords()
  return (
    <span class={`live live-${live}`} data-testid="live-state" data-state={live} role="status">
      <i aria-hidden="true" />
      {t(LIVE_TEXTS[live])}
    </span>
  )
}

function Clock() {
  const { t, now, language } = useWords()
  return (
    <time class="clock" dateTime={now.toISOString()} title={t('serviceTime')}>
      {clockTime(now, language)} <small>JST</small>
    </time>
  )
}

export function LanguageSwitch({ commands }: { commands: Commands }) {
  const { t, language } = useWords()
  const other = language === 'ja' ? 'en' : 'ja'
  return (
    <button class="quiet" lang={other} data-testid="language-switch" onClick={() => commands.setLanguage(other)}>
      {t('otherLanguage')}
    </button>
  )
}

export function Header({ me, live, commands }: { me: Me; live: LiveState; commands: Commands }) {
  const { t } = useWords()
  return (
    <header class="top">
      <img src="./tsubaki.svg" alt="" width="36" height="36" />
      <h1>
        {t('appName')} <small>{t('appSubtitle')}</small>
      </h1>
      <LiveBadge live={live} />
      <Clock />
      <span class="me">
        {me.name}
        <small>{t(me.role)}</small>
      </span>
      <LanguageSwitch commands={commands} />
      <button class="quiet" onClick={commands.signOut}>
        {t('signOut')}
      </button>
    </header>
  )
}
