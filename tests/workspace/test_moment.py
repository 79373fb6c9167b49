"""One moment: inside it nothing is read twice, outside everything is read whenever it is asked."""

from __future__ import annotations

from itertools import count
from threading import Thread

import pytest

from assess.workspace.moment import forget, once, one_moment


@pytest.fixture
def read():
    numbers = count()
    return lambda: next(numbers)


def test_outside_of_a_moment_every_question_is_asked_anew(read):
    assert [once(read, "x", read) for _ in range(3)] == [0, 1, 2]


def test_inside_a_moment_a_question_is_asked_once_and_in_the_next_one_again(read):
    for expected in (0, 1):
        with one_moment():
            assert once(read, "x", read) == expected
            with one_moment():
                assert once(read, "x", read) == expected


def test_another_question_and_another_owner_have_answers_of_their_own(read):
    other = object()
    with one_moment():
        assert [once(read, "x", read), once(read, "y", read), once(other, "x", read)] == [0, 1, 2]


def test_what_changed_is_read_anew_inside_the_same_moment(read):
    with one_moment():
        once(read, "x", read)
        forget(read)
        assert once(read, "x", read) == 1


def test_a_moment_is_its_threads_own(read):
    found = []
    with one_moment():
        once(read, "x", read)
        thread = Thread(target=lambda: found.extend(once(read, "x", read) for _ in range(2)))
        thread.start()
        thread.join()
        assert once(read, "x", read) == 0
    assert found == [1, 2]


def test_a_moment_ends_with_an_error_too(read):
    with pytest.raises(ValueError), one_moment():
        once(read, "x", read)
        raise ValueError
    assert once(read, "x", read) == 1
