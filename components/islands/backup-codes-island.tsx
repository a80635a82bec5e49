'use client'

import { useEffect, useState } from 'react'

type Props = {
  /** id of the list whose codes are meant; used ones are marked by `data-used` */
  list: string
  copy: string
  /** said once the codes are copied */
  copied: string
  /** said where the browser lets no page copy */
  notCopied: string
  download: string
  print: string
  /** first line of the file; `{host}` is replaced */
  heading: string
}

/** Copy, download and print for backup codes that the page shows anyway. The codes are read off the page. */
export function BackupCodesIsland({ list, copy, copied, notCopied, download, print, heading }: Props) {
  const [awake, wake] = useState(false)
  const [said, say] = useState('')
  useEffect(() => wake(true), [])

  const onCopy = async () => {
    // Emptied first: a message that stays the same would not be announced again.
    say('')
    try {
      await navigator.clipboard.writeText(codesOf(list).join('\n'))
      say(copied)
    } catch {
      say(notCopied)
    }
  }
  return (
    <div hidden={!awake} data-needs-script>
      <div className="codes-tools">
        <div className="codes-buttons">
          <button type="button" className="button button-secondary" onClick={onCopy}>
            {copy}
          </button>
          <button type="button" className="button button-secondary" onClick={() => save(codesOf(list), heading)}>
            {download}
          </button>
          <button type="button" className="button button-secondary" onClick={() => window.print()}>
            {print}
          </button>
        </div>
        <p className="hint" role="status">
          {said}
        </p>
      </div>
    </div>
  )
}

/** The codes that still work. */
function codesOf(list: string): string[] {
  const codes = document.querySelectorAll(`#${CSS.escape(list)} li:not([data-used]) code`)
  return [...codes].map((code) => code.textContent)
}

/** A text file whose name and first line say where the codes belong. */
function save(codes: readonly string[], heading: string): void {
  const { hostname } = location
  const lines = [heading.replace('{host}', hostname), '', ...codes, '']
  const url = URL.createObjectURL(new Blob([lines.join('\n')], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `backup-codes-${hostname}.txt`
  link.click()
  URL.revokeObjectURL(url)
}
