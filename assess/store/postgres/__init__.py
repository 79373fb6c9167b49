"""The team store: PostgreSQL, or an engine that speaks its protocol, through psycopg 3."""
