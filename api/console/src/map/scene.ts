/** Keeps the map in step with the state. */
import type { Position } from 'geojson'
import { boundsOf, type Bounds } from '../geometry/bounds'
import { isActive } from '../model/progress'
import type { State } from '../model/state'
import { translator } from '../texts'
import { LiveMap } from './adapter'
import { islandNames, routeLines, trailLines, type IslandName } from './features'
import { declutter, type RankedPin } from './labels'
import { withOverhead } from './overhead'
import type { Palette } from './palette'
import { dronePin, islandPin, namePin, sitePin, updateDronePin } from './pins'
import { areaWords, popupElement, siteWords } from './popup'

const RANKS = { drone: 0, hub: 1, pad: 2, island: 3, road: 5 }
/** Below this zoom, sites without a pad are left out. */
const ROAD_SITES_FROM_ZOOM = 9.6

export class Scene {
  private readonly map: LiveMap
  private readonly pins = new Map<string, RankedPin>()
  private islands: IslandName[] = []
  private shown: State | null = null
  private focusedSortieId: string | null = null

  constructor(private readonly container: HTMLElement, palette: Palette) {
    this.map = new LiveMap(container, palette)
    this.map.onMoved(() => this.settle())
    this.map.onPick(({ properties, longitude, latitude }) => {
      if (!this.shown) return
      const { language } = this.shown
      this.map.showPopup(longitude, latitude, popupElement(areaWords(properties, language, translator(language))))
    })
  }

  setPalette(palette: Palette): void {
    this.map.setPalette(palette)
  }

  show(state: State): void {
    const before = this.shown
    this.shown = state
    if (state.airspace && state.airspace !== before?.airspace) {
      this.map.setData('airspace', withOverhead(state.airspace))
      this.islands = islandNames(state.airspace)
    }
    if (state.routes !== before?.routes || state.sorties !== before.sorties) this.map.setData('routes', routeLines(state))
    if (state.trails !== before?.trails || state.drones !== before.drones) this.map.setData('trails', trailLines(state))
    this.showPlaces(state, before)
    this.showDrones(state)
    this.follow(state, before)
  }

  showWholeArea(): void {
    this.map.fit(null)
  }

  private showPlaces(state: State, before: State | null): void {
    if (state.language === before?.language && state.sites === before.sites && state.airspace === before.airspace) return
    for (const island of this.islands) {
      const pin = this.pin(`island-${island.id}`, RANKS.island - island.area, island.point, islandPin)
      namePin(pin, island, state.language)
    }
    for (const site of state.sites.values()) {
      const rank = site.is_hub ? RANKS.hub : site.is_drone_site ? RANKS.pad : RANKS.road
      const pin = this.pin(`site-${site.id}`, rank, [site.longitude_deg, site.latitude_deg], () => sitePin(site, () => this.openSite(site.id)))
      namePin(pin, site, state.language)
    }
    this.settle()
  }

  private showDrones(state: State): void {
    for (const drone of state.drones.values()) {
      if (drone.longitude_deg === null || drone.latitude_deg === null) continue
      const pin = this.pin(`drone-${drone.id}`, RANKS.drone, [drone.longitude_deg, drone.latitude_deg], () => dronePin(drone))
      updateDronePin(pin, drone, translator(state.language))
    }
  }

  private openSite(id: string): void {
    const site = this.shown?.sites.get(id)
    if (!site || !this.shown) return
    const { language, sites } = this.shown
    this.map.showPopup(site.longitude_deg, site.latitude_deg, popupElement(siteWords(site, sites, language, translator(language))))
  }

  /** Look at the route of the selected request, or of the first sortie that becomes active. */
  private follow(state: State, before: State | null): void {
    const selected = state.requests.find((request) => request.id === state.selectedRequestId)
    const active = [...state.sorties.values()].find(isActive)
    const sortieId = (selected ? selected.sortie_id : active?.id) ?? null
    const isAskedAgain = selected !== undefined && selected.id !== before?.selectedRequestId
    const bounds = this.routeBounds(state, sortieId)
    if (bounds && (isAskedAgain || sortieId !== this.focusedSortieId)) {
      this.focusedSortieId = sortieId
      this.map.fit(bounds)
    }
  }

  private routeBounds(state: State, sortieId: string | null): Bounds | null {
    const route = sortieId ? state.routes.get(sortieId) : undefined
    return route ? boundsOf(route) : null
  }

  private pin(id: string, rank: number, [longitude = 0, latitude = 0]: Position, make: () => HTMLElement): HTMLElement {
    const known = this.pins.get(id) ?? { id, rank, element: make() }
    this.pins.set(id, known)
    this.map.setPin(id, { longitude, latitude, element: known.element })
    return known.element
  }

  private settle(): void {
    this.container.classList.toggle('is-far', this.map.zoom < ROAD_SITES_FROM_ZOOM)
    declutter([...this.pins.values()])
  }
}
