"""The database: SQLModel tables, migrations, and a unit of work that writes all of a change or nothing.

SQLite (WAL) is the embedded default and PostgreSQL is for production; one contract suite runs on both.
"""
