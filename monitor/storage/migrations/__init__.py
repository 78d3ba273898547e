"""How the tables became what they are: one file per step, frozen once released. No step imports the schema of today."""
