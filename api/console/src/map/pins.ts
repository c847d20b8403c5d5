/** The elements that stand on the map: names of islands, sites, drones. */
import type { Drone, Site } from '../client/types'
import { altitude, percent } from '../format/quantity'
import { nameOf, shortNameOf, type Language, type Named, type Translate } from '../texts'

const COPTER = 'M12 2.2 14.4 8h-4.8ZM10.6 9.4h2.8v5.2h-2.8ZM10 9.2 6.6 5.8M14 9.2l3.4-3.4M10 14.8l-3.4 3.4M14 14.8l3.4 3.4'
const QUADPLANE = 'M12 1.6c.9 1.5 1.3 3.4 1.4 5.6L22.6 11v2.2l-9.2-1.6-.4 6 3 2v1.5L12 20.4l-4 .7v-1.5l3-2-.4-6-9.2 1.6V11l9.2-3.8c.1-2.2.5-4.1 1.4-5.6Z'
const ROTORS = [6, 18].flatMap((x) => [6, 18].map((y) => `<circle cx="${x}" cy="${y}" r="3.6"/>`)).join('')

function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

export function islandPin(): HTMLElement {
  const pin = element('div', 'pin pin-island')
  pin.append(element('span', 'pin-label'))
  return pin
}

export function sitePin(site: Site, onPick: () => void): HTMLElement {
  const kind = site.is_hub ? 'hub' : site.is_drone_site ? 'pad' : 'road'
  const pin = element('button', `pin pin-site pin-${kind}`)
  pin.dataset.testid = `site-${site.id}`
  pin.append(element('span', 'pin-dot'), element('span', 'pin-label'))
  // The map under the pin must not take the same click for a pick of a zone.
  pin.addEventListener('click', (event) => {
    event.stopPropagation()
    onPick()
  })
  return pin
}

export function dronePin(drone: Drone): HTMLElement {
  const pin = element('div', 'pin pin-drone')
  pin.dataset.testid = `drone-${drone.id}`
  const icon = element('span', 'drone-icon')
  const isPlane = drone.vehicle_class === 'quadplane'
  icon.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true" class="${drone.vehicle_class}">${isPlane ? '' : ROTORS}<path d="${isPlane ? QUADPLANE : COPTER}"/></svg>`
  const label = element('span', 'pin-label drone-label')
  label.append(element('b', 'drone-name'), element('span', 'drone-figures'))
  pin.append(icon, label)
  return pin
}

export function namePin(pin: HTMLElement, named: Named, language: Language): void {
  const label = pin.querySelector('.pin-label')
  if (label) label.textContent = shortNameOf(named, language)
  if (pin instanceof HTMLButtonElement) pin.setAttribute('aria-label', nameOf(named, language))
}

/** Turn the icon to the heading and write the newest figures. */
export function updateDronePin(pin: HTMLElement, drone: Drone, t: Translate): void {
  pin.classList.toggle('is-flying', drone.armed)
  pin.classList.toggle('is-silent', drone.link === 'lost' || drone.link === 'stale')
  pin.style.setProperty('--heading', `${drone.heading_deg ?? 0}deg`)
  const name = pin.querySelector('.drone-name')
  const figures = pin.querySelector('.drone-figures')
  if (name) name.textContent = drone.name
  if (figures) figures.textContent = droneFigures(drone)
  pin.title = `${drone.name} ${t('battery')} ${drone.battery_remaining === null ? '–' : percent(drone.battery_remaining)}`
}

function droneFigures(drone: Drone): string {
  const battery = drone.battery_remaining === null ? [] : [percent(drone.battery_remaining)]
  const height = drone.altitude_amsl_m === null || !drone.armed ? [] : [altitude(drone.altitude_amsl_m)]
  return [...height, ...battery].join(' · ')
}
