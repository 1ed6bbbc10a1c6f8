"""The role that the server connects as: it has to be bound by row-level security."""

from sqlalchemy import Connection, text

_RIGHTS = text("""
    SELECT rolname, rolsuper, rolbypassrls,
           EXISTS (SELECT FROM pg_class
                    WHERE relnamespace = to_regnamespace('fangdi')
                      AND pg_has_role(pg_roles.oid, relowner, 'MEMBER')) AS owns
      FROM pg_roles
     WHERE rolname = session_user
""")


def fault_of_role(connection: Connection) -> str | None:
    """Return why the role that is connected must not serve; None when it may."""
    role = connection.execute(_RIGHTS).one()
    if role.rolsuper:
        return f"{role.rolname} is a superuser"
    if role.rolbypassrls:
        return f"{role.rolname} bypasses row-level security"
    if role.owns:
        return f"{role.rolname} owns tables of the schema fangdi, or may act as their owner"
    return None
