// BASE_PATH is known at the start only: what `npm run build` makes has a stand-in for it (server/base-path.ts). Development and
// hosts that run Next on their own, without the entry, get it as it is.
const { NODE_ENV, VERCEL, NETLIFY, BASE_PATH = '' } = process.env
const isOurs = NODE_ENV === 'production' && !VERCEL && !NETLIFY
const basePath = isOurs ? '/_ksui_base_path_' : BASE_PATH.replace(/\/$/, '')

/** @type {import('next').NextConfig} */
const config = {
  basePath,
  output: 'standalone',
  poweredByHeader: false,
  // The entry does it: server/compressed.ts.
  compress: !isOurs,
  typedRoutes: true,
  // No page has a picture that needs it: one endpoint less that answers strangers.
  images: { unoptimized: true },
  // `npm run types` checks all of the code, tests and scripts included; once is enough.
  typescript: { ignoreBuildErrors: true },
  // The entry in server/ needs these beside the standalone build: see server/main.ts.
  serverExternalPackages: ['zod', 'pino'],
  outputFileTracingExcludes: {
    '/**': ['**/*.test.ts', '**/*.test.tsx'],
    // Only next/image needs it, which we do not use: 20 MB.
    'next-server': ['**/node_modules/sharp/**/*', '**/node_modules/@img/**/*'],
  },
  outputFileTracingIncludes: {
    '/**': [
      './server/**/*',
      './lib/**/*.ts',
      './node_modules/zod/**/*',
      // Loaded only with METRICS_PORT.
      './node_modules/{prom-client,tdigest,bintrees}/**/*',
      './node_modules/@opentelemetry/api/**/*',
      // The entry seals a cookie: iron-session and what it is made of.
      './node_modules/{iron-session,iron-webcrypto,uint8array-extras,cookie}/**/*',
    ],
  },
}

export default config
