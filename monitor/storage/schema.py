"""The tables. Portable types only: the same schema stands on SQLite and on PostgreSQL.

What a table is for stands in its comment; the words are those of the design. Rules (what is new, who is told) are not here.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from monitor.storage.types import JsonText, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BigId = BigInteger().with_variant(Integer, "sqlite")
"""SQLite gives row ids to INTEGER PRIMARY KEY only."""


def _id() -> Column[int]:
    """Return the key. Its tables are `sqlite_autoincrement`: references and the audit log name ids, so none is given twice."""
    return Column("id", BigId, primary_key=True)


def _to(column: str, *, name: str, is_required: bool = True, on_delete: str = "CASCADE") -> Column[int]:
    return Column(name, BigId, ForeignKey(column, ondelete=on_delete), nullable=not is_required)


memory = Table(
    "memory",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    comment="Small things that the service remembers: matched_with, revisions, days on which daily work was done.",
)

person = Table(
    "person",
    metadata,
    _id(),
    Column("external_id", String(200), nullable=False, unique=True),
    Column("surname", Text, nullable=False),
    Column("given_names", JsonText, nullable=False),
    Column("call_name", Text, nullable=False),
    Column("initials", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("partner_prefix", Text, nullable=False),
    Column("partner_surname", Text, nullable=False),
    Column("name_usage", String(16), nullable=False),
    Column("aliases", JsonText, nullable=False),
    Column("handles", JsonText, nullable=False),
    Column("switched_off", JsonText, nullable=False, comment="spellings that are not to be recognised"),
    Column("email", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("context", JsonText, nullable=False),
    Column("not_context", JsonText, nullable=False),
    Column("team", Text, nullable=False),
    Column("deputy", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("ground", Text, nullable=False),
    Column("informed_on", Date),
    Column("number", BigInteger, nullable=False, comment="matched_with at which the present spelling was first matched"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("retired_at", UtcDateTime, index=True),
    comment="A registered employee.",
    sqlite_autoincrement=True,
)

channel = Table(
    "channel",
    metadata,
    _id(),
    Column("name", String(200), nullable=False, unique=True, comment="from the configuration, or person-<id>"),
    Column("role", String(16), nullable=False),
    _to("person.id", name="person_id", is_required=False),
    Column("notifier", String(100), nullable=False),
    Column("address", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("confirmed_at", UtcDateTime),
    Column("code_hash", String(64), comment="salted hash of the code that its owner has to enter"),
    Column("code_expires_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("retired_at", UtcDateTime),
    Index("ix_channel_person", "person_id"),
    comment="One confirmed way to reach somebody.",
    sqlite_autoincrement=True,
)

source = Table(
    "source",
    metadata,
    _id(),
    Column("name", String(200), nullable=False, unique=True),
    Column("provider", String(100), nullable=False),
    Column("origin", String(16), nullable=False),
    Column("settings_hash", String(64), nullable=False, comment="another address is another Source: it seeds anew"),
    Column("every_seconds", Integer, nullable=False),
    Column("next_poll_at", UtcDateTime, comment="Feeds only; a Search has Watches"),
    Column("not_before", UtcDateTime, comment="the source asked to be left alone until then"),
    Column("state", JsonText, nullable=False),
    Column("state_number", BigInteger, nullable=False, comment="matched_with of the Look that brought the state"),
    Column("first_look_at", UtcDateTime),
    Column("first_whole_look_at", UtcDateTime),
    Column("last_look_at", UtcDateTime),
    Column("last_ok_at", UtcDateTime),
    Column("last_outcome", String(16), nullable=False),
    Column("last_detail", Text, nullable=False),
    Column("failures", Integer, nullable=False, comment="failed Looks in a row"),
    Column("moved_to", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("retired_at", UtcDateTime),
    comment="One configured instance of a Provider, and how it is doing.",
    sqlite_autoincrement=True,
)

watch = Table(
    "watch",
    metadata,
    _id(),
    _to("source.id", name="source_id"),
    _to("person.id", name="person_id"),
    Column("next_ask_at", UtcDateTime, nullable=False),
    Column("failures", Integer, nullable=False),
    UniqueConstraint("source_id", "person_id"),
    Index("ix_watch_due", "next_ask_at"),
    Index("ix_watch_person", "person_id"),
    comment="The standing obligation to ask that Search about this Person.",
    sqlite_autoincrement=True,
)

asked_form = Table(
    "asked_form",
    metadata,
    _id(),
    _to("source.id", name="source_id"),
    _to("person.id", name="person_id"),
    Column("form", Text, nullable=False),
    Column("first_asked_at", UtcDateTime, nullable=False),
    Column("first_whole_at", UtcDateTime),
    UniqueConstraint("source_id", "person_id", "form"),
    Index("ix_asked_form_person", "person_id"),
    comment="Which spellings a Search has been asked for: the first whole asking of a form seeds.",
    sqlite_autoincrement=True,
)

look = Table(
    "look",
    metadata,
    _id(),
    _to("source.id", name="source_id"),
    Column("asked_key", String(64), nullable=False, comment="what was asked, hashed; empty for a Feed"),
    Column("started_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False, comment="the end of the last Look that this row stands for"),
    Column("times", Integer, nullable=False, comment="how many Looks this row stands for"),
    Column("outcome", String(16), nullable=False),
    Column("detail", Text, nullable=False),
    Column("hits", Integer, nullable=False),
    Column("new_passages", Integer, nullable=False),
    Column("matched_with", BigInteger, nullable=False),
    Index("ix_look_source", "source_id", "asked_key", "id"),
    Index("ix_look_until", "until"),
    comment="One reading or asking of a Source; one that brought nothing new extends the last such.",
    sqlite_autoincrement=True,
)

look_asked = Table(
    "look_asked",
    metadata,
    Column("look_id", BigId, ForeignKey("look.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("form", Text, primary_key=True),
    Index("ix_look_asked_person", "person_id"),
    comment="The persons and forms that were sent to a Search in that Look.",
)

shown = Table(
    "shown",
    metadata,
    Column("source_id", BigId, ForeignKey("source.id", ondelete="CASCADE"), primary_key=True),
    Column("hit_hash", BigInteger, primary_key=True, comment="63 bits over key and folded text; no text is kept"),
    Column("matched_with", BigInteger, nullable=False),
    Column("read_with", BigInteger, comment="matched_with at which its page was read and matched; empty while it was not"),
    Column("last_shown_at", UtcDateTime, nullable=False, index=True),
    comment="What a Source has shown before, also of what named nobody.",
)

page = Table(
    "page",
    metadata,
    _id(),
    _to("page.id", name="same_as", is_required=False, on_delete="SET NULL"),
    Column("title", Text, nullable=False),
    Column("title_hash", BigInteger, nullable=False),
    Column("site", String(255), nullable=False),
    Column("author_hash", BigInteger, nullable=False, default=0, comment="63 bits over who wrote it; 0 = not said"),
    Column("is_opaque", Boolean, nullable=False, comment="no address of it can be read: a redirect that hides the page"),
    Column("published_at", UtcDateTime),
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime, comment="when the page itself was first read"),
    Index("ix_page_title", "site", "title_hash"),
    comment="A document on the web; the younger of two that turn out one points to the older.",
    sqlite_autoincrement=True,
)

address = Table(
    "address",
    metadata,
    _id(),
    _to("page.id", name="page_id"),
    Column("key", Text, nullable=False, unique=True, comment="canonical key, or an identity within the Source"),
    Column("rules", Integer, nullable=False, comment="version of the rules that made the key; 0 = not an address"),
    Column("address", Text, nullable=False, comment="as it was first seen"),
    Index("ix_address_page", "page_id"),
    Index("ix_address_rules", "rules"),
    comment="An address under which a Page is known.",
    sqlite_autoincrement=True,
)

mention = Table(
    "mention",
    metadata,
    _id(),
    _to("person.id", name="person_id"),
    _to("page.id", name="page_id"),
    Column("first_seen_at", UtcDateTime, nullable=False, index=True),
    Column("name_grade", String(8), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("band", String(16), nullable=False),
    Column("reasons", JsonText, nullable=False),
    Column("severity", SmallInteger, nullable=False),
    Column("audience", String(8), nullable=False),
    Column("held_back", String(24), nullable=False, comment="why nobody was told at once, or empty"),
    Column("was_seeded", Boolean, nullable=False, comment="it was online already when we began"),
    UniqueConstraint("person_id", "page_id"),
    Index("ix_mention_page", "page_id"),
    comment="(Person, Page).",
    sqlite_autoincrement=True,
)

namesake = Table(
    "namesake",
    metadata,
    _id(),
    _to("person.id", name="person_id"),
    _to("mention.id", name="mention_id", is_required=False, on_delete="SET NULL"),
    Column("is_ours", Boolean, nullable=False, comment="this is she; else somebody else of that name"),
    Column("site", String(255), nullable=False, comment="empty: it counts for that Page only"),
    Column("author_hash", BigInteger, nullable=False),
    Column("terms", JsonText, nullable=False, comment="folded words that stood near the name"),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", String(100), nullable=False),
    UniqueConstraint("mention_id"),
    Index("ix_namesake_person", "person_id"),
    comment="What somebody said of a Mention, and what makes Pages like it known; for Pages to come as well.",
    sqlite_autoincrement=True,
)

passage = Table(
    "passage",
    metadata,
    _id(),
    _to("mention.id", name="mention_id"),
    Column("field", String(8), nullable=False),
    Column("surface", Text, nullable=False),
    Column("form", String(40), nullable=False),
    Column("text", Text, nullable=False),
    Column("runs", JsonText, nullable=False, comment="63-bit hashes of its 3-word runs"),
    Column("severity", SmallInteger, nullable=False),
    Column("carries", String(8), nullable=False),
    Column("found_at", UtcDateTime, nullable=False),
    Column("exchange", String(64), nullable=False, comment="digest of the raw exchange that showed it"),
    Index("ix_passage_mention", "mention_id"),
    Index("ix_passage_exchange", "exchange"),
    comment="The words around a name, on one Page.",
    sqlite_autoincrement=True,
)

sighting = Table(
    "sighting",
    metadata,
    _id(),
    _to("mention.id", name="mention_id"),
    _to("source.id", name="source_id"),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("times", Integer, nullable=False),
    Column("exchange", String(64), nullable=False, comment="digest of the raw exchange that first showed it"),
    UniqueConstraint("mention_id", "source_id"),
    Index("ix_sighting_source", "source_id"),
    Index("ix_sighting_exchange", "exchange"),
    comment="That Source showed this Mention, first then, last then.",
    sqlite_autoincrement=True,
)

delivery = Table(
    "delivery",
    metadata,
    _id(),
    _to("channel.id", name="channel_id"),
    Column("kind", String(16), nullable=False),
    Column("thread", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("notice", JsonText, nullable=False, comment="code and parameters of a notice; empty for the other kinds"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("sealed_at", UtcDateTime),
    Column("lease_until", UtcDateTime),
    Column("first_tried_at", UtcDateTime),
    Column("tried_at", UtcDateTime, comment="when it was last claimed"),
    Column("attempts", Integer, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("sent_at", UtcDateTime),
    CheckConstraint("state IN ('open','due','sending','sent','dead')", name="state"),
    Index("ix_delivery_due", "state", "due_at"),
    Index("ix_delivery_tried", "tried_at"),
    Index(
        "uq_delivery_unsealed",
        "channel_id",
        "kind",
        "thread",
        unique=True,
        sqlite_where=text("sealed_at IS NULL"),
        postgresql_where=text("sealed_at IS NULL"),
    ),
    comment="One message to one Channel. Its id makes its reference and its Message-ID.",
    sqlite_autoincrement=True,
)

delivery_part = Table(
    "delivery_part",
    metadata,
    _id(),
    _to("delivery.id", name="delivery_id"),
    _to("channel.id", name="channel_id"),
    _to("mention.id", name="mention_id"),
    _to("passage.id", name="passage_id"),
    Column("reason", String(24), nullable=False),
    Column("severity", SmallInteger, nullable=False),
    UniqueConstraint("channel_id", "passage_id", "reason", "severity"),
    Index("ix_delivery_part_delivery", "delivery_id"),
    Index("ix_delivery_part_mention", "mention_id"),
    Index("ix_delivery_part_passage", "passage_id"),
    comment="What a message tells: that Passage, for that reason, at that severity; each once per Channel.",
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    _id(),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(100), nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", String(200), nullable=False, comment="kind and ids, never names"),
    Column("reason_hash", String(64), nullable=False, comment="salted hash of the reason; empty where none was given"),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    comment="A hash chain of what people did: ids and salted hashes only.",
    sqlite_autoincrement=True,
)

audit_reason = Table(
    "audit_reason",
    metadata,
    Column("audit_id", BigId, ForeignKey("audit.id", ondelete="CASCADE"), primary_key=True),
    Column("salt", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    comment="The words beside an audit record; they can be erased, the chain stays whole.",
)
