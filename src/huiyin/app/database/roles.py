"""The product's own role and database inside the cluster; the role is no superuser."""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg import sql

from huiyin.app.database.cluster import SUPERUSER
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

NAME = "huiyin"


def prepare_role(port: int, password: str, secret: Path) -> None:
    """The role and the database exist. Refused when the kept password is not the cluster's."""
    try:
        connection = psycopg.connect(
            host="127.0.0.1",
            port=port,
            user=SUPERUSER,
            password=password,
            dbname="postgres",
            autocommit=True,
            connect_timeout=10,
        )
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise Refusal("database-password-lost", _PASSWORD_LOST.fill(secret=secret)) from error
        raise
    with connection:
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [NAME]).fetchone() is None:
            create = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}")
            connection.execute(create.format(sql.Identifier(NAME), sql.Literal(password)))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {0} OWNER {0}").format(sql.Identifier(NAME)))


_PASSWORD_LOST = Words(
    "内置数据库的密码与 {secret} 中保存的不一致。请把原来的密码文件放回去再启动；数据没有被改动。",
    "The embedded database's password is not the one kept in {secret}. Put the original file back "
    "and start again; the data was not touched.",
)
