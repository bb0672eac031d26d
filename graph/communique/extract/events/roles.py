"""Who takes part in an event: noun phrases turned into mentions, by voice, complements and modifiers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from communique.extract.events.lexicon import HARM, NOUN, Sense, event_nouns, readings
from communique.extract.events.places import demonym_mention, scenic
from communique.extract.grammar import clauses
from communique.extract.grammar.chunks import Parse, Phrase
from communique.extract.grammar.clauses import Voice
from communique.extract.grammar.inflections import beside_forms, harming_forms, light_forms
from communique.extract.grammar.phrase_table import word_set
from communique.extract.text import Context
from communique.model import EntityType, Mention, Quotation
from communique.resources import lexicon, words

_ACTORS = frozenset({EntityType.PERSON, EntityType.ORG, EntityType.OFFICE, EntityType.STATE})
_PLACES = frozenset({EntityType.PLACE, EntityType.STATE})
_SINGLE = (EntityType.PERSON, EntityType.OFFICE)
_FIRST_PERSON = frozenset({"we", "i", "our", "my", "us", "ours"})
_THIRD_PERSON = frozenset({"it", "its", "they", "their", "he", "his", "she", "her", "them", "him"})
_POSSESSIVE = frozenset({"its", "their", "his", "her"})
_SUFFERING = frozenset({"assault", "coerce", "sanction"})
_OWNED = frozenset({"coerce", "retreat", "adjudicate", "assault", "vote", "other"})
_LOCATED = frozenset({"war", "conflict", "crisis"})
"""What a name before it locates, and does not say who does it ("the 1991 Gulf war")."""
_MOST_WORDS = 9
_WINDOW = 60
_DIRECT = frozenset({"on", "upon", "with", "to", "at"})


@dataclass
class Participants:
    """The mentions in the roles of one trigger, each once."""

    agents: list[Mention] = field(default_factory=list)
    patients: list[Mention] = field(default_factory=list)

    def add(self, role: str, mentions: Sequence[Mention]) -> None:
        """Add mentions to a role, unless they stand in either already."""
        held = self.agents if role == "agent" else self.patients
        for mention in mentions:
            if all(mention.name != other.name for other in (*self.agents, *self.patients)):
                held.append(mention)


@dataclass
class Focus:
    """What pronouns point back to: who speaks ("we"), the actor last named as a subject, the person last named."""

    speakers: tuple[Mention, ...]
    quotations: tuple[Quotation, ...] = ()
    last: Mention | None = None
    person: Mention | None = None

    def first_person(self, offset: int, word: str) -> Mention | None:
        """Return who says "we" or "I" at an offset: who is quoted there, else who issues the statement.

        The body speaks as "we", the person as "I"; a person quoted, who is not the issuer, speaks for nobody else.
        """
        alone = word in {"i", "my", "me"}
        quoted = next((q for q in self.quotations if q.span.begin <= offset < q.span.end), None)
        said = quoted.speaker.mention if quoted is not None and quoted.speaker is not None else None
        if said is not None and all(said.name != s.name for s in self.speakers):
            return said if alone or said.type is not EntityType.PERSON else None
        first = next(iter(self.speakers), None)
        if not alone:
            return first
        single = (s for kind in _SINGLE for s in self.speakers if s.type is kind)
        return next(single, first)

    def update(self, parse: Parse) -> None:
        """Let the first actor of a sentence be what the next sentence's pronouns mean, a subject before others."""
        actors = [m for m in parse.mentions if m is not None and m.type in _ACTORS]
        named = [*_subjects(parse, len(parse.mentions)), *actors]
        self.last = next(iter(named), self.last)
        self.person = next((m for m in named if m.type is EntityType.PERSON), self.person)


def _subjects(parse: Parse, end: int) -> list[Mention]:
    """Return the named actors before a token that head a phrase which nothing governs: subjects, as a rule."""
    out = []
    for phrase in parse.phrases:
        mention = parse.mentions[phrase.head] if phrase.end <= end else None
        if mention is not None and mention.type in _ACTORS and phrase.before not in "PVEG":
            out.append(mention)
    return out


