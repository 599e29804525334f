"""Rows that outlive the process. The only package that imports sqlalchemy and alembic."""
