"""The door: anybody's file to tables, with what was repaired told and what only a person can decide asked."""
