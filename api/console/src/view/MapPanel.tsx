import { useEffect, useRef, useState } from 'preact/hooks'
import { DAY, NIGHT } from '../map/palette'
import { Scene } from '../map/scene'
import type { Sortie } from '../client/types'
import type { State } from '../model/state'
import type { TextKey } from '../texts'
import { useWords } from './context'
import { Fleet } from './Fleet'

const LEGEND: readonly TextKey[] = ['wayOut', 'wayHome', 'flown', 'corridor', 'keepOut', 'overhead', 'caution']

/** A clinic has no use for alerts: it reads on its card what comes of them. */
const NO_SORTIES: ReadonlyMap<string, Sortie> = new Map()

function Legend() {
  const { t } = useWords()
  return (
    <details class="legend" open={matchMedia('(min-width: 900px)').matches}>
      <summary>{t('legend')}</summary>
      <ul>
        {LEGEND.map((key) => (
          <li key={key}>
            <i class={`sample sample-${key}`} aria-hidden="true" />
            {t(key)}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** A device without WebGL still shows the list, and says why there is no map. */
function openScene(container: HTMLElement): Scene | null {
  const night = matchMedia('(prefers-color-scheme: dark)')
  try {
    const scene = new Scene(container, night.matches ? NIGHT : DAY)
    night.addEventListener('change', () => scene.setPalette(night.matches ? NIGHT : DAY))
    return scene
  } catch {
    return null
  }
}

export function MapPanel({ state }: { state: State }) {
  const { t } = useWords()
  const container = useRef<HTMLDivElement>(null)
  const scene = useRef<Scene | null>(null)
  const [isUnavailable, setUnavailable] = useState(false)
  useEffect(() => {
    scene.current = container.current && openScene(container.current)
    setUnavailable(scene.current === null)
  }, [])
  useEffect(() => scene.current?.show(state), [state])
  return (
    <section class="map" aria-label={t('map')}>
      <div class="map-canvas" ref={container} data-testid="map" />
      {isUnavailable && <p class="map-missing">{t('mapUnavailable')}</p>}
      <div class="map-tools">
        <button class="map-button" onClick={() => scene.current?.showWholeArea()}>
          {t('wholeArea')}
        </button>
        <Legend />
      </div>
      <Fleet drones={[...state.drones.values()]} sorties={state.me?.role === 'operator' ? state.sorties : NO_SORTIES} />
    </section>
  )
}
