import { useMemo, useState } from 'preact/hooks'
import { problemOf, type Problem } from '../client/problem'
import type { Me } from '../client/types'
import { mass } from '../format/quantity'
import { dayTime } from '../format/time'
import { firstDraft, onceKey, requestBody, withUrgency, type Draft } from '../model/draft'
import { deadlineChoices, ITEMS, MASSES_KG, TEMPERATURES, URGENCIES } from '../model/presets'
import { Choice, Field } from './Choice'
import type { Commands } from './commands'
import { Dialog } from './Confirm'
import { useWords } from './context'
import { ProblemNote } from './ProblemNote'
import { SiteField } from './SiteField'

const REMEMBERED_SITE = 'tsubaki.site'
const FIELDS = ['items', 'mass_kg', 'temperature', 'urgency', 'deadline', 'from_site_id', 'to_site_id']

interface PartProps {
  draft: Draft
  problem: Problem | null
  change: (part: Partial<Draft>) => void
}

function Goods({ draft, problem, change }: PartProps) {
  const { t } = useWords()
  const items = ITEMS.map((item) => ({ value: item, text: t(item.text) }))
  const masses = MASSES_KG.map((value) => ({ value, text: mass(value) }))
  const temperatures = TEMPERATURES.map(({ value, text, range }) => ({ value, text: t(text), note: t(range) }))
  return (
    <>
      <Field label={t('what')} fields={['items']} problem={problem}>
        <Choice label={t('what')} options={items} isChosen={(item) => draft.items === t(item.text)} onChoose={(item) => change({ items: t(item.text), temperature: item.temperature })} />
        <input name="items" required aria-label={t('otherItems')} placeholder={t('otherItems')} value={draft.items} onInput={(event) => change({ items: event.currentTarget.value })} />
      </Field>
      <Field label={t('mass')} fields={['mass_kg']} problem={problem}>
        <Choice label={t('mass')} options={masses} isChosen={(value) => value === draft.massKg} onChoose={(massKg) => change({ massKg })} />
        <label class="inline">
          <span>{t('otherMass')}</span>
          <input name="mass_kg" type="number" inputMode="decimal" step="any" required value={draft.massKg} onInput={(event) => change({ massKg: event.currentTarget.valueAsNumber })} />
        </label>
      </Field>
      <Field label={t('temperature')} fields={['temperature']} problem={problem}>
        <Choice label={t('temperature')} options={temperatures} isChosen={(value) => value === draft.temperature} onChoose={(temperature) => change({ temperature })} />
      </Field>
    </>
  )
}

function Haste({ draft, problem, change }: PartProps) {
  const { t, now, language } = useWords()
  // Held still while the form is open: choices that move under the finger are no choices.
  const [openedAt] = useState(now)
  const urgencies = URGENCIES.map((value) => ({ value, text: t(value) }))
  const deadlines = deadlineChoices(openedAt).map((value) => ({ value, text: dayTime(value, openedAt, language) }))
  return (
    <>
      <Field label={t('urgency')} fields={['urgency']} problem={problem}>
        <Choice label={t('urgency')} options={urgencies} isChosen={(value) => value === draft.urgency} onChoose={(urgency) => change(withUrgency(draft, urgency, openedAt))} />
      </Field>
      <Field label={t('untilWhen')} fields={['deadline']} problem={problem}>
        <Choice label={t('untilWhen')} options={deadlines} isChosen={(value) => value.getTime() === draft.deadline.getTime()} onChoose={(deadline) => change({ deadline })} />
      </Field>
    </>
  )
}

export function NewRequestForm({ me, commands, onClose }: { me: Me; commands: Commands; onClose: () => void }) {
  const { t, now, sites } = useWords()
  const [draft, setDraft] = useState(() => firstDraft(me, sites, localStorage.getItem(REMEMBERED_SITE), now))
  // Another draft is another request, even where the answer to the first one was lost.
  const once = useMemo(onceKey, [draft])
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  const send = async (event: Event) => {
    event.preventDefault()
    setBusy(true)
    try {
      await commands.submit(requestBody(draft), once)
      localStorage.setItem(REMEMBERED_SITE, draft.toSiteId)
      onClose()
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }
  const parts = { draft, problem, change }
  return (
    <Dialog label={t('newRequest')} onClose={onClose} className="sheet">
      <form onSubmit={send} data-testid="new-request-form">
        <header>
          <h2>{t('newRequest')}</h2>
          <button type="button" class="quiet" onClick={onClose}>
            {t('close')}
          </button>
        </header>
        <div class="sheet-body">
          <SiteField label={t('toWhere')} field="to_site_id" value={draft.toSiteId} problem={problem} onChange={(toSiteId) => change({ toSiteId })} />
          <Goods {...parts} />
          <Haste {...parts} />
          <SiteField label={t('fromWhere')} field="from_site_id" value={draft.fromSiteId} problem={problem} onChange={(fromSiteId) => change({ fromSiteId })} />
          {problem && !FIELDS.includes(problem.field ?? '') && <ProblemNote problem={problem} />}
        </div>
        <footer>
          <button class="primary" type="submit" disabled={busy} data-testid="send-request">
            {t(busy ? 'sending' : 'send')}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}
