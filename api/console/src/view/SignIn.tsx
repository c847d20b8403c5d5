import { useState } from 'preact/hooks'
import type { Problem } from '../client/problem'
import type { Commands } from './commands'
import { useWords } from './context'
import { LanguageSwitch } from './Header'
import { ProblemNote } from './ProblemNote'

const UNAUTHORIZED = 401

export function SignIn({ problem, commands }: { problem: Problem | null; commands: Commands }) {
  const { t } = useWords()
  const [key, setKey] = useState('')
  const isRefused = problem?.status === UNAUTHORIZED
  const submit = (event: Event) => {
    event.preventDefault()
    void commands.signIn(key.trim())
  }
  return (
    <main class="sign-in">
      <form onSubmit={submit} data-testid="sign-in">
        <img src="./tsubaki.svg" alt="" width="72" height="72" />
        <h1>{t('appName')}</h1>
        <p>{t('appSubtitle')}</p>
        <input type="text" name="username" autocomplete="username" value="tsubaki" hidden readOnly />
        <label class="field">
          <span>{t('key')}</span>
          <input type="password" autocomplete="current-password" required value={key} aria-invalid={isRefused} onInput={(event) => setKey(event.currentTarget.value)} />
          <em class={isRefused ? 'bad' : ''}>{t(isRefused ? 'keyRefused' : 'signInHint')}</em>
        </label>
        {problem && !isRefused && <ProblemNote problem={problem} />}
        <button class="primary" type="submit">
          {t('signIn')}
        </button>
        <LanguageSwitch commands={commands} />
      </form>
    </main>
  )
}
