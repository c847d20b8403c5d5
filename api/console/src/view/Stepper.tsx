import { STEPS } from '../model/progress'
import { useWords } from './context'

/** The six steps; `done` of them are finished and the next one is under way. */
export function Stepper({ done }: { done: number }) {
  const { t } = useWords()
  return (
    <ol class="steps">
      {STEPS.map((step, index) => (
        <li key={step} class={index < done ? 'done' : index === done ? 'current' : ''} aria-current={index === done ? 'step' : undefined}>
          <i aria-hidden="true" />
          <span>{t(step)}</span>
        </li>
      ))}
    </ol>
  )
}
