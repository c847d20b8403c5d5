FROM node:22-slim AS console
WORKDIR /console
COPY api/console/package.json api/console/package-lock.json api/console/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY api/console ./
RUN npm run build

FROM python:3.11-slim
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
COPY --from=console /console/dist api/console/dist
RUN pip install --no-cache-dir --no-deps --no-build-isolation -e . && useradd --system --create-home tsubaki \
    && mkdir -p /var/lib/tsubaki && chown tsubaki /var/lib/tsubaki
USER tsubaki
CMD ["tsubaki", "serve"]
