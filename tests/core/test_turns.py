"""Writers of one process write in the order they came, and nobody's words are lost when many write at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread
from time import sleep

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from paragraf.core.database import Database
from paragraf.core.settings import Settings
from paragraf.core.turns import Turns


def all_at_once(acts: list[Callable[[], None]]) -> None:
    threads = [Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)


def test_the_turn_goes_to_whoever_waited_longest() -> None:
    turns, order = Turns(), []
    assert turns.take(1)

    def waiter(number: int) -> Callable[[], None]:
        def wait() -> None:
            sleep(number * 0.05)
            assert turns.take(30)
            order.append(number)
            turns.give_back()

        return wait

    def first() -> None:
        sleep(0.5)
        turns.give_back()

    all_at_once([*(waiter(number) for number in (3, 1, 2, 4)), first])
    assert order == [1, 2, 3, 4]
    assert turns.take(0)


def test_who_gives_up_leaves_the_queue() -> None:
    turns = Turns()
    assert turns.take(0)
    assert not turns.take(0.01)
    turns.give_back()
    assert turns.take(0)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database(Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path / 'turns.sqlite3'}"))
    with made.writing() as session:
        session.execute(text("CREATE TABLE tally (writer INTEGER)"))
    return made


def test_sixteen_writers_lose_nothing_and_meet_no_error(database: Database) -> None:
    begin, writes = Barrier(16), 20

    def writer(number: int) -> Callable[[], None]:
        def write() -> None:
            begin.wait()
            for _turn in range(writes):
                with database.writing() as session:
                    session.execute(text("INSERT INTO tally VALUES (:writer)"), {"writer": number})

        return write

    all_at_once([writer(number) for number in range(16)])
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM tally")).scalar() == 16 * writes


@pytest.mark.parametrize("ends", ["commits", "fails", "is left"])
def test_the_turn_comes_back_however_a_transaction_ends(database: Database, ends: str) -> None:
    for _turn in range(3):
        session = database.new_session(writes=True)
        session.execute(text("INSERT INTO tally VALUES (1)"))
        if ends == "commits":
            session.commit()
        elif ends == "fails":
            with pytest.raises(OperationalError):
                session.execute(text("INSERT INTO nowhere VALUES (1)"))
            session.rollback()
        session.close()
    with database.writing() as session:
        session.execute(text("INSERT INTO tally VALUES (2)"))
