import { Card } from '#components/layout/card.tsx'
import { Notice } from '#components/layout/notice.tsx'
import { formToken } from '#lib/form-token.ts'
import { hasHydra } from '#lib/hydra/client.ts'
import type { Words } from '#lib/i18n/index.ts'
import { NotHere } from '../not-here.tsx'
import { ProblemView } from '../problem-view.tsx'
import { getFlash, type SearchParams, single } from '../request.ts'
import { getWords } from '../words.ts'

/**
 * Where a person types the code that a device shows (RFC 8628). Hydra's verification URL leads here with a
 * `device_challenge`; a code in that URL is filled in, and is to be confirmed. The form goes to app/device/answer/route.ts.
 */
export default async function DevicePage({ searchParams }: { searchParams: SearchParams }) {
  const [words, query] = [await getWords(), await searchParams]
  if (!hasHydra()) return <NotHere />
  const challenge = single(query.device_challenge)
  const said = await getFlash('device')
  if (!challenge && said === 'over') return <ProblemView status={410} title="device.over.title" text="device.over" />
  if (!challenge) return <Elsewhere words={words} />
  const code = single(query.user_code)
  return (
    <Card title={words.t('device.title')}>
      {(said === 'refused' || said === 'failed') && <Notice>{words.t(`form.${said}`)}</Notice>}
      <Form
        challenge={challenge}
        token={await formToken('device', challenge)}
        code={code}
        // With a code in the URL the page is opened anew.
        isWrong={said === 'wrong' && !code}
        words={words}
      />
    </Card>
  )
}

/** Whoever typed in the address of this page: only Hydra's verification URL can start anything. */
function Elsewhere({ words }: { words: Words }) {
  return (
    <Card title={words.t('device.title')}>
      <p>{words.t('device.elsewhere')}</p>
    </Card>
  )
}

type FormProps = {
  challenge: string
  token: string
  /** what stood in the URL */
  code: string | undefined
  isWrong: boolean
  words: Words
}

function Form({ challenge, token, code, isWrong, words }: FormProps) {
  const { t } = words
  return (
    <form className="form" action="/device/answer" method="post">
      <p>{t(code ? 'device.filled' : 'device.text')}</p>
      <input type="hidden" name="token" value={token} readOnly />
      <input type="hidden" name="challenge" value={challenge} readOnly />
      <div className="field">
        <label className="label" htmlFor="user_code">
          {t('device.code')}
        </label>
        <input
          id="user_code"
          className="input"
          name="user_code"
          type="text"
          required
          defaultValue={code}
          // biome-ignore lint/a11y/noAutofocus: the page is there for this field (docs/decisions/0010)
          autoFocus={!code}
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          aria-invalid={isWrong || undefined}
          aria-describedby={isWrong ? 'user_code-messages device-warning' : 'device-warning'}
        />
        {isWrong && (
          <div className="messages" id="user_code-messages">
            <p className="message message-error">{t('device.wrong')}</p>
          </div>
        )}
      </div>
      <p className="hint" id="device-warning">
        {t('device.warning')}
      </p>
      <button className="button button-primary" type="submit">
        {t('device.confirm')}
      </button>
    </form>
  )
}
