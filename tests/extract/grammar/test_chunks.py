from __future__ import annotations

import pytest

from communique.extract.grammar.chunks import Parse, parse
from communique.extract.grammar.clauses import Voice, by_phrase, coordinated_left, objects, subject, voice
from communique.extract.grammar.inflections import noun_forms, verb_forms
from communique.extract.text import Context, Text
from communique.model import Document, Header, Span


def parsed(text: str) -> Parse:
    context = Context(Document("d", "s", "t.txt", text), Header(Span(0, len(text))), Text(text))
    return parse(context, context.text.sentences[0])


def words(found: Parse, begin: int, end: int) -> str:
    return " ".join(t.text for t in found.tokens[begin:end])


def at(found: Parse, word: str) -> int:
    return [t.text for t in found.tokens].index(word)


@pytest.mark.parametrize(
    ("text", "word", "letter"),
    [
        ("They attack the town.", "attack", "V"),
        ("The attack went on.", "attack", "N"),
        ("They want to attack.", "attack", "V"),
        ("The attacks against ships went on.", "attacks", "N"),
        ("The league supports the talks.", "supports", "V"),
        ("The bombing of the port went on.", "bombing", "N"),
        ("They did it by bombing the port.", "bombing", "G"),
        ("He went to Lisbon.", "to", "P"),
    ],
)
def test_word_classes_follow_from_what_stands_around(text: str, word: str, letter: str) -> None:
    found = parsed(text)
    assert found.classes[at(found, word)] == letter


def test_noun_phrases() -> None:
    found = parsed("The armed groups in the north released two wounded soldiers.")
    phrases = [words(found, p.begin, p.end) for p in found.phrases]
    assert phrases == ["The armed groups", "the north", "two wounded soldiers"]


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("The guards at the gate arrested him.", "arrested", "The guards"),
        ("The guards, a unit of the army, arrested him.", "arrested", "The guards"),
        ("The guards who arrested him left.", "arrested", "The guards"),
        ("The guards came and arrested him.", "arrested", "The guards"),
        ("The guards continue to arrest people.", "arrest", "The guards"),
        ("The court called on the guards to arrest him.", "arrest", "the guards"),
        ("After arresting him, the guards left.", "arresting", "the guards"),
    ],
)
def test_subjects(text: str, verb: str, expected: str) -> None:
    found = parsed(text)
    phrase = subject(found, at(found, verb))
    assert phrase is not None
    assert words(found, phrase.begin, phrase.end) == expected


def test_passive_and_its_agent() -> None:
    found = parsed("The editors were again detained by police and soldiers.")
    verb = at(found, "detained")
    assert voice(found, verb) is Voice.PASSIVE
    assert [words(found, p.begin, p.end) for p in by_phrase(found, verb)] == ["police", "soldiers"]


def test_lists_on_both_sides_of_a_verb() -> None:
    found = parsed("Orrin, Varenia and Ostmark accused traders, farmers and sailors.")
    verb = at(found, "accused")
    phrase = subject(found, verb)
    assert phrase is not None
    assert len(coordinated_left(found, phrase)) == 3
    assert [words(found, p.begin, p.end) for p in objects(found, verb)] == ["traders", "farmers", "sailors"]


def test_inflections() -> None:
    assert [form for form, _ in verb_forms("stab")] == ["stab", "stabs", "stabbed", "stabbed", "stabbing"]
    assert [form for form, _ in verb_forms("deny")] == ["deny", "denies", "denied", "denied", "denying"]
    assert [form for form, _ in verb_forms("free")] == ["free", "frees", "freed", "freed", "freeing"]
    assert [form for form, _ in verb_forms("withdraw")][2:4] == ["withdrew", "withdrawn"]
    assert noun_forms("atrocity") == ["atrocity", "atrocities"]
    assert noun_forms("talks") == ["talks"]


@pytest.mark.parametrize(
    ("text", "word", "letter"),
    [
        ("They fired as well as shelled the port.", "well", "A"),
        ("The council meeting to be held is long.", "meeting", "N"),
        ("It lists violations and abuses of rights.", "abuses", "N"),
        ("They didn’t attack.", "didn’t", "O"),
        ("A man who is not affiliated with it left.", "affiliated", "E"),
    ],
)
def test_classes_of_words_in_lists_and_contractions(text: str, word: str, letter: str) -> None:
    found = parsed(text)
    assert found.classes[at(found, word)] == letter


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("After the rebels attacked the port, it closed.", "attacked", "the rebels"),
        ("The guards shot ten men, hit a boat and wounded a boy.", "wounded", "The guards"),
        ("The policy of holding sailors without trial violates the charter.", "violates", "The policy"),
        ("They worry over new efforts to restrict the press.", "restrict", "new efforts"),
        ("The envoy accused the rebels of digging trenches and urged talks.", "urged", "The envoy"),
        ("He won with his rivals imprisoned in May.", "imprisoned", "his rivals"),
    ],
)
def test_subject_across_clauses_and_lists(text: str, verb: str, expected: str) -> None:
    found = parsed(text)
    phrase = subject(found, at(found, verb))
    assert phrase is not None
    assert words(found, phrase.begin, phrase.end) == expected


def test_by_behind_another_participle_is_not_its_agent() -> None:
    found = parsed("Ten men were killed, according to letters received by the league.")
    assert by_phrase(found, at(found, "killed")) == ()


def test_doubled_and_irregular_verb_forms() -> None:
    forms = {form for lemma in ("acquit", "transfer", "override", "hang") for form, _ in verb_forms(lemma)}
    assert {"acquitted", "transferring", "overrode", "overridden", "hanged"} <= forms
