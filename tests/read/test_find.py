"""What the paths lead to."""

import os
import pickle
from pathlib import Path

import pytest

from communique.errors import UsageError
from communique.model import Finding
from communique.read import find_sources


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("A text.", encoding="utf-8")


def names(*paths: str | Path) -> list[str]:
    return [source.name for source in find_sources([*paths])]


def test_a_folder_is_read_with_its_subfolders_sorted_by_name_relative_to_it(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.md", "a/y.html", "c.HTM")
    assert names(tmp_path) == ["a/y.html", "a/z.md", "b.txt", "c.HTM"]


def test_a_folder_gives_only_known_kinds_and_nothing_hidden(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "a.csv", ".b.txt", ".git/c.txt", "README")
    assert names(tmp_path) == ["a.txt"]


def test_a_file_named_by_itself_may_have_any_suffix(tmp_path: Path) -> None:
    write(tmp_path, "letter.asc")
    assert names(tmp_path / "letter.asc") == ["letter.asc"]


def test_names_with_spaces_and_other_letters_are_kept(tmp_path: Path) -> None:
    write(tmp_path, "Erklärung der Ombudsfrau № 3.txt", "Bəyanat.txt")
    assert names(tmp_path) == ["Bəyanat.txt", "Erklärung der Ombudsfrau № 3.txt"]


def test_a_glob_is_relative_to_its_fixed_part(tmp_path: Path) -> None:
    write(tmp_path, "in/a/1.txt", "in/b/2.txt", "in/b/3.md")
    assert names(f"{tmp_path}/in/**/*.txt") == ["a/1.txt", "b/2.txt"]


def test_the_order_of_the_paths_makes_no_difference(tmp_path: Path) -> None:
    write(tmp_path, "x/a.txt", "x/sub/b.txt", "y/c.txt")
    roots = [tmp_path / "x", tmp_path / "x/sub", tmp_path / "y"]
    assert list(find_sources(roots)) == list(find_sources(roots[::-1]))


def test_a_file_reached_twice_is_read_once_under_its_longer_name(tmp_path: Path) -> None:
    write(tmp_path, "sub/b.txt")
    assert names(tmp_path / "sub", tmp_path, tmp_path / "sub/b.txt") == ["sub/b.txt"]


def test_a_dash_is_standard_input_and_comes_last(tmp_path: Path) -> None:
    write(tmp_path, "z.txt")
    assert [s.path for s in find_sources(["-", tmp_path])] == [str(tmp_path / "z.txt"), "-"]


def test_a_missing_path_is_an_error_of_the_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.txt: no such file or folder"):
        find_sources([tmp_path / "nowhere.txt"])


def test_a_glob_that_matches_nothing_is_an_error_of_the_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file matches"):
        find_sources([f"{tmp_path}/*.txt"])


def test_no_path_at_all_is_an_error_of_the_call() -> None:
    with pytest.raises(UsageError, match="nothing to read"):
        find_sources([])


def test_a_folder_without_documents_says_what_it_looked_for(tmp_path: Path) -> None:
    write(tmp_path, "a.csv")
    with pytest.raises(UsageError, match=r"no documents in this folder \(looked for \.htm, \.html, \.md, \.txt"):
        find_sources([tmp_path])


def test_an_empty_folder_beside_a_full_one_is_reported_and_the_rest_is_found(tmp_path: Path) -> None:
    write(tmp_path, "full/a.txt")
    (tmp_path / "void").mkdir()
    said: list[Finding] = []
    assert [s.name for s in find_sources([tmp_path / "void", tmp_path / "full"], said.append)] == ["a.txt"]
    assert [(f.severity, Path(f.source).name) for f in said] == [("error", "void")]


def test_files_of_other_types_in_a_folder_are_counted_in_one_note(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.PDF", "sub/c.pdf", "sub/d.docx", "README", "Letter to Mr. Maren", ".hidden.pdf")
    said: list[Finding] = []
    find_sources([tmp_path], said.append)
    note = "5 files of other types were passed over (without suffix 2, .pdf 2, .docx 1)"
    assert [(f.severity, f.source, f.message) for f in said] == [("info", str(tmp_path), note)]


def test_a_note_names_the_six_most_frequent_types_only(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", *(f"x.{letter}" for letter in "abcdefgh"), "y.h")
    said: list[Finding] = []
    find_sources([tmp_path], said.append)
    assert said[0].message.endswith("(.h 2, .a 1, .b 1, .c 1, .d 1, .e 1, others 2)")


def test_files_that_are_known_to_be_no_documents_are_not_in_the_note(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "own.csv", "output/graph.trig", "output2/x.pdf")
    said: list[Finding] = []
    find_sources([tmp_path], said.append, [tmp_path / "own.csv", tmp_path / "output"])
    assert [f.message for f in said] == ["1 file of another type was passed over (.pdf 1)"]


def test_a_source_can_be_handed_to_another_process(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (source,) = find_sources([tmp_path])
    assert pickle.loads(pickle.dumps(source)) == source


def test_a_folder_that_cannot_be_read_is_reported_and_the_rest_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.txt", "locked/b.txt")
    scandir = os.scandir

    def guarded(path: str) -> object:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    said: list[Finding] = []
    assert [s.name for s in find_sources([tmp_path], said.append)] == ["a.txt"]
    assert [(f.severity, Path(f.source).name) for f in said] == [("error", "locked")]
    assert said[0].message == "the folder cannot be read: permission denied (check its permissions)"


def test_a_pipe_in_a_folder_is_left_out_as_nobody_may_ever_write_into_it(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "b.txt")
    assert [s.name for s in find_sources([tmp_path])] == ["a.txt"]


def test_folders_of_installed_programs_are_passed_over_and_named_unless_asked_for(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "web/node_modules/x/readme.md", "env/pyvenv.cfg", "env/b.txt")
    said: list[Finding] = []
    assert [s.name for s in find_sources([tmp_path], said.append)] == ["a.txt"]
    assert [f.message for f in said] == ["not looked into: env, web/node_modules (name a folder to read it)"]
    assert [s.name for s in find_sources([tmp_path / "web" / "node_modules"])] == ["x/readme.md"]
