"""Mention -> entity: mentions of one type that carry one record or one full name are one entity of the document.

Extraction has already given every mention its full name (acronyms, surnames, "the Ministry"); here they become
entities with an IRI path, a label, all names the text uses, and the body an office is held in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from communique.authority import gazetteer
from communique.authority.names import is_name
from communique.authority.naming import is_participant, is_telling
from communique.authority.records import Authority, Record
from communique.link.named import is_body, is_heading, located, named, speaks
from communique.model import (
    Attribution,
    Demand,
    Entity,
    EntityType,
    Event,
    Mention,
    Quotation,
    Reading,
    Role,
    Statement,
)
from communique.resources import words
from communique.vocab import slug

_TITLE = re.compile(r"^(?:(?:Mr|Mrs|Ms|Dr|Prof|Professor|Hon|Sir|Lady|Lord|Rev|H\.E|The)\.?\s+)+(?=\S)")

_ARTICLE = re.compile(r"^(?:the|The|THE)\s+")
_POSSESSIVE = re.compile(r"[’'`](?:s|S)?$")
_SPACE = re.compile(r"\s+")

_NATIONAL = frozenset({EntityType.ORG, EntityType.OFFICE})
"""What a state has: named by it, it is the state's."""

_SPEAKING = frozenset({EntityType.PERSON, EntityType.ORG})
"""What is named by speaking."""

_Identity = tuple[EntityType, str]
"""What makes two mentions one entity: the type, and the record's key or else the name."""


@dataclass
class _Cluster:
    """The mentions of one entity."""

    type: EntityType
    key: str
    mentions: list[Mention] = field(default_factory=list)


def link(reading: Reading, authority: Authority) -> Reading:
    """Return the reading with the entity of every role set and all entities listed, sorted by path."""
    reading = _with_countries(reading, authority)
    speaking = {role.mention.name for role in _speakers(reading)}
    known: dict[Mention, tuple[Mention, _Identity]] = {}

    def identified(mention: Mention) -> tuple[Mention, _Identity]:
        """Return a mention with its record, and its identity; the same words stand in many roles."""
        found = known.get(mention)
        if found is None:
            recorded = _recorded(mention, authority)
            unnamed = _is_bare_office(recorded) or not is_participant(recorded)
            if unnamed and mention.name not in speaking:
                recorded = _described(recorded)
            found = known[mention] = (recorded, _identity(recorded))
        return found

    typed = {(EntityType.OFFICE, name) for name in speaking}
    typed |= {(EntityType.INSTRUMENT, role.mention.name) for s in reading.statements for role in s.cites}
    weak = _unnamed(reading, map(identified, _mentions(reading)), frozenset(speaking))

    def settled(mention: Mention) -> tuple[Mention, _Identity]:
        """Return what :func:`identified` does, of what has no name as something described."""
        recorded, identity = identified(mention)
        if identity not in weak or (recorded.type, mention.name) in typed:
            return recorded, identity
        return _described(recorded), _identity(_described(recorded))

    def resolve(role: Role) -> Role:
        entity = entities[settled(role.mention)[1]]
        return Role(role.mention, role.evidence, role.cue, role.confidence, entity)

    def has_name(role: Role) -> bool:
        return settled(role.mention)[0].type is not EntityType.GROUP

    reading = _only_named(reading, has_name)
    clusters: dict[_Identity, _Cluster] = {}
    for role in _roles(reading):
        mention, identity = settled(role.mention)
        if identity not in clusters:
            clusters[identity] = _Cluster(mention.type, mention.key)
        clusters[identity].mentions.append(mention)
    for mention, identity in map(settled, reading.mentions):
        if identity in clusters:
            clusters[identity].mentions.append(mention)
    document = reading.document.id
    entities = {
        identity: replace(_entity(cluster, document, authority), described=identity in weak)
        for identity, cluster in clusters.items()
    }
    entities = _with_posts(entities, clusters, document, authority)
    by_path = {e.path: e for e in entities.values()}
    return replace(
        reading,
        statements=tuple(_map_statement(s, resolve) for s in reading.statements),
        publisher=resolve(reading.publisher) if reading.publisher else None,
        entities=tuple(by_path[p] for p in sorted(by_path)),
    )


