"""Tests that damaged, hostile and sound files are told apart, and that nothing but faults is raised."""

import json
import os
from math import nan
from pathlib import Path

import pytest
from format_examples import FORMAT_PROBLEM, format_plan, format_problem, full_problem, mutate, problems
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medevac.planner.faults import FaultsError
from medevac.planner.reading import problem_to_bytes, read_document, read_plan, read_problem


def faults_of(source, read=read_problem):
    """The faults that reading a source gives."""
    with pytest.raises(FaultsError) as caught:
        read(source)
    return caught.value.faults


def only_fault(source, read=read_problem):
    """The one fault that reading a source gives."""
    (fault,) = faults_of(source, read)
    return fault


def test_the_example_of_the_format_is_read():
    """Tests that the format page's own problem is sound and gets its defaults."""
    document = read_problem(FORMAT_PROBLEM.encode())
    assert document.warnings == ()
    assert document.raw == FORMAT_PROBLEM.encode()
    assert document.problem.patients[0].needs == ("burns",)
    assert document.problem.airports["EDDF"].closes == 22 * 60
    assert document.problem.airports["ENGM"].always_open


def test_a_file_its_bytes_and_its_object_give_the_same_problem(tmp_path):
    """Tests that the three kinds of source are equal."""
    path = tmp_path / "problem.json"
    path.write_text(FORMAT_PROBLEM, encoding="utf-8")
    problem = read_problem(path).problem
    assert problem == read_problem(FORMAT_PROBLEM.encode()).problem
    assert problem == read_problem(format_problem()).problem


def test_the_rich_example_has_no_oddities():
    """Tests that a problem that uses every key gives no warning."""
    assert read_problem(full_problem()).warnings == ()


def test_a_missing_file_is_a_fault(tmp_path):
    """Tests that a wrong name is told."""
    assert only_fault(tmp_path / "nothing.json").got == "no such file"


def test_a_folder_is_a_fault(tmp_path):
    """Tests that a folder is told from a file."""
    assert only_fault(tmp_path).got == "a folder"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_a_fault(tmp_path):
    """Tests that missing permission is told."""
    path = tmp_path / "secret.json"
    path.write_text("{}")
    path.chmod(0)
    assert only_fault(path).got == "no permission"


def test_a_name_that_no_file_can_have_is_a_fault(tmp_path):
    """Tests that the operating system's refusals become faults."""
    assert only_fault(tmp_path / "a\0b").path == ""
    assert only_fault(tmp_path / ("a" * 5000)).path == ""


def test_a_huge_file_is_refused_by_its_size(tmp_path, monkeypatch):
    """Tests that half a gigabyte (a sparse file) is refused without being read."""
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("the file was read"))
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    assert only_fault(path).expected == "at most 100,000,000 bytes"


def test_a_smaller_limit_may_be_set():
    """Tests that the limit holds for bytes as well."""
    with pytest.raises(FaultsError, match="at most 100 bytes"):
        read_problem(FORMAT_PROBLEM.encode(), largest=100)


@pytest.mark.parametrize("empty", [b"", b" \n\t"])
def test_an_empty_document_is_a_fault(empty):
    """Tests that nothing and blanks are told from broken JSON."""
    assert only_fault(empty).got == "nothing: it is empty"


def test_other_bytes_than_utf8_are_placed():
    """Tests that the first byte that is no UTF-8 is named: byte 7 here."""
    assert only_fault(b'{"a": "\xe6"}').got == "other bytes from byte 7 on"


@pytest.mark.parametrize(
    ("data", "mark"),
    [
        (FORMAT_PROBLEM.encode("utf-8-sig"), "UTF-8"),
        (FORMAT_PROBLEM.encode("utf-16"), "UTF-16"),
    ],
)
def test_a_byte_order_mark_is_told(data, mark):
    """Tests that a mark is named and the remedy says how to save the file."""
    fault = only_fault(data)
    assert mark in fault.got
    assert "without a byte order mark" in fault.remedy


def test_a_cut_off_document_is_placed():
    """Tests that a document that stops early is called cut off, with line and column."""
    fault = only_fault(b'{"format":\n "medevac-problem/1",')
    assert "line 2, column" in fault.got
    assert "cut off" in fault.remedy


def test_a_mistake_in_the_middle_is_placed():
    """Tests that a missing comma is placed and not called cut off."""
    fault = only_fault(b'{"a": 1\n "b": 2}')
    assert "line 2, column 2" in fault.got
    assert "cut off" not in fault.remedy


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_does_not_know_are_faults(number):
    """Tests that NaN and the infinities are refused where they stand, once."""
    text = FORMAT_PROBLEM.replace('"range_km": 4000', f'"range_km": {number}')
    fault = only_fault(text.encode())
    assert (fault.path, fault.got) == ("aircraft[0].range_km", number)


def test_nan_is_refused_in_free_keys_too():
    """Tests that a free key cannot hold what JSON does not know."""
    problem = full_problem()
    problem["x-note"] = [nan]
    assert only_fault(problem).path == "x-note[0]"


def test_a_key_twice_is_a_fault():
    """Tests that a repeated key is named with its path, at any depth."""
    text = FORMAT_PROBLEM.replace('"range_km": 4000', '"range_km": 4000, "range_km": 3000')
    fault = only_fault(text.encode())
    assert fault.path == "aircraft[0].range_km"
    assert fault.expected == "each key once"


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'{"x-a": [', b'\t["\\"", '])
def test_deep_nesting_is_a_fault(opening):
    """Tests that a hundred thousand brackets end in a fault and not in a crash."""
    assert "64 levels" in only_fault(opening * 100_000).expected


