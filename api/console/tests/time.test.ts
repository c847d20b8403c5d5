import { expect, test } from 'vitest'
import { clockTime, dayTime, duration, hoursLater, secondsUntil, tomorrowNoon } from '../src/format/time'

const at = (text: string) => new Date(text)

test('times are shown in Japan, whatever the zone of the device', () => {
  expect(clockTime(at('2026-04-01T15:05:00Z'), 'ja')).toBe('00:05')
  expect(clockTime(at('2026-04-01T06:00:00Z'), 'en')).toBe('15:00')
})

test.each([
  ['2026-04-01T05:05:00Z', 'ja', '今日 14:05'],
  ['2026-04-01T15:30:00Z', 'ja', 'あす 00:30'],
  ['2026-03-31T14:59:00Z', 'ja', 'きのう 23:59'],
  ['2026-04-05T05:05:00Z', 'ja', '4月5日 14:05'],
  ['2026-04-01T15:30:00Z', 'en', 'tomorrow 00:30'],
  ['2026-04-05T05:05:00Z', 'en', '5 Apr 14:05'],
] as const)('%s is told in %s as %s', (moment, language, words) => {
  expect(dayTime(at(moment), at('2026-04-01T03:00:00Z'), language)).toBe(words)
})

test.each([
  [-5, 'ja', '0秒'],
  [42, 'ja', '42秒'],
  [720, 'ja', '12分'],
  [3900, 'ja', '1時間5分'],
  [7200, 'ja', '2時間'],
  [42, 'en', '42 s'],
  [3900, 'en', '1 h 5 min'],
  [3595, 'en', '1 h'],
] as const)('%d seconds last, in %s, %s', (seconds, language, words) => {
  expect(duration(seconds, language)).toBe(words)
})

test('noon of the next day is that of Japan', () => {
  expect(tomorrowNoon(at('2026-04-01T14:59:00Z')).toISOString()).toBe('2026-04-02T03:00:00.000Z')
  expect(tomorrowNoon(at('2026-04-01T15:01:00Z')).toISOString()).toBe('2026-04-03T03:00:00.000Z')
})

test('a deadline two hours later is 7200 seconds away', () => {
  const now = at('2026-04-01T00:00:00Z')

  expect(secondsUntil(hoursLater(now, 2), now)).toBe(7200)
})