def verb_participants(
    context: Context, parse: Parse, at: int, sense: Sense, voice: Voice, focus: Focus
) -> Participants:
    """Return who takes part in the event that a verb reports."""
    people = Participants()
    resolve = _Resolver(context, parse, sense, focus, at)
    if voice is Voice.ACTIVE:
        subject = clauses.subject(parse, at)
        alone = sense.lemma in words("ergative_verbs") and not clauses.objects(parse, at)
        if subject is not None and (sense.of == "patient" or alone):
            people.add("patient", resolve.patients(clauses.coordinated_left(parse, subject)))
        elif subject is not None:
            actors = resolve.actors(clauses.coordinated_left(parse, subject))
            theirs = any(t.lower in _THIRD_PERSON for t in parse.tokens[subject.begin : subject.end])
            people.add("agent", actors or ([] if theirs else resolve.modifiers(subject, subject.head)))
        people.add("patient", resolve.patients(clauses.objects(parse, at, _object_prepositions(sense))))
    elif voice is Voice.PASSIVE:
        people.add("agent", resolve.actors(clauses.by_phrase(parse, at)))
        subject = clauses.subject(parse, at)
        if subject is not None:
            people.add("patient", resolve.patients(clauses.coordinated_left(parse, subject)))
    else:
        phrase = parse.phrase_at(at)
        if phrase is not None:
            people.add("patient", resolve.patients((phrase,)))
    _from_complements(people, parse, at, sense, resolve, doers=voice is not Voice.ACTIVE)
    return people


def noun_participants(context: Context, parse: Parse, at: int, sense: Sense, focus: Focus) -> Participants:
    """Return who takes part in the event that a noun reports: modifiers, possessor, complements."""
    people = Participants()
    resolve = _Resolver(context, parse, sense, focus, at)
    found = _own_complements(parse, at)
    phrase = parse.phrase_at(at)
    has_of = any(c.preposition == "of" for c in found[:1])
    if phrase is not None and not scenic(sense):
        owned = (
            sense.type in _OWNED and sense.of == "patient" and not has_of and sense.lemma not in words("owned_deeds")
        )
        theirs = parse.words[phrase.begin] in _THIRD_PERSON
        for mention in resolve.owners(phrase, at):
            suffers = theirs or mention.type is EntityType.PERSON or _put_to(mention, sense)
            people.add("patient" if owned and suffers else "agent", [mention])
    _from_complements(people, parse, at, sense, resolve)
    if phrase is not None and not people.agents and not scenic(sense):
        people.add("agent", resolve.actors(_carried_out_by(parse, phrase)))
    if phrase is not None and not people.agents and not scenic(sense):
        people.add("agent", _of_light_verb(parse, phrase, resolve))
    return people


def _put_to(mention: Mention, sense: Sense) -> bool:
    """Return whether a described possessor suffers what a noun says: no body that arrests ("the sailors' arrest")."""
    last = mention.text.split()[-1].lower()
    return mention.type is EntityType.GROUP and sense.type != "assault" and _people().get(last) != "yes"


def actors_of(
    context: Context, parse: Parse, at: int, sense: Sense, focus: Focus, named: Sequence[Phrase]
) -> list[Mention]:
    """Return those of some phrases who can act, as seen from the trigger at a token."""
    return _Resolver(context, parse, sense, focus, at).actors(named)


def _of_light_verb(parse: Parse, phrase: Phrase, resolve: _Resolver) -> list[Mention]:
    """Return the subject of the verb whose object an event noun is ("the board raised allegations")."""
    verb = parse.previous(phrase.begin)
    if verb > 0 and parse.words[verb] == "of" and (counted := parse.phrase_at(verb - 1)) is not None:
        verb = parse.previous(counted.begin) if parse.words[counted.head] in word_set("portions") else -1
    if verb < 1 or parse.classes[verb] not in "VEG" or parse.words[verb] not in light_forms():
        return []
    if resolve.sense.type in HARM and parse.words[verb] not in harming_forms():
        return []
    if parse.words[verb] in beside_forms() and _negated(parse, verb):
        return []
    subject = clauses.subject(parse, verb)
    return resolve.actors(clauses.coordinated_left(parse, subject)) if subject is not None else []


def _carried_out_by(parse: Parse, phrase: Phrase) -> tuple[Phrase, ...]:
    """Return who did what a noun says by the clause behind it ("the bombing of X, which was carried out by Y")."""
    end = clauses.chain_end(parse, phrase)
    index = end + 1 if end < len(parse.tokens) and parse.tokens[end].text == "," else end
    while index < len(parse.classes) and parse.classes[index] in "WBHA":
        index += 1
    if index >= len(parse.classes) or parse.classes[index] != "E" or parse.words[index] not in light_forms():
        return ()
    return clauses.by_phrase(parse, index)


