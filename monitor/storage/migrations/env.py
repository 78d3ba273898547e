"""What Alembic loads before it migrates: hands it our connection, whose transaction holds every step. No decisions."""

from alembic import context

context.configure(**context.config.attributes)
context.run_migrations()
