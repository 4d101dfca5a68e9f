"""Write what can be derived from the declarations, so that no page drifts from the code.

::

    python -m docs.build            write
    python -m docs.build --check    write nothing, exit 1 if a file differs

The reference pages of `docs/en` and `docs/fr` are the templates of `docs/templates`, which a person
writes, filled with tables from the schema, the registries, the queries and the command line. The
sessions of the READMEs are run again, and the list of commands that the help shows is written anew.
"""
