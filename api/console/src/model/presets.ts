/** The choices of the request form: what a clinic asks for most, in one tap. */
import type { Temperature, Urgency } from '../client/types'
import { hoursLater, tomorrowNoon } from '../format/time'
import type { TextKey } from '../texts'

export interface ItemPreset {
  text: TextKey
  temperature: Temperature
}

export const ITEMS: readonly ItemPreset[] = [
  { text: 'itemMedicine', temperature: 'ambient' },
  { text: 'itemColdMedicine', temperature: 'cold' },
  { text: 'itemVaccine', temperature: 'cold' },
  { text: 'itemBlood', temperature: 'cold' },
  { text: 'itemSample', temperature: 'cold' },
  { text: 'itemSupplies', temperature: 'ambient' },
]

export const MASSES_KG: readonly number[] = [0.3, 0.5, 1, 1.5, 2]

export interface TemperatureChoice {
  value: Temperature
  text: TextKey
  range: TextKey
}

export const TEMPERATURES: readonly TemperatureChoice[] = [
  { value: 'ambient', text: 'ambient', range: 'ambientRange' },
  { value: 'cold', text: 'cold', range: 'coldRange' },
  { value: 'frozen', text: 'frozen', range: 'frozenRange' },
]

export const URGENCIES: readonly Urgency[] = ['routine', 'urgent', 'emergency']

/** By when, unless the clinic says otherwise. */
export function defaultDeadline(urgency: Urgency, now: Date): Date {
  return { emergency: hoursLater(now, 2), urgent: hoursLater(now, 4), routine: tomorrowNoon(now) }[urgency]
}

export function deadlineChoices(now: Date): Date[] {
  return [hoursLater(now, 2), hoursLater(now, 4), hoursLater(now, 8), tomorrowNoon(now)]
}