def _mentions(reading: Reading) -> Iterator[Mention]:
    yield from (role.mention for role in _roles(reading))
    yield from reading.mentions


def _unnamed(
    reading: Reading, found: Iterable[tuple[Mention, _Identity]], speaking: frozenset[str]
) -> frozenset[_Identity]:
    """Return what of a document has no record and is not :func:`named`; who speaks in it is."""
    clusters: dict[_Identity, list[Mention]] = {}
    for mention, identity in found:
        clusters.setdefault(identity, []).append(mention)
    weak: set[_Identity] = set()
    for identity, mentions in clusters.items():
        first = mentions[0]
        if first.type is EntityType.PLACE and first.key and not located(mentions, reading.document.text):
            weak.add(identity)
        if first.key or first.type in (EntityType.GROUP, EntityType.STATE):
            continue
        own = first.type in _SPEAKING and any(m.name in speaking and speaks(m, reading.document.text) for m in mentions)
        own = own or (bool(reading.header.publisher) and _publishes(reading, mentions))
        if not own and not named(mentions, reading.document.text):
            weak.add(identity)
    return frozenset(weak)


def _publishes(reading: Reading, mentions: list[Mention]) -> bool:
    """Return whether something is called the publisher by the head of its document."""
    publisher = reading.publisher.mention if reading.publisher is not None else None
    if publisher is None or publisher not in mentions:
        return False
    return publisher.name[:1].isupper() and not is_heading(publisher.name)


def _speakers(reading: Reading) -> Iterator[Role]:
    """Yield who speaks and publishes, and in which office: there a title alone is all that the text gives."""
    if reading.publisher:
        yield reading.publisher
    for statement in reading.statements:
        for attribution in statement.attributions:
            yield from (r for r in (attribution.issuer, attribution.capacity, attribution.on_behalf_of) if r)


def _with_countries(reading: Reading, authority: Authority) -> Reading:
    """Give the office in which somebody speaks the country of the body or state spoken for."""
    return replace(
        reading,
        statements=tuple(
            replace(s, attributions=tuple(_with_country(a, authority) for a in s.attributions))
            for s in reading.statements
        ),
    )


def _with_country(attribution: Attribution, authority: Authority) -> Attribution:
    capacity, principal = attribution.capacity, attribution.on_behalf_of
    if capacity is None or principal is None or capacity.mention.key or capacity.mention.country:
        return attribution
    body = _recorded(principal.mention, authority)
    post = authority.post(capacity.mention.name, body.key) if body.key else None
    if post is not None:
        return replace(attribution, capacity=_with_mention(capacity, post.country, post.key))
    if not body.country or not _is_of_state(capacity.mention, body.country, authority):
        return attribution
    return replace(attribution, capacity=_with_mention(capacity, body.country))


def _with_mention(role: Role, country: str, key: str = "") -> Role:
    return replace(role, mention=replace(role.mention, country=country, key=key))


def _is_of_state(office: Mention, country: str, authority: Authority) -> bool:
    """Return whether a bare title is that of an office which states have ("Foreign Minister"), and no body's own."""
    return not office.within and _national(replace(office, country=country), authority) is not None


def _only_named(reading: Reading, named: Callable[[Role], bool]) -> Reading:
    """Leave out what only something with a name can be: what is mentioned or cited, places, offices, the publisher."""

    def kept(roles: tuple[Role, ...]) -> tuple[Role, ...]:
        return tuple(filter(named, roles))

    def office(attribution: Attribution) -> Attribution:
        capacity = attribution.capacity
        return attribution if capacity is None or named(capacity) else replace(attribution, capacity=None)

    return replace(
        reading,
        publisher=reading.publisher if reading.publisher and named(reading.publisher) else None,
        statements=tuple(
            replace(
                s,
                attributions=tuple(map(office, s.attributions)),
                events=tuple(replace(e, places=kept(e.places)) for e in s.events),
                cites=kept(s.cites),
                mentions=kept(s.mentions),
            )
            for s in reading.statements
        ),
    )


