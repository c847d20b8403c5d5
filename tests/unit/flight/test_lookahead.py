"""Items of an upload that go along before they are asked for, on a slow link only; and opaque ids."""

from flight.plan import MissionItem
from flight.protocol.download import DownloadList
from flight.protocol.lookahead import LARGEST, REST_S, Lookahead
from flight.protocol.messages import (
    Message,
    MissionAck,
    MissionCount,
    MissionItemInt,
    MissionRequest,
    MissionRequestInt,
)
from flight.protocol.names import MissionType
from flight.protocol.operation import Target
from flight.protocol.upload import UploadList
from tests.unit.flight.fake_lists import FakeLists

ITEMS = tuple(MissionItem(16, 3, x_e7=seq, y_e7=seq, z_m=1.0) for seq in range(30))


def sent_with_round_trip(round_trip_s: float) -> list[list[int]]:
    """Let the vehicle ask for ten items one after the other, each after a round trip."""
    lookahead = Lookahead(len(ITEMS))
    return [lookahead.to_send(seq, seq * round_trip_s) for seq in range(10)]


def test_on_a_quick_link_only_what_was_asked_for_is_sent() -> None:
    assert sent_with_round_trip(0.2) == [[seq] for seq in range(10)]


def test_on_a_slow_link_the_next_items_go_along_and_not_too_many() -> None:
    sent = sent_with_round_trip(4.0)

    assert sent[0] == [0]
    assert max(len(each) for each in sent) > 3
    assert all(len(each) <= 1 + LARGEST for each in sent)
    assert all(each == sorted(each) and each[0] == seq for seq, each in enumerate(sent))


def test_an_item_that_went_along_rests_before_it_goes_along_again_but_not_if_it_is_asked_for() -> None:
    lookahead = Lookahead(len(ITEMS))
    lookahead.round_trip_s = 2.0

    first = lookahead.to_send(3, 10.0)
    at_once = lookahead.to_send(3, 10.1)
    later = lookahead.to_send(3, 10.0 + REST_S)

    assert first == later == [3, 4, 5, 6, 7]
    assert at_once == [3]


def test_nothing_behind_the_last_item_goes_along() -> None:
    lookahead = Lookahead(5)
    lookahead.round_trip_s = 10.0

    assert lookahead.to_send(3, 0.0) == [3, 4]


def test_an_item_is_sent_again_when_neither_it_nor_the_next_request_comes() -> None:
    upload = UploadList(Target(1), MissionType.MISSION, ITEMS)
    upload.start(0.0)
    upload.receive(MissionRequest(255, 190, 0, 0), 0.1)
    upload.take_messages()

    upload.handle_timer(1.2)

    (again,) = upload.take_messages()
    assert isinstance(again, MissionItemInt)
    assert again.seq == 0


def test_an_upload_returns_the_opaque_id_of_the_list() -> None:
    upload = UploadList(Target(1), MissionType.MISSION, ITEMS[:1])
    upload.start(0.0)
    upload.receive(MissionRequest(255, 190, 0, 0), 0.1)

    upload.receive(MissionAck(255, 190, 0, 0, 77), 0.2)

    assert upload.result() == 77


def test_a_list_that_changes_while_it_is_read_is_read_anew() -> None:
    download = DownloadList(Target(1), MissionType.MISSION)
    download.start(0.0)
    download.receive(MissionCount(255, 190, 2, 0, 77), 0.1)
    download.receive(item(0, 1.0), 0.2)
    download.take_messages()

    download.receive(MissionCount(255, 190, 2, 0, 78), 0.3)

    assert download.take_messages() == [MissionRequestInt(1, 1, seq, 0) for seq in range(2)]
    download.receive(item(0, 2.0), 0.4)
    download.receive(item(1, 2.0), 0.4)
    assert [each.z_m for each in download.result()] == [2.0, 2.0]


def test_several_items_are_asked_for_at_once_and_taken_in_any_order() -> None:
    lists = FakeLists()
    lists.stored[0] = ITEMS
    download = DownloadList(Target(1), MissionType.MISSION)
    download.start(0.0)
    download.take_messages()
    download.receive(MissionCount(255, 190, len(ITEMS), 0), 0.0)

    rounds = 0
    while not download.done:
        requests = download.take_messages()
        answers = [answer for request in requests for answer in lists.receive(request, 0.0)]
        for answer in reversed(answers):
            download.receive(answer, 0.0)
        rounds += 1

    assert download.result() == ITEMS
    assert rounds < len(ITEMS) / 2


def item(seq: int, z_m: float) -> Message:
    return MissionItemInt(255, 190, seq, 3, 16, 0, 1, 0.0, 0.0, 0.0, 0.0, 1, 2, z_m, 0)


def test_an_item_of_another_list_is_not_taken() -> None:
    download = DownloadList(Target(1), MissionType.MISSION)
    download.start(0.0)
    download.receive(MissionCount(255, 190, 1, 0), 0.1)

    download.receive(MissionItemInt(255, 190, 0, 0, 5001, 0, 0, 3.0, 0.0, 0.0, 0.0, 9, 9, 0.0, 1), 0.2)
    assert not download.done
    download.receive(item(0, 1.0), 0.3)

    assert download.result()[0].command == 16
