/** What the map tells about a zone, a corridor or a site when it is touched. */
import type { Site } from '../client/types'
import { altitude, band, distance } from '../format/quantity'
import { nameOf, type Language, type Named, type TextKey, type Translate } from '../texts'

export interface PopupWords {
  title: string
  tag: string
  lines: string[]
}

type Properties = Record<string, unknown>

const RULES: Record<string, TextKey> = { 'keep-out': 'keepOut', 'keep-in': 'keepIn', caution: 'caution' }

function namedOf(properties: Properties): Named {
  return { name_ja: String(properties.name_ja ?? ''), name_en: String(properties.name_en ?? '') }
}

function reasonOf(properties: Properties, language: Language): string {
  return String(properties[`reason_${language}`] ?? '')
}

/** Floor and ceiling of a zone in one line; each datum is said, once where it is the same for both. */
function bandLine(properties: Properties, t: Translate): string[] {
  const { floor_m: floor, ceiling_m: ceiling, floor_datum: floorDatum, ceiling_datum: ceilingDatum } = properties
  if (typeof floor !== 'number' || typeof ceiling !== 'number') return []
  const [low, high] = [floorDatum, ceilingDatum].map((datum) => t(datum === 'AGL' ? 'agl' : 'amsl'))
  if (low === high) return [`${t('altitude')} ${band(floor, ceiling)} (${low})`]
  return [`${t('altitude')} ${altitude(floor)} (${low}) – ${altitude(ceiling)} (${high})`]
}

export function areaWords(properties: Properties, language: Language, t: Translate): PopupWords {
  const title = nameOf(namedOf(properties), language)
  if (properties.kind === 'approach') return { title, tag: t('approach'), lines: [] }
  if (properties.kind === 'corridor') {
    const width = typeof properties.width_m === 'number' ? [`${t('width')} ${distance(properties.width_m)}`] : []
    return { title, tag: properties.is_open === false ? `${t('corridor')} (${t('closed')})` : t('corridor'), lines: width }
  }
  const lines = [reasonOf(properties, language), ...bandLine(properties, t)].filter(Boolean)
  const rule = properties.is_overhead === true ? 'overhead' : RULES[String(properties.rule)]
  return { title, tag: t(rule ?? 'caution'), lines }
}

export function siteWords(site: Site, sites: ReadonlyMap<string, Site>, language: Language, t: Translate): PopupWords {
  const pad = site.pad_site_id ? sites.get(site.pad_site_id) : undefined
  const road = pad && site.road_km !== null ? [`${nameOf(pad, language)} + ${t('byRoad')} ${site.road_km} km`] : []
  const note = language === 'ja' ? site.note_ja : site.note_en
  const tag = site.is_hub ? 'hub' : site.is_drone_site ? 'pad' : 'roadSite'
  return { title: nameOf(site, language), tag: t(tag), lines: [...road, note].filter(Boolean) }
}

export function popupElement(words: PopupWords): HTMLElement {
  const box = document.createElement('div')
  box.className = 'popup'
  for (const [tag, text] of [['small', words.tag], ['strong', words.title], ...words.lines.map((line) => ['p', line])]) {
    const part = document.createElement(tag ?? 'p')
    part.textContent = text ?? ''
    box.append(part)
  }
  return box
}
