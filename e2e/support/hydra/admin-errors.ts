/** An error with the body that Hydra's admin API sends: the one of RFC 6749. */
export class AdminError extends Error {
  readonly status: number
  readonly body: { error: string; error_description: string }

  constructor(status: number, error: string, description: string) {
    super(description)
    this.status = status
    this.body = { error, error_description: description }
  }
}

const MALFORMED =
  'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.'

export function badRequest(hint: string): AdminError {
  return new AdminError(400, 'invalid_request', `${MALFORMED} ${hint}`)
}

export function notFound(): AdminError {
  return new AdminError(404, 'Not Found', 'Unable to locate the requested resource')
}

/** For what the browser has followed up already. */
export function conflict(): AdminError {
  return new AdminError(
    409,
    'Conflict',
    'Unable to process the requested resource because of conflict in the current state',
  )
}
