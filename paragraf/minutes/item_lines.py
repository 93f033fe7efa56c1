"""What a § says of who takes part in it, only where it differs from the § before; in Swedish, for print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from paragraf.meetings import rules as meetings
from paragraf.minutes.models import RecusalGround
from paragraf.minutes.participation import Disqualified, Participant, Participation, Room

#: The grounds of kommunallagen 6:28 in few words.
GROUNDS = {
    RecusalGround.OWN_INTEREST: "saken rör den egna personen eller en närstående",
    RecusalGround.REPRESENTATIVE: "företräder den som saken rör",
    RecusalGround.AGENT: "har varit ombud i saken",
    RecusalGround.SUPERVISION: "tillsyn över den egna verksamheten",
    RecusalGround.OTHER: "",
}


def jav_lines(participation: Participation) -> tuple[str, ...]:
    """``Ivar Palm anmäler jäv (…) och deltar inte i handläggningen. Maj Ek tjänstgör.`` Each person has a line."""
    return tuple(_jav_line(one) for one in participation.disqualified)


def _jav_line(one: Disqualified) -> str:
    ground = GROUNDS[one.ground]
    why = f" ({ground})" if ground else ""
    served = f" {one.substitute} tjänstgör." if one.substitute else ""
    return f"{one.name} anmäler jäv{why} och deltar inte i handläggningen.{served}"


def change_lines(room: Room, participations: Mapping[int, Participation], item_id: int) -> tuple[str, ...]:
    """What is different from the § before: who takes part, who leads, and that the body may not decide."""
    place = room.course.place[item_id]
    now = participations[item_id]
    before = participations[room.rows[place - 1].id] if place else None
    return (*_seat_lines(room, place), *_leader_lines(room, now, before), *_quorum_lines(room, now))


def _seat_lines(room: Room, place: int) -> Iterator[str]:
    """Seat by seat; those who are disqualified have lines of their own."""
    if place == 0:
        return
    then = {one.seat: one for one in room.participation(place - 1, without_recusals=True).deciding}
    now = {one.seat: one for one in room.participation(place, without_recusals=True).deciding}
    unsure = room.participation(place).unsure_ids | room.participation(place - 1).unsure_ids
    for seat in dict.fromkeys((*room.members, *then, *now)):
        before, after = then.get(seat), now.get(seat)
        changed = (before and before.person_id) != (after and after.person_id)
        known = all(one is None or one.person_id not in unsure for one in (before, after))
        if changed and known:
            yield _seat_line(before, after)


def _seat_line(before: Participant | None, after: Participant | None) -> str:
    if after is None:
        assert before is not None
        told = "tjänstgör inte längre" if before.serves_for else "deltar inte"
        return f"{before.name} {told} från och med denna paragraf."
    if after.serves_for:
        line = f"{after.name} tjänstgör för {after.serves_for} från och med denna paragraf."
    else:
        line = f"{after.name} deltar från och med denna paragraf."
    if before is not None and before.serves_for:
        line += f" {before.name} tjänstgör inte längre."
    return line


def _leader_lines(room: Room, now: Participation, before: Participation | None) -> Iterator[str]:
    usual = room.minutes.chair_id
    led_before = before.leader if before is not None else (usual, "")
    if now.leader is None or now.leader[0] == (led_before and led_before[0]):
        return
    if now.leader[0] != usual:
        during = "i denna paragraf" if usual in now.recused else "från och med denna paragraf"
        yield f"{now.leader[1]} leder sammanträdet {during}."
    elif led_before is not None and before is not None and usual not in before.recused:
        yield f"{now.leader[1]} leder sammanträdet från och med denna paragraf."


def _quorum_lines(room: Room, now: Participation) -> Iterator[str]:
    if room.presences and not now.may_be_quorate:
        needed = meetings.votes_needed(now.seats)
        yield (
            f"{room.minutes.meeting.body.name} är inte beslutför i denna paragraf: {len(now.deciding)} av {now.seats} "
            f"deltar och det krävs {needed} (6 kap. 27 § kommunallagen)."
        )
