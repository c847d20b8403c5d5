import { render } from 'preact'
import { createApi } from './client/api'
import { forgetKey, keepKey, takeKey } from './client/key'
import { problemOf } from './client/problem'
import { serviceNow } from './model/clock'
import { REASONS, startSession, type Session } from './model/session'
import { createStore, initialState } from './model/state'
import { translator, type Language } from './texts'
import './styles/index.css'
import { App } from './view/App'
import type { Commands } from './view/commands'

const LANGUAGE_NAME = 'tsubaki.language'
const TICK_MS = 1000

const language: Language = localStorage.getItem(LANGUAGE_NAME) === 'en' ? 'en' : 'ja'
const store = createStore(initialState(language, { atMs: Date.now(), heardMs: performance.now(), speedup: 1 }))
let session: Session | undefined

const commands: Commands = {
  async signIn(key) {
    try {
      session = await startSession(createApi(key), key, store)
      keepKey(key)
    } catch (error) {
      store.set({ problem: problemOf(error) })
    }
  },
  signOut() {
    session?.end()
    forgetKey()
    location.reload()
  },
  setLanguage(chosen) {
    localStorage.setItem(LANGUAGE_NAME, chosen)
    store.set({ language: chosen })
  },
  select: (selectedRequestId) => store.set({ selectedRequestId }),
  async act(action, id, reason) {
    const usual = REASONS[action]
    store.set({ problem: null })
    await session?.act(action, id, reason ?? (usual ? translator(store.state.language)(usual) : ''))
  },
  async submit(request, once) {
    await session?.submit(request, once)
  },
  dismissProblem: () => store.set({ problem: null }),
}

const root = document.getElementById('app')

function draw(): void {
  const { state } = store
  document.documentElement.lang = state.language
  if (root) render(<App state={state} now={serviceNow(state.clock, performance.now())} commands={commands} />, root)
}

store.subscribe(draw)
setInterval(draw, TICK_MS)
draw()
const key = takeKey()
if (key) void commands.signIn(key)
