"""The real parts that every test may ask for; each is explained in its own file under ``tests/parts/``."""

pytest_plugins = [
    "tests.parts.machine",
    "tests.parts.loopback",
    "tests.parts.postgres",
    "tests.parts.smtp",
    "tests.parts.web",
    "tests.parts.browser",
    "tests.parts.world",
    "tests.parts.demonstration",
]