def _negated(parse: Parse, verb: int) -> bool:
    """Return whether "not" or a contraction with it stands in the group of a verb."""
    index = verb - 1
    while index >= 0 and parse.classes[index] in "MBHOXA":
        if parse.classes[index] == "X" or parse.words[index].endswith(("n't", "n’t")):
            return True
        index -= 1
    return False


@dataclass(frozen=True)
class _Resolver:
    """Turns noun phrases of one sentence into mentions."""

    context: Context
    parse: Parse
    sense: Sense
    focus: Focus
    at: int

    def actors(self, phrases: Sequence[Phrase]) -> list[Mention]:
        """Return those of the phrases who can act."""
        return [m for p in phrases for m in self.mentions(p, acting=True)]

    def patients(self, phrases: Sequence[Phrase]) -> list[Mention]:
        """Return those of the phrases who can be acted upon: people and bodies; for violence and force, things too."""
        things = self.sense.type in _SUFFERING
        moved = words("moved_forces") if self.sense.type in {"mobilize", "retreat"} else frozenset()
        suffering = [p for p in phrases if self.parse.words[p.head] not in moved]
        found = [m for p in suffering for m in self.mentions(p, acting=not things)]
        return [m for m in found if m.type not in _PLACES] if self._goes() else found

    def _goes(self) -> bool:
        """Return whether the event leads somewhere, so that a country is where it is ("visit", "deployment to")."""
        return self.sense.type == "mobilize" or self.sense.lemma in words("going_words")

    def mentions(self, phrase: Phrase, acting: bool) -> list[Mention]:
        """Return the mention that a phrase amounts to, in a list of one or none."""
        parse = self.parse
        if parse.classes[phrase.begin] == "R":
            mention = self.pronoun(phrase.begin)
            return [mention] if mention is not None else []
        named = self.named(phrase, acting)
        if named is not None:
            return [named] if not self._apposed_office(phrase, named) else []
        represented = self._represented(phrase)
        if represented:
            return represented
        if (apposed := self._apposed_to(phrase, acting)) is not None:
            return [apposed]
        described = self.described(phrase, acting)
        return [described] if described is not None else []

    def _apposed_office(self, phrase: Phrase, named: Mention) -> bool:
        """Return whether an office stands right before the name of who holds it ("the president, Mara Orrin")."""
        if named.type is not EntityType.OFFICE or phrase.end + 1 >= len(self.parse.tokens):
            return False
        at = phrase.end + 1 if self.parse.tokens[phrase.end].text == "," else phrase.end
        following = self.parse.mentions[at]
        return following is not None and following.type is EntityType.PERSON

    def _apposed_to(self, phrase: Phrase, acting: bool) -> Mention | None:
        """Return the name that a phrase tells more of ("Kestria, a country that ...")."""
        parse = self.parse
        if (
            phrase.begin < 2
            or parse.tokens[phrase.begin - 1].text != ","
            or parse.words[phrase.begin] not in {"a", "an"}
        ):
            return None
        before = parse.phrase_at(phrase.begin - 2)
        listed = before is not None and before.before == "C"
        return self.named(before, acting) if before is not None and not listed else None

    def _represented(self, phrase: Phrase) -> list[Mention]:
        """Return those for whom others act, where two or more are named ("the leaders of Varenia and Ostmark")."""
        if self.parse.words[phrase.head] not in word_set("proxies") or phrase.end + 1 >= len(self.parse.tokens):
            return []
        first: Phrase | None = phrase
        while first is not None and self.parse.words[first.head] in word_set("proxies"):
            of = first.end
            first = (
                self.parse.phrase_from(of + 1)
                if self.parse.tokens[of : of + 1] and self.parse.words[of] == "of"
                else None
            )
        if first is None:
            return self._sharing_proxy(phrase)
        named = [m for p in clauses.coordinated(self.parse, first) if (m := self.named(p, True)) is not None]
        return named if len(named) > 1 else []

    def _sharing_proxy(self, phrase: Phrase) -> list[Mention]:
        """Return who is named last before a noun that a list shares ("the army and Kestria delegations")."""
        if phrase.before != "C":
            return []
        last = self.parse.mentions[phrase.head - 1] if phrase.head > phrase.begin else None
        return [last] if last is not None and last.type in _ACTORS else []

    def named(self, phrase: Phrase, acting: bool) -> Mention | None:
        """Return the named mention that is the head of a phrase; a person before the office in front of the name."""
        inside = [m for m in self.parse.mentions[phrase.begin : phrase.end] if m is not None]
        head = phrase.head
        if head > phrase.begin and self.parse.mentions[head] is None and _ADJECTIVE.fullmatch(self.parse.words[head]):
            head -= 1
        if not inside or inside[-1] is not self.parse.mentions[head]:
            return None
        persons = [m for m in inside if m.type is EntityType.PERSON]
        chosen = persons[-1] if persons else inside[-1]
        if chosen.type in _ACTORS or (not acting and chosen.type is EntityType.PLACE):
            return chosen
        return None

    def described(self, phrase: Phrase, acting: bool) -> Mention | None:
        """Return a group or body that a phrase describes ("the armed forces of Varenia", "more than 200 civilians")."""
        parse = self.parse
        begin = phrase.begin
        while begin < phrase.end and parse.classes[begin] == "D" and parse.words[begin] not in word_set("kept"):
            begin += 1
        end = clauses.chain_end(parse, phrase)
        if begin >= phrase.end or (begin <= self.at < phrase.end and self.sense.pos == NOUN):
            return None
        if begin <= self.at < phrase.end:
            begin = self.at + 1
        head = parse.words[phrase.head]
        counted = head in word_set("crowds") and not (acting and self.harmful())  # "thousands more were held"
        if parse.classes[phrase.head] == "U" and end == phrase.end and not counted:
            return None
        quantified = head in word_set("quantities") and end > phrase.end
        head = parse.words[end - 1] if quantified else head
        kind = (
            "yes"
            if counted and end == phrase.end
            else _people().get(head) or ("yes" if self._capitalised(begin, phrase.end) else None)
        )
        if kind is None and (acting or head in _abstract() or self._joined_adjective(phrase)):
            return None
        if any(t.lower in _calendar() for t in parse.tokens[begin:end]):
            return None
        if end - begin > _MOST_WORDS and not quantified:
            end = phrase.end
        return self._mention(self._with_bound(begin), end, phrase)

    def _capitalised(self, begin: int, end: int) -> bool:
        """Return whether a phrase is a name that no rule knew ("the Lantern Room", "Orrin")."""
        if self.context.text.mostly_upper or begin == 0:
            return False
        tokens = self.parse.tokens[begin:end]
        if len(tokens) == 1 and tokens[0].lower in words("common_words"):
            return False
        return all(_NAME.fullmatch(t.text) for t in tokens)

    def _joined_adjective(self, phrase: Phrase) -> bool:
        """Return whether a phrase is but the first of two adjectives ("gross and systemic violations")."""
        if phrase.end >= len(self.parse.classes):
            return False
        listed = self.parse.classes[phrase.end] == "C" or self.parse.tokens[phrase.end].text == ","
        head = self.parse.words[phrase.head]
        return listed and (bool(_ADJECTIVE.fullmatch(head)) or head in _judging_adjectives())

    def _with_bound(self, begin: int) -> int:
        """Return where a count begins with its bound ("more than 200 civilians")."""
        parse = self.parse
        if parse.classes[begin] != "U" or begin == 0:
            return begin
        words_before = tuple(t.lower for t in parse.tokens[max(0, begin - 2) : begin])
        if "_".join(words_before) in word_set("bounds_of_two"):
            return begin - 2
        return begin - 1 if words_before[-1] in word_set("bounds_of_one") else begin

    def _mention(self, begin: int, end: int, phrase: Phrase) -> Mention | None:
        if end <= begin:
            return None
        span = self.parse.span(begin, end)
        text = self.context.text.of(span)
        country = self._country(begin, end)
        head = self.parse.words[phrase.head]
        if country and head in _bodies():
            return Mention(span, text, EntityType.ORG, " ".join(text.split()), "chunk", 0.6, "", country)
        return Mention(span, text, EntityType.GROUP, " ".join(text.split()), "chunk", 0.55)

    def _country(self, begin: int, end: int) -> str:
        for index in range(begin, end):
            mention = self.parse.mentions[index]
            if mention is not None and mention.country:
                return mention.country
            adjective = demonym_mention(self.context, self.parse, index)
            if adjective is not None:
                return adjective.country
        return ""

    def owners(self, phrase: Phrase, at: int) -> list[Mention]:
        """Return the modifiers of a noun, or the possessor that it shares with the noun or adjective joined before it.

        Possessors may be several ("Orrin, Varenia and Ostmark's attack").
        """
        found = self.modifiers(phrase, at)
        if found:
            return [*self._joined_owners(phrase, at), *found]
        if phrase.before != "C" or phrase.begin < 2:
            return found
        earlier = self.parse.phrase_at(phrase.begin - 2)
        shared = (
            earlier is not None
            and any(c == "D" for c in self.parse.classes[earlier.begin : earlier.head])
            and (self.parse.words[earlier.head] in _abstract() or self._joined_adjective(earlier))
        )
        return self.modifiers(earlier, earlier.head) if earlier is not None and shared else []

    def _joined_owners(self, phrase: Phrase, at: int) -> list[Mention]:
        """Return those whom a conjunction joins to the possessor that opens a phrase."""
        marks = [i for i in range(phrase.begin, at) if self.parse.words[i] in {"'s", "’s"}]
        if not marks or phrase.before != "C":
            return []
        first = Phrase(phrase.begin, marks[0], phrase.before)
        others = clauses.coordinated_left(self.parse, first)[:-1]
        return [m for p in others if (m := self.named(p, True) or self._by_capitals(p)) is not None]

    def _by_capitals(self, phrase: Phrase) -> Mention | None:
        """Return who is named by a capitalised word that no rule knew."""
        begin, end = phrase.begin, phrase.end
        return self._mention(begin, end, phrase) if self._capitalised(begin, end) else None

    def modifiers(self, phrase: Phrase, at: int) -> list[Mention]:
        """Return possessor and adjectives of nations before a noun ("Varenia's", "the Ostmark army's", "their")."""
        parse = self.parse
        out: list[Mention] = []
        index = phrase.begin
        while index < at:
            mention = parse.mentions[index]
            lower = parse.words[index]
            if mention is not None and mention.type in _ACTORS:
                while index < at and parse.mentions[index] is mention:
                    index += 1
                held = parse.mentions[index] if index < at else None
                if not (mention.type is EntityType.OFFICE and held is not None and held.type is EntityType.PERSON):
                    out.append(mention)
                continue
            if lower in _THIRD_PERSON and parse.words[index + 1] == "own" and self.harmful():
                return out  # who lives through "its own war" need not wage it
            if parse.classes[index] == "D" and lower in _FIRST_PERSON | _THIRD_PERSON:
                out += [m for m in [self.pronoun(index)] if m is not None]
            elif (adjective := demonym_mention(self.context, parse, index)) is not None:
                body = self._body_from(index, at)
                out.append(body or adjective)
                index = index + 1 if body is None else max(index + 1, self._body_end(index, at))
                continue
            elif self._proper(index, at):
                out.append(self._named_adjective(index))
            elif lower in {"'s", "’s"} and not out and index > phrase.begin:
                owner = self.described(Phrase(phrase.begin, index, phrase.before), acting=True)
                out += [owner] if owner is not None else []
            index += 1
        return out

    def _proper(self, index: int, at: int) -> bool:
        """Return whether a capitalised word that is no known name stands before the trigger ("Korvi attacks")."""
        token = self.parse.tokens[index]
        plain = (
            self.parse.classes[index] == "N"
            and token.text.istitle()
            and token.text.isalpha()
            and index > 0
            and self.parse.classes[index - 1] != "U"
            and self.sense.lemma not in _LOCATED
            and not self.context.text.mostly_upper
            and token.lower not in words("common_words")
            and token.lower not in _calendar()
        )
        return plain and index + 1 == at and self.parse.tokens[at].text.islower() and self.parse.mentions[index] is None

    def _named_adjective(self, index: int) -> Mention:
        token = self.parse.tokens[index]
        return Mention(token.span, token.text, EntityType.GROUP, token.text, "chunk", 0.45)

    def _body_end(self, begin: int, at: int) -> int:
        return next((i + 1 for i in range(begin, at) if self.parse.words[i] in _bodies()), begin)

    def _body_from(self, begin: int, at: int) -> Mention | None:
        end = self._body_end(begin, at)
        return self._mention(begin, end, Phrase(begin, end, "D")) if end > begin else None

    def pronoun(self, index: int) -> Mention | None:
        """Return whom a pronoun means: the speaker, or the nearest actor before it."""
        word = self.parse.words[index]
        if word == "it" and self.parse.classes[index + 1 : index + 3] == "BT":
            return None  # "how easy it is to ..." means nobody
        if word in _FIRST_PERSON:
            return self.focus.first_person(self.parse.tokens[index].begin, word)
        if word not in _THIRD_PERSON:
            return None
        if (blamed := self._object_before(index)) is not None:
            return blamed
        personal = word in {"he", "his", "she", "her", "him"}
        near = self.parse.mentions[max(0, index - _WINDOW) : index]
        actors = list(dict.fromkeys(m for m in near if m is not None and m.type in _ACTORS))
        many = word in {"they", "their", "them"}
        if word in {"it", "they", "he", "she"} and (speaker := self._who_says(index)) is not None:
            return speaker
        fitting = [
            m for m in actors if (m.type is EntityType.PERSON) == personal and not (many and m.type is EntityType.STATE)
        ]
        subjects = [m for m in _subjects(self.parse, index) if m in fitting]
        if fitting and self.harmful() and self.sense.pos == NOUN:
            chosen = subjects[0] if len(subjects) == 1 else fitting[0] if len(fitting) == 1 else None
            return chosen if chosen is not None and not self._others_between(chosen, index) else None
        if fitting:
            return subjects[0] if subjects else fitting[-1] if len(fitting) == 1 or not self.harmful() else None
        last = self.focus.person if personal else self.focus.last
        if last is None or (many and last.type is EntityType.STATE):
            return None
        return last if (last.type is EntityType.PERSON) == personal else None

    def _object_before(self, index: int) -> Mention | None:
        """Return whom "for" and a possessive pronoun point back to: the object ("punished Kestria for its attack")."""
        parse = self.parse
        if index < 2 or parse.words[index - 1] != "for" or parse.words[index] not in _POSSESSIVE:
            return None
        phrase = parse.phrase_at(index - 2)
        if phrase is None:
            return None
        first = parse.phrase_at(clauses.chain_begin(parse, phrase)) or phrase
        before = parse.previous(first.begin)
        acted_on = before >= 0 and (parse.classes[before] in "VG" or parse.words[before] in {"on", "against"})
        active = before >= 0 and parse.classes[before] == "E" and clauses.voice(parse, before) is Voice.ACTIVE
        named = self.named(first, True) if acted_on or active else None
        personal = parse.words[index] in {"his", "her"}
        return named if named is not None and (named.type is EntityType.PERSON) == personal else None

    def _who_says(self, index: int) -> Mention | None:
        """Return who says of itself what a pronoun begins ("Kestria, which announced that it is giving aid")."""
        parse = self.parse
        verb = index - 1 if index < 2 or parse.words[index - 1] != "that" else index - 2
        if verb < 1 or parse.classes[verb] not in "VE" or parse.words[verb] not in words("statement_verbs", "verb"):
            return None
        subject = clauses.subject(parse, verb)
        named = self.named(subject, True) if subject is not None and parse.classes[subject.begin] != "R" else None
        personal = parse.words[index] in {"he", "she"}
        return named if named is not None and (named.type is EntityType.PERSON) == personal else None

    def _others_between(self, mention: Mention, index: int) -> bool:
        """Return whether somebody else is described between a name and a pronoun ("punish the junta for its")."""
        end = self.parse.tokens[index].begin
        tokens = self.parse.tokens
        heads = (p.head for p in self.parse.phrases if mention.span.end <= tokens[p.begin].begin < end)
        return any(tokens[h].lower in _people() for h in heads)

    def harmful(self) -> bool:
        """Return whether the event harms somebody, so that a doubtful pronoun must not name who does it."""
        return self.sense.type in HARM