def _recorded(mention: Mention, authority: Authority) -> Mention:
    """Give a mention its record where its name is one that a single record of its type bears, else its country."""
    if mention.key:
        return mention if mention.key in authority or is_name(mention.name) else _described(mention)
    if mention.type is EntityType.GROUP:
        return mention
    if mention.type is EntityType.PERSON:
        return mention if is_name(_plain(mention)) else _described(mention)
    found = [r for r in authority.by_name(mention.name) if r.type == mention.type and mention.name not in r.weak]
    if not found and mention.type in _NATIONAL and (made := _national(mention, authority)):
        found = [made]
    if len(found) == 1:
        return replace(mention, key=found[0].key, country=found[0].country, within=found[0].post_in)
    if not is_name(mention.name):
        return _described(mention)
    if mention.type in _NATIONAL and not mention.country:
        return replace(mention, country=authority.owner(mention.name))
    return mention


def _is_bare_office(mention: Mention) -> bool:
    """Return whether a mention is a title that does not say whose ("the President"): it describes somebody then."""
    return mention.type is EntityType.OFFICE and not is_telling(mention)


def _described(mention: Mention) -> Mention:
    """Return a mention of what has no name as one of a group that the text describes."""
    return replace(mention, type=EntityType.GROUP, key="")


def _national(mention: Mention, authority: Authority) -> Record | None:
    """Return the record of a state's body or office: the state stands in the name, or is known from what is around."""
    made = authority.national(mention.name, mention.type)
    state = authority.state(mention.country) if made is None and mention.country and not mention.within else None
    return made if state is None else authority.national(f"{mention.name} of {state.label}", mention.type)


def _identity(mention: Mention) -> _Identity:
    return (mention.type, mention.key or slug(_plain(mention)))


def _plain(mention: Mention) -> str:
    return _TITLE.sub("", mention.name) if mention.type == EntityType.PERSON else mention.name


def _entity(cluster: _Cluster, document: str, authority: Authority) -> Entity:
    used = sorted(_names_used(cluster.mentions))
    if cluster.key and cluster.key in authority:
        record = authority.get(cluster.key)
        names = sorted({*used, *record.all_names} - {record.label})
        return Entity(record.key, record.type, record.label, tuple(names), record.country, record.key)
    label = _plain(next((m for m in cluster.mentions if not m.name.isupper()), cluster.mentions[0]))
    country = next((m.country for m in cluster.mentions if m.country), "")
    if cluster.key:
        place = gazetteer.get(cluster.key)
        if place is not None:
            label, country = place.label, place.country
        return Entity(cluster.key, cluster.type, label, tuple(n for n in used if n != label), country, cluster.key)
    path = f"{cluster.type}/{document}-{slug(label)}"  # case makes no difference to a slug
    return Entity(path, cluster.type, label, tuple(n for n in used if n != label), country)


def _names_used(mentions: Iterable[Mention]) -> set[str]:
    """Return the names and the words of mentions as they stand in the text, white space folded."""
    pairs = {(m.name, m.text) for m in mentions if m.source != "post"}  # known from the office's record, not named
    found = {" ".join(name.split()) for name, _ in pairs}
    for _, text in pairs:
        words = _SPACE.sub(" ", text).strip(" ,;:.")
        found.add(_POSSESSIVE.sub("", _ARTICLE.sub("", words)).strip() or words)
    return found


def _with_posts(
    entities: dict[_Identity, Entity], clusters: dict[_Identity, _Cluster], document: str, authority: Authority
) -> dict[_Identity, Entity]:
    """Give every office the body it belongs to, adding that body where no role names it."""
    out = dict(entities)
    for identity, entity in entities.items():
        if entity.type != EntityType.OFFICE:
            continue
        body = _body(clusters[identity], document, authority, out)
        if body is not None:
            out[identity] = replace(entity, post_in=body.path)
    return out


