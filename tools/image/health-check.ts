import http from 'node:http'
import https from 'node:https'

// HEALTHCHECK of the container image: exits with 0 while the process answers. Whether Kratos does is /health/ready's matter.

const { PORT, TLS_CERT_PATH } = process.env
// Nothing is told to what answers, and its certificate is made out to another name.
const options = { port: PORT || 3000, path: '/health/alive', timeout: 2500, rejectUnauthorized: false }
const request = TLS_CERT_PATH ? https.get(options) : http.get(options)
request.on('response', ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1))
request.on('timeout', () => process.exit(1))
request.on('error', () => process.exit(1))