def _from_complements(
    people: Participants, parse: Parse, at: int, sense: Sense, resolve: _Resolver, *, doers: bool = True
) -> None:
    """Add those whom prepositions introduce; ``doers`` says whether they may do it (not behind an active verb)."""
    for complement in _own_complements(parse, at):
        if complement.preposition == "on" and (by := _on_the_part_of(parse, complement)) is not None:
            people.add("agent", resolve.actors(by))
            continue
        role = _role(complement.preposition, sense)
        if complement.preposition == "of" and (joined := _last_joined(parse, at)) != at:
            role = _role_of(parse.words[joined])
        if role == "agent" and doers:
            people.add("agent", resolve.actors(complement.phrases))
        elif role == "patient":
            people.add("patient", resolve.patients(complement.phrases))


def _on_the_part_of(parse: Parse, complement: clauses.Complement) -> tuple[Phrase, ...] | None:
    """Return whom "on the part of" names as doers."""
    part = complement.phrases[0]
    if parse.words[part.head] != "part" or part.end + 1 >= len(parse.tokens):
        return None
    whose = parse.phrase_from(part.end + 1) if parse.words[part.end] == "of" else None
    return clauses.coordinated(parse, whose) if whose is not None else None


def _own_complements(parse: Parse, at: int) -> list[clauses.Complement]:
    """Return the complements of a trigger up to the next event noun, to which those behind it belong."""
    out: list[clauses.Complement] = []
    for complement in clauses.complements(parse, _last_joined(parse, at)):
        if complement.preposition == "of" and out and out[-1].preposition != "of":
            break
        out.append(complement)
        head = parse.tokens[complement.phrases[-1].head].lower
        if head in event_nouns() and head not in _people():
            break
    return out


