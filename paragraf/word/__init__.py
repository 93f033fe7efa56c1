"""Word documents: compile a .docx template once, fill it many times; Word to PDF; Word to a reading copy.

Knows nothing of meetings or agreements: a subject gives a template's bytes and a dataclass of fields made for print.
"""
