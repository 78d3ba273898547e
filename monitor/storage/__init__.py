"""The database: tables, transactions, migrations, backups, and the SQL of every noun. No decisions, no network."""