def _role_of(noun: str) -> str:
    """Return what "of" introduces behind a noun, by its first sense."""
    senses = (s for r in readings().get(noun, ()) if r.pos == NOUN for s in r.senses if s.of)
    return next((s.of for s in senses), "")


def _last_joined(parse: Parse, at: int) -> int:
    """Return the head of the event noun that shares its complements with a noun before it ("removal and arrest of")."""
    phrase = parse.phrase_at(at)
    if phrase is None or parse.classes[at] != "N" or parse.classes[phrase.end : phrase.end + 1] != "C":
        return at
    following = parse.phrase_from(phrase.end + 1)
    if following is None or parse.tokens[following.end : following.end + 1] == ():
        return at
    event = parse.words[following.head] in event_nouns()
    shared = event and parse.classes[following.begin] != "D" and parse.classes[following.end] == "P"
    return following.head if shared else at


def _role(preposition: str, sense: Sense) -> str:
    if preposition == "of":
        return sense.of if sense.pos == NOUN else ""
    for pos, types, role in _prepositions().get(preposition, ()):
        if pos in {sense.pos, "both"} and ("*" in types or sense.type in types):
            return role
    return ""


def _object_prepositions(sense: Sense) -> frozenset[str]:
    return frozenset(p for p in _DIRECT if _role(p, sense) == "patient")


