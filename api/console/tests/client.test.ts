import { expect, test } from 'vitest'
import { keyInFragment } from '../src/client/key'
import { liveUrl, retryDelayMs } from '../src/client/live'
import { problemFrom, problemOf, problemSentences } from '../src/client/problem'
import { translator } from '../src/texts'

test('the key is read from the fragment, and from nothing else', () => {
  expect(keyInFragment('#key=tsk_ab_cd-ef')).toBe('tsk_ab_cd-ef')
  expect(keyInFragment('#place=SGC&key=x')).toBe('x')
  expect(keyInFragment('')).toBeNull()
})

test('the line is tried again ever more slowly, but at least every ten seconds', () => {
  expect([0, 1, 2, 20].map(retryDelayMs)).toEqual([500, 1000, 2000, 10_000])
})

test('the live line uses the encryption of the page', () => {
  expect(liveUrl('https://tsubaki.example')).toBe('wss://tsubaki.example/api/v1/live')
  expect(liveUrl('http://127.0.0.1:8000')).toBe('ws://127.0.0.1:8000/api/v1/live')
})

const TOO_HEAVY = problemFrom(422, {
  detail: 'mass_kg: 9 kg is too much; give at most 3 kg',
  field: 'mass_kg',
  remedy: 'give at most 3 kg',
  message_ja: '質量は3 kg以下にしてください',
})

test('a refusal is told in the language of the reader, and the remedy once', () => {
  expect(TOO_HEAVY.field).toBe('mass_kg')
  expect(problemSentences(TOO_HEAVY, 'ja', translator('ja'))).toEqual(['質量は3 kg以下にしてください'])
  expect(problemSentences(TOO_HEAVY, 'en', translator('en'))).toEqual(['mass_kg: 9 kg is too much; give at most 3 kg'])
})

test('an answer that is no problem document still says something', () => {
  expect(problemSentences(problemFrom(502, '<html>'), 'ja', translator('ja'))).toEqual(['HTTP 502'])
})

test('a server that cannot be reached is told in plain words', () => {
  const problem = problemOf(new TypeError('Failed to fetch'))

  expect(problemSentences(problem, 'en', translator('en'))[0]).toBe('The server cannot be reached.')
})
