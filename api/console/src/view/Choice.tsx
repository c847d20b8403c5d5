import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { problemSentences, type Problem } from '../client/problem'
import { useWords } from './context'

export interface Option<T> {
  value: T
  text: string
  note?: string
}

interface ChoiceProps<T> {
  label: string
  options: readonly Option<T>[]
  isChosen: (value: T) => boolean
  onChoose: (value: T) => void
}

/** One tap among a few: radio buttons, so that the arrow keys work. */
export function Choice<T>({ label, options, isChosen, onChoose }: ChoiceProps<T>) {
  const name = useId()
  return (
    <div class="choice" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.text}>
          <input type="radio" name={name} checked={isChosen(option.value)} onChange={() => onChoose(option.value)} />
          <span>
            {option.text}
            {option.note && <small>{option.note}</small>}
          </span>
        </label>
      ))}
    </div>
  )
}

interface FieldProps {
  label: string
  /** The API's names of what is entered here: a refusal that names one is shown here. */
  fields: readonly string[]
  problem: Problem | null
  children: ComponentChildren
}

export function Field({ label, fields, problem, children }: FieldProps) {
  const { t, language } = useWords()
  const isAtFault = problem?.field != null && fields.includes(problem.field)
  const words = isAtFault ? problemSentences(problem, language, t).join(' ') : null
  return (
    <fieldset class={words ? 'field is-wrong' : 'field'}>
      <legend>{label}</legend>
      {children}
      {words && (
        <p class="bad" role="alert" data-testid={`problem-${fields[0]}`}>
          {words}
        </p>
      )}
    </fieldset>
  )
}
