# docker build --build-arg SOURCE_DATE_EPOCH="$(git log -1 --format=%ct)" -t kratos-selfservice-ui-next .
# docker run --read-only --tmpfs /tmp -p 3000:3000 --env-file ui.env kratos-selfservice-ui-next
# What goes in is made by scripts/image-root.ts, which runs without Docker too; npm test starts it (scripts/image-check.ts).

FROM node:24.21.0-trixie-slim AS build
WORKDIR /build
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN ["npm", "ci", "--no-audit", "--no-fund"]
COPY . .
ARG SOURCE_DATE_EPOCH=0
RUN npm run build && node scripts/image-root.ts /image

FROM node:24.21.0-trixie-slim
LABEL org.opencontainers.image.title="kratos-selfservice-ui-next" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /image/ /
ENV NODE_ENV=production
WORKDIR /app
# A number: Kubernetes cannot tell from a name that it is not root.
USER 10000:10000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 CMD ["node", "health-check.ts"]
# As npm start has it: docs/performance.md.
ENTRYPOINT ["node", "--max-semi-space-size=8", "server/main.ts"]
