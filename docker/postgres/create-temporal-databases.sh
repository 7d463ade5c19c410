#!/bin/sh
# Run by the Postgres image once, when it makes its data directory: a role for Temporal that owns Temporal's two databases and nothing else.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$TEMPORAL_DB_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
create role temporal login password :'password';
create database temporal owner temporal;
create database temporal_visibility owner temporal;
SQL
