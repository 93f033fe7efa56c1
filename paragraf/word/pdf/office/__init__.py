"""LibreOffice as a machine that makes PDF of Word: kept warm, watched, and replaced when it hangs, crashes or grows.

``kit`` finds LibreOffice; ``worker`` is the program that loads it into a process of its own; ``running`` holds one
such process; ``warm`` replaces it when it must be; ``oneshot`` is the slower way where it cannot be kept warm;
``desk`` lets callers in one at a time, in order. ``paragraf.word.pdf.making`` is the door.
"""
