import { useState } from 'preact/hooks'
import type { Problem } from '../client/problem'
import { reachableSites } from '../model/draft'
import { nameOf } from '../texts'
import { Field } from './Choice'
import { useWords } from './context'

interface Props {
  label: string
  field: string
  value: string
  problem: Problem | null
  onChange: (siteId: string) => void
}

/** A place that is usually right already: shown in words, with a list behind "change". */
export function SiteField({ label, field, value, problem, onChange }: Props) {
  const { t, language, sites, siteName } = useWords()
  const [isOpen, setOpen] = useState(!value)
  return (
    <Field label={label} fields={[field]} problem={problem}>
      {isOpen ? (
        <select aria-label={label} name={field} required value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          <option value="" disabled />
          {reachableSites(sites).map((site) => (
            <option key={site.id} value={site.id}>
              {nameOf(site, language)}
            </option>
          ))}
        </select>
      ) : (
        <p class="chosen-site">
          <strong>{siteName(value)}</strong>
          <button type="button" class="quiet" onClick={() => setOpen(true)}>
            {t('change')}
          </button>
        </p>
      )}
    </Field>
  )
}
