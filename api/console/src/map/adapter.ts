/** The only file that knows MapLibre at run time: a map with data, markers, popups and a view. */
import { AttributionControl, Map as MapLibre, Marker, NavigationControl, Popup, setWorkerUrl } from 'maplibre-gl'
import type { GeoJSONSource, MapMouseEvent } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import type { FeatureCollection } from 'geojson'
import type { Bounds } from '../geometry/bounds'
import { hatch } from '../geometry/hatch'
import { CORRIDOR_LAYERS, HATCH, mapStyle, SOURCES, ZONE_LAYERS, type MapData, type SourceName } from './layers'
import { lowestOf } from './overhead'
import type { Palette } from './palette'

setWorkerUrl(workerUrl)

const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] }
const GOTO: Bounds = [128.5, 32.52, 129.25, 33.35]
const HATCH_SIZE = 12
const HATCH_STROKE = 2
/** Room for the tools above and the fleet below the route. */
const ROUTE_PADDING = { top: 60, right: 60, bottom: 110, left: 50 }
const AREA_PADDING = 20

export interface Picked {
  properties: Record<string, unknown>
  longitude: number
  latitude: number
}

export interface MapPin {
  longitude: number
  latitude: number
  element: HTMLElement
}

export class LiveMap {
  private readonly map: MapLibre
  private readonly data: MapData = { airspace: NOTHING, routes: NOTHING, trails: NOTHING }
  private readonly pins = new Map<string, Marker>()
  private readonly popup = new Popup({ maxWidth: '300px', closeButton: true, focusAfterOpen: false })

  constructor(container: HTMLElement, private palette: Palette) {
    this.map = new MapLibre({
      container,
      style: mapStyle(palette, this.data),
      bounds: GOTO,
      fitBoundsOptions: { padding: AREA_PADDING },
      minZoom: 7,
      maxZoom: 16,
      maxPitch: 0,
      dragRotate: false,
      attributionControl: false,
    })
    // Sources exist only now; what was set before has been waiting.
    this.map.on('style.load', () => this.pushAllData())
    this.map.touchZoomRotate.disableRotation()
    this.map.addControl(new AttributionControl({ compact: false }), 'bottom-right')
    this.map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
    this.map.setMissingStyleImageResolver((id) => {
      if (id === HATCH) this.map.addImage(HATCH, this.hatchImage(), { pixelRatio: devicePixelRatio })
    })
  }

  setData(source: SourceName, data: FeatureCollection): void {
    if (this.data[source] === data) return
    this.data[source] = data
    this.push(source)
  }

  setPalette(palette: Palette): void {
    this.palette = palette
    if (this.map.hasImage(HATCH)) this.map.updateImage(HATCH, this.hatchImage())
    this.map.setStyle(mapStyle(palette, this.data))
  }

  /** Put or move a pin; the element is the caller's own. */
  setPin(id: string, pin: MapPin): void {
    const marker = this.pins.get(id)
    if (marker) marker.setLngLat([pin.longitude, pin.latitude])
    else this.pins.set(id, new Marker({ element: pin.element }).setLngLat([pin.longitude, pin.latitude]).addTo(this.map))
  }

  fit(bounds: Bounds | null): void {
    const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 900
    this.map.fitBounds(bounds ?? GOTO, { padding: bounds ? ROUTE_PADDING : AREA_PADDING, maxZoom: 13, duration })
  }

  showPopup(longitude: number, latitude: number, content: HTMLElement): void {
    this.popup.setLngLat([longitude, latitude]).setDOMContent(content).addTo(this.map)
  }

  onMoved(listener: () => void): void {
    this.map.on('load', listener)
    this.map.on('moveend', listener)
  }

  get zoom(): number {
    return this.map.getZoom()
  }

  /** Zones come before corridors: what forbids matters more than what allows; of zones, the lowest. */
  onPick(listener: (picked: Picked) => void): void {
    const pick = (event: MapMouseEvent) => {
      for (const layers of [ZONE_LAYERS, CORRIDOR_LAYERS]) {
        const feature = lowestOf(this.map.queryRenderedFeatures(event.point, { layers: [...layers] }))
        if (feature) return listener({ properties: feature.properties, longitude: event.lngLat.lng, latitude: event.lngLat.lat })
      }
    }
    this.map.on('click', pick)
  }

  private push(source: SourceName): void {
    this.map.getSource<GeoJSONSource>(source)?.setData(this.data[source])
  }

  private pushAllData(): void {
    for (const source of SOURCES) this.push(source)
  }

  private hatchImage() {
    return hatch(HATCH_SIZE, HATCH_STROKE, this.palette.keepOutHatch, [0, 0, 0, 0])
  }
}
