import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
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
  /** Ask for a reason, which goes into the record. */
  needsReason?: boolean
  onConfirm: (reason: string | undefined) => void
  onClose: () => void
}

export function Confirm({ question, hint, action, needsReason = false, onConfirm, onClose }: ConfirmProps) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  return (
    <Dialog label={question} onClose={onClose} className="confirm">
      <h2>{question}</h2>
      {hint && <p>{hint}</p>}
      {needsReason && (
        <label class="field">
          <span>{t('why')}</span>
          <input name="reason" autocomplete="off" maxLength={500} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
      )}
      <div class="buttons">
        <button onClick={onClose}>{t('keep')}</button>
        <button class="danger" data-testid="confirm" disabled={needsReason && !reason.trim()} onClick={() => onConfirm(needsReason ? reason.trim() : undefined)}>
          {action}
        </button>
      </div>
    </Dialog>
  )
}
