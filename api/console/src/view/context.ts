/** Language and time, needed in every corner of the page. */
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Site } from '../client/types'
import { shortNameOf, translator, type Language, type Translate } from '../texts'

export interface Surroundings {
  language: Language
  now: Date
  sites: ReadonlyMap<string, Site>
}

export const SurroundingsContext = createContext<Surroundings>({ language: 'ja', now: new Date(0), sites: new Map() })

export interface Words extends Surroundings {
  t: Translate
  siteName(id: string): string
}

export function useWords(): Words {
  const surroundings = useContext(SurroundingsContext)
  const { language, sites } = surroundings
  const siteName = (id: string) => {
    const site = sites.get(id)
    return site ? shortNameOf(site, language) : id
  }
  return { ...surroundings, t: translator(language), siteName }
}
