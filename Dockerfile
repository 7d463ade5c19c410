# syntax=docker/dockerfile:1

# The version of the package `node` in package.json. Debian rather than Alpine: Temporal's core is built against glibc.
ARG NODE_VERSION=24.21.0

FROM node:${NODE_VERSION}-trixie-slim AS base
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

# Nothing here needs an install script: Node is the image's, Postgres a service of its own, the rest comes built.
FROM base AS build
RUN npm ci --ignore-scripts
COPY . .
RUN node worker/bundle-main.ts dist/workflows.js
RUN node web/build-main.ts

# With what is optional: the binary of sharp is. Without the compiler of workflows, whose work is done.
FROM base AS dependencies
RUN npm ci --omit=dev --ignore-scripts && rm -r node_modules/@swc/core node_modules/@swc/core-*

FROM base
ENV NODE_ENV=production
ENV FOYER_WORKFLOW_BUNDLE=/app/dist/workflows.js
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY . .
USER node
CMD ["node", "api/server.ts"]
