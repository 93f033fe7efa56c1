"""The clock: standing jobs that wake up and ask the rows what is due. Never loads Flask."""