@cache
def _people() -> dict[str, str]:
    nouns = {row["word"]: row["acts"] for row in lexicon("people_nouns")}
    return {**dict.fromkeys(words("actor_nouns"), "yes"), **nouns}


@cache
def _calendar() -> frozenset[str]:
    """Names of months and weekdays, but for those that are as often a verb or a person's name."""
    return frozenset(row["word"].lower() for row in lexicon("calendar") if not row["ambiguous"])


@cache
def _judging_adjectives() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon("evaluative_words") if row["pos"] == "adjective")


@cache
def _bodies() -> frozenset[str]:
    return words("state_bodies")


@cache
def _abstract() -> frozenset[str]:
    """Nouns that are no patients: triggers themselves and words for doings and qualities."""
    return event_nouns() | words("abstract_nouns")


@cache
def _prepositions() -> dict[str, tuple[tuple[str, frozenset[str], str], ...]]:
    out: dict[str, list[tuple[str, frozenset[str], str]]] = {}
    for row in lexicon("role_prepositions"):
        entry = (row["pos"], frozenset(row["types"].split("|")), row["role"])
        out.setdefault(row["preposition"], []).append(entry)
    return {preposition: tuple(entries) for preposition, entries in out.items()}


_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]*(?<![A-Z]s)")  # not the plural of an acronym, which names things ("UAVs")
_ADJECTIVE = re.compile(r"gross|responsible|.*(?:ous|ive|able|ible|ful|less|ic|ical|ial|nal|ral|gal|ual)")
