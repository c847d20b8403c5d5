import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useWords } from './context'

interface DialogProps {
  label: string
  onClose: () => void
  children: ComponentChildren
  className?: string
}

/** The browser's own modal: it keeps the focus inside and closes on Escape. */
export function Dialog({ label, onClose, children, className = '' }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    // Closing, not only removing, gives the focus back to the button that opened it.
    return () => element?.close()
  }, [])
  return (
    <dialog ref={dialog} class={className} aria-label={label} onClose={onClose}>
      {children}
    </dialog>
  )
}

interface ConfirmProps {
  question: string
  hint?: string
  action: string
  onConfirm: () => void
  onClose: () => void
}

export function Confirm({ question, hint, action, onConfirm, onClose }: ConfirmProps) {
  const { t } = useWords()
  return (
    <Dialog label={question} onClose={onClose} className="confirm">
      <h2>{question}</h2>
      {hint && <p>{hint}</p>}
      <div class="buttons">
        <button onClick={onClose}>{t('keep')}</button>
        <button class="danger" data-testid="confirm" onClick={onConfirm}>
          {action}
        </button>
      </div>
    </Dialog>
  )
}
