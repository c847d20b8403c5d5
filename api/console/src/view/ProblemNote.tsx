import { problemSentences, type Problem } from '../client/problem'
import { useWords } from './context'

export function ProblemNote({ problem, onClose }: { problem: Problem; onClose?: () => void }) {
  const { t, language } = useWords()
  const [summary, ...remedies] = problemSentences(problem, language, t)
  return (
    <div class="problem" role="alert" data-testid="problem">
      <div>
        <strong>{summary}</strong>
        {remedies.map((remedy) => (
          <p key={remedy}>{remedy}</p>
        ))}
      </div>
      {onClose && (
        <button class="quiet" onClick={onClose}>
          {t('close')}
        </button>
      )}
    </div>
  )
}