@pytest.mark.parametrize("data", [b'"' + b'\\"' * 500_000 + b"\\", b"{" + b'"\\' * 500_000, b'"' * 500_001])
def test_hostile_quotes_are_refused(data):
    """Tests that half a million hostile quotes end in a fault."""
    faults_of(data)


def test_brackets_in_strings_do_not_nest():
    """Tests that text may hold any number of brackets."""
    problem = format_problem()
    problem["name"] = "[{" * 100 + '\\"[\\\\'
    problem["x-note"] = ["\\\\", '"', '"[[' * 99, {}]
    assert read_problem(problem).problem.name == problem["name"]


@pytest.mark.parametrize("digits", [25, 400, 5000])
def test_huge_integers_are_faults(digits):
    """Tests that a number of any length is refused, also beyond what Python converts."""
    text = FORMAT_PROBLEM.replace('"max_stops": 5', f'"max_stops": {"9" * digits}')
    assert only_fault(text.encode()).path == "aircraft[0].max_stops"


@pytest.mark.parametrize("text", ["[]", "3", "null", '"a"', "true"])
def test_the_top_level_is_an_object(text):
    """Tests that other JSON values are refused."""
    assert only_fault(text.encode()).expected == "a JSON object at the top level"


def test_another_kind_of_document_is_one_fault():
    """Tests that a plan given as a problem is told, without faults for each of its keys."""
    assert only_fault(format_plan()).path == "format"


def test_another_version_is_a_fault():
    """Tests that the version is judged."""
    problem = format_problem() | {"format": "medevac-problem/2"}
    assert only_fault(problem).got == '"medevac-problem/2"'


def test_a_document_without_format_is_a_fault():
    """Tests that the format must be named."""
    problem = format_problem()
    del problem["format"]
    assert only_fault(problem).path == "format"


def test_a_document_alone_is_read_without_judging_its_keys():
    """Tests that read_document takes both kinds, and only the wanted one if asked."""
    assert read_document({"format": "medevac-plan/1", "odd": 1})["odd"] == 1
    assert only_fault({"format": "other"}, read_document).path == "format"
    with pytest.raises(FaultsError, match="medevac-problem/1"):
        read_document({"format": "medevac-plan/1"}, "medevac-problem/1")


def test_an_object_that_is_no_json_is_a_fault():
    """Tests that sets and circles in an object are refused."""
    assert "JSON values" in only_fault({"format": {1, 2}}).expected
    circle = {}
    circle["circle"] = circle
    assert "JSON values" in only_fault(circle).expected


def test_text_that_is_no_unicode_is_a_fault():
    """Tests that half a surrogate pair is refused and the sentence can be printed."""
    text = FORMAT_PROBLEM.replace("week 3, 2026", "\\ud800")
    fault = only_fault(text.encode())
    assert fault.path == "name"
    str(fault).encode()


@settings(deadline=None)
@given(problems())
def test_writing_and_reading_give_the_same_problem(document):
    """Tests that a problem survives its own document, and that the bytes are the same twice."""
    problem = read_problem(document).problem
    written = problem_to_bytes(problem)
    assert read_problem(written).problem == problem
    assert problem_to_bytes(read_problem(written).problem) == written


def test_a_large_problem_is_read():
    """Tests that 5,000 patients and 1,000 hospitals are read without a fault or a warning."""
    problem = full_problem()
    patient, hospital = problem["patients"][0], problem["hospitals"][0]
    problem["hospitals"] += [hospital | {"id": f"H{n}"} for n in range(1000)]
    problem["patients"] += [patient | {"id": f"P{n}", "hospitals": [f"H{n % 1000}"]} for n in range(5000)]
    data = json.dumps(problem).encode()
    assert read_problem(data).warnings == ()


def _survives(read, source):
    """Whether a source is read; the only exception that may come is a list of printable faults."""
    try:
        read(source)
    except FaultsError as error:
        return not str(error).encode()
    return True


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_changed_problem_is_read_or_refused(data):
    """Tests that no change of a problem raises anything but faults."""
    document = full_problem()
    for _ in range(data.draw(st.integers(1, 4))):
        mutate(document, data.draw)
    if _survives(read_problem, document):
        problem = read_problem(document).problem
        assert read_problem(problem_to_bytes(problem)).problem == problem


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_changed_plan_is_read_or_refused(data):
    """Tests that no change of a plan raises anything but faults."""
    problem = read_problem(format_problem()).problem
    document = format_plan()
    for _ in range(data.draw(st.integers(1, 4))):
        mutate(document, data.draw)
    _survives(lambda source: read_plan(source, problem), document)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_damaged_bytes_are_read_or_refused(data):
    """Tests that cutting and flipping bytes raises nothing but faults."""
    damaged = bytearray(FORMAT_PROBLEM.encode())
    for _ in range(data.draw(st.integers(0, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    _survives(read_problem, bytes(damaged[: data.draw(st.integers(0, len(damaged)))]))


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_refused(data):
    """Tests that noise is refused with a fault."""
    assert not _survives(read_problem, data)


@settings(deadline=None)
@given(
    st.recursive(
        st.text('[]{}"\\a'),
        lambda inner: st.lists(inner) | st.dictionaries(st.text("[]"), inner),
        max_leaves=5,
    )
)
def test_text_never_counts_as_nesting(value):
    """Tests that brackets, quotes and backslashes in strings leave a flat document flat."""
    document = {"format": "medevac-plan/1", "x-note": value}
    assert read_document(json.dumps(document).encode()) == document