def _body(cluster: _Cluster, document: str, authority: Authority, entities: dict[_Identity, Entity]) -> Entity | None:
    if cluster.key and cluster.key in authority and authority.get(cluster.key).post_in:
        record = authority.get(authority.get(cluster.key).post_in)
        entity = Entity(record.key, record.type, record.label, record.all_names[1:], record.country, record.key)
        return entities.setdefault((record.type, record.key), entity)
    within = next((m.within for m in cluster.mentions if m.within and m.within not in authority), "")
    name = _ARTICLE.sub("", within)
    if not name or not is_name(name) or name.casefold() in words("generic_bodies"):
        return None
    country = next((m.country for m in cluster.mentions if m.country), "")
    kinds = (EntityType.ORG, EntityType.STATE)
    found = [r for r in authority.by_name(name) if r.type in kinds]
    if not found and (made := authority.national(name, EntityType.ORG)):
        found = [made]
    mention = Mention(cluster.mentions[0].span, name, EntityType.ORG, name, "office", 0.7, "", country)
    nation = f"place/{authority.demonym(name).lower()}" if authority.demonym(name) else ""
    if len(found) == 1:
        mention = replace(mention, type=found[0].type, key=found[0].key)
    elif nation in authority:  # "the Varenian minister": the state itself
        mention = replace(mention, type=EntityType.STATE, key=nation)
    identity = _identity(mention)
    if not mention.key and not is_body(name, country):
        return None
    if identity not in entities:
        entities[identity] = _entity(_Cluster(mention.type, mention.key, [mention]), document, authority)
    return entities[identity]


def _roles(reading: Reading) -> Iterator[Role]:
    if reading.publisher:
        yield reading.publisher
    for statement in reading.statements:
        for attribution in statement.attributions:
            yield from (r for r in (attribution.issuer, attribution.capacity, attribution.on_behalf_of) if r)
        yield from statement.recipients
        for event in statement.events:
            yield from (*event.agents, *event.patients, *event.places)
            if event.source is not None:
                yield event.source
        for demand in statement.demands:
            yield from demand.addressees
        yield from (q.speaker for q in statement.quotations if q.speaker)
        yield from (*statement.cites, *statement.mentions)


_Resolver = Callable[[Role], Role]


def _map_statement(statement: Statement, resolve: _Resolver) -> Statement:
    attributions = tuple(_map_attribution(a, resolve) for a in statement.attributions)
    return replace(
        statement,
        label=_relabelled(statement.label, attributions),
        attributions=attributions,
        recipients=tuple(map(resolve, statement.recipients)),
        events=tuple(_map_event(e, resolve) for e in statement.events),
        demands=tuple(_map_demand(d, resolve) for d in statement.demands),
        quotations=tuple(_map_quotation(q, resolve) for q in statement.quotations),
        cites=tuple(map(resolve, statement.cites)),
        mentions=tuple(map(resolve, statement.mentions)),
    )


def _relabelled(label: str, attributions: tuple[Attribution, ...]) -> str:
    """Return the statement's label with the issuer called as its entity is (the text may name it in capitals)."""
    for attribution in attributions[:1]:
        if attribution.issuer.entity is not None:
            return label.replace(attribution.issuer.mention.name, attribution.issuer.entity.label)
    return label


def _map_attribution(attribution: Attribution, resolve: _Resolver) -> Attribution:
    return Attribution(
        resolve(attribution.issuer),
        resolve(attribution.capacity) if attribution.capacity else None,
        resolve(attribution.on_behalf_of) if attribution.on_behalf_of else None,
    )


def _map_event(event: Event, resolve: _Resolver) -> Event:
    return replace(
        event,
        agents=tuple(map(resolve, event.agents)),
        patients=tuple(map(resolve, event.patients)),
        places=tuple(map(resolve, event.places)),
        source=resolve(event.source) if event.source else None,
    )


def _map_demand(demand: Demand, resolve: _Resolver) -> Demand:
    return replace(demand, addressees=tuple(map(resolve, demand.addressees)))


def _map_quotation(quotation: Quotation, resolve: _Resolver) -> Quotation:
    return replace(quotation, speaker=resolve(quotation.speaker) if quotation.speaker else None)
