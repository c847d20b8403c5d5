import { useState } from 'preact/hooks'
import type { State } from '../model/state'
import type { Commands } from './commands'
import { SurroundingsContext, useWords } from './context'
import { Header } from './Header'
import { MapPanel } from './MapPanel'
import { NewRequestForm } from './NewRequestForm'
import { ProblemNote } from './ProblemNote'
import { RequestList } from './RequestList'
import { SignIn } from './SignIn'

interface Props {
  state: State
  now: Date
  commands: Commands
}

function Console({ state, commands }: Omit<Props, 'now'>) {
  const { t } = useWords()
  const [isWriting, setWriting] = useState(false)
  const { me, problem } = state
  if (!me) return <SignIn problem={problem} commands={commands} />
  return (
    <div class="console">
      <Header me={me} live={state.live} commands={commands} />
      <MapPanel state={state} />
      <main class="side">
        {problem && <ProblemNote problem={problem} onClose={commands.dismissProblem} />}
        <RequestList state={state} me={me} commands={commands} />
        <div class="side-foot">
          <button class={me.role === 'clinic' ? 'primary' : ''} data-testid="new-request" onClick={() => setWriting(true)}>
            ＋ {t('newRequest')}
          </button>
        </div>
      </main>
      {isWriting && <NewRequestForm me={me} commands={commands} onClose={() => setWriting(false)} />}
    </div>
  )
}

export function App({ state, now, commands }: Props) {
  return (
    <SurroundingsContext.Provider value={{ language: state.language, now, sites: state.sites }}>
      <Console state={state} commands={commands} />
    </SurroundingsContext.Provider>
  )
}
