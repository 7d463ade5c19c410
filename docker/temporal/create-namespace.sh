#!/bin/sh
# Makes the namespace and the search attributes, `Name=Type` each, that Foyer's workflows use. Run again, it makes what is missing.
set -eu

# The server listens before it serves.
attempt=0
until temporal operator cluster health >/dev/null 2>&1; do
  attempt=$((attempt + 1))
  [ "$attempt" -lt 60 ] || { echo 'Temporal did not become healthy.' >&2; exit 1; }
  sleep 1
done

temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"

# A namespace is known to all of Temporal's services a little after it was made.
for attribute in $SEARCH_ATTRIBUTES; do
  attempt=0
  until temporal operator search-attribute create --name "${attribute%%=*}" --type "${attribute#*=}"; do
    attempt=$((attempt + 1))
    [ "$attempt" -lt 30 ] || exit 1
    sleep 1
  done
done
