#!/bin/sh
# Stands where Miniflare looks for workerd: keeps what workerd is told, and lets it run.
set -e
cat > "$FARTHING_RECORD"
exec "$FARTHING_WORKERD" "$@" < "$FARTHING_RECORD"
