/** What the views may ask for. */
import type { NewRequest } from '../client/types'
import type { Action } from '../model/actions'
import type { Language } from '../texts'

export interface Commands {
  signIn(key: string): Promise<void>
  signOut(): void
  setLanguage(language: Language): void
  select(requestId: string | null): void
  /** `reason` is what somebody wrote; actions that need one and ask nobody bring their own. */
  act(action: Action, id: string, reason?: string): Promise<void>
  submit(request: NewRequest, once: string): Promise<void>
  dismissProblem(): void
}
