FROM python:3.11-slim

WORKDIR /banyan
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY adapters adapters
COPY bot bot
COPY storage storage

RUN useradd --create-home --uid 1000 banyan && install -d -o banyan /data
USER banyan
ENV PYTHONUNBUFFERED=1 BANYAN__STORAGE__DATA=/data
VOLUME /data

# Settings come from the file mounted at /banyan/config.toml, secrets from the environment.
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run", "--config", "/banyan/config.toml"]
