# The container image: what is locked, and nothing else. Any base with python3 (3.11 or newer), its venv and useradd will do.
# Behind a proxy or with an index of your own: --build-arg BASE=... PIP_INDEX_URL=... PIP_PROXY=... PIP_CERT=...
ARG BASE=docker.io/library/python:3.13-slim

# Both stages stand on one base, so that the environment finds the same python3 in the second.
FROM ${BASE} AS base

FROM base AS build
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ARG PIP_TRUSTED_HOST
ARG PIP_PROXY
ARG PIP_CERT
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
RUN python3 -m venv /opt/naamwacht && python3 -m venv /opt/build
COPY requirements.lock requirements-build.lock ./
RUN /opt/naamwacht/bin/pip install --quiet --require-hashes --only-binary :all: -r requirements.lock \
 && /opt/build/bin/pip install --quiet --require-hashes --only-binary :all: -r requirements-build.lock
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY monitor monitor
COPY providers providers
COPY notifiers notifiers
# pip itself stays behind: the running service installs nothing.
RUN /opt/build/bin/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir /wheels . \
 && /opt/naamwacht/bin/pip install --quiet --no-deps --no-index /wheels/*.whl \
 && /opt/naamwacht/bin/pip uninstall --quiet --yes pip

FROM base
RUN useradd --system --uid 10001 --user-group --home-dir /data --no-create-home --shell /usr/sbin/nologin naamwacht \
 && install -d -o naamwacht -g naamwacht -m 0700 /data \
 && install -d -m 0755 /etc/naamwacht
COPY --from=build /opt/naamwacht /opt/naamwacht
ENV PATH=/opt/naamwacht/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    NAAMWACHT_CONFIG=/etc/naamwacht/config.yaml \
    NAAMWACHT_OPS_PORT=8081
WORKDIR /data
VOLUME /data
USER naamwacht
# Alive is all that it asks: a source that is down must not restart the service. NAAMWACHT_OPS_PORT follows `ops.bind`.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python3", "-c", "import http.client as h, os; c = h.HTTPConnection('127.0.0.1', int(os.environ['NAAMWACHT_OPS_PORT']), timeout=3); c.request('GET', '/health/live'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["/opt/naamwacht/bin/naamwacht"]
CMD ["run"]
