"""Pipeline components and the doubt policy. They know nothing of actions, and of no database at run time."""
