/** Times as people in Japan read them. Japan has one zone, UTC+9, and no summer time. */
import type { Language } from '../texts'

const SECOND_MS = 1000
const MINUTE_S = 60
const HOUR_S = 3600
const DAY_MS = 24 * HOUR_S * SECOND_MS
const JST_OFFSET_MS = 9 * HOUR_S * SECOND_MS

const LOCALES: Record<Language, string> = { ja: 'ja-JP', en: 'en-GB' }

function inJapan(at: Date, language: Language, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LOCALES[language], { timeZone: 'Asia/Tokyo', ...options }).format(at)
}

export function clockTime(at: Date, language: Language): string {
  return inJapan(at, language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

function jstDayNumber(at: Date): number {
  return Math.floor((at.getTime() + JST_OFFSET_MS) / DAY_MS)
}

const NEAR_DAYS: Record<Language, Record<number, string>> = {
  ja: { [-1]: 'きのう', 0: '今日', 1: 'あす' },
  en: { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' },
}

/** "今日 14:05", "8月3日 14:05". */
export function dayTime(at: Date, now: Date, language: Language): string {
  const near = NEAR_DAYS[language][jstDayNumber(at) - jstDayNumber(now)]
  const day = near ?? inJapan(at, language, { month: 'short', day: 'numeric' })
  return `${day} ${clockTime(at, language)}`
}

/** "1時間5分", "12分"; under a minute in seconds. */
export function duration(seconds: number, language: Language): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < MINUTE_S) return language === 'ja' ? `${whole}秒` : `${whole} s`
  const minutes = Math.round(whole / MINUTE_S)
  const hours = Math.floor(minutes / MINUTE_S)
  const rest = minutes % MINUTE_S
  if (hours === 0) return language === 'ja' ? `${rest}分` : `${rest} min`
  if (language === 'ja') return rest ? `${hours}時間${rest}分` : `${hours}時間`
  return rest ? `${hours} h ${rest} min` : `${hours} h`
}

export function secondsUntil(at: Date, now: Date): number {
  return (at.getTime() - now.getTime()) / SECOND_MS
}

export function hoursLater(now: Date, hours: number): Date {
  return new Date(now.getTime() + hours * HOUR_S * SECOND_MS)
}

/** Noon in Japan on the day after `now`. */
export function tomorrowNoon(now: Date): Date {
  return new Date((jstDayNumber(now) + 1.5) * DAY_MS - JST_OFFSET_MS)
}
