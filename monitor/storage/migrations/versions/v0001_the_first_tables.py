"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _memory_and_audit()
    _people()
    _sources()
    _looks()
    _pages()
    _mentions()
    _deliveries()


def _cascade(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{parent}"
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete="CASCADE")


def _numbered(table: str, *parts: SchemaItem, comment: str) -> None:
    """Make a table of which no id is given twice."""
    key = sa.PrimaryKeyConstraint("id", name=f"pk_{table}")
    op.create_table(table, sa.Column("id", ID, nullable=False), *parts, key, comment=comment, sqlite_autoincrement=True)


def _memory_and_audit() -> None:
    op.create_table(
        "memory",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_memory"),
        comment="Small things that the service remembers: matched_with, revisions, days on which daily work was done.",
    )
    _numbered(
        "audit",
        sa.Column("at", AT, nullable=False),
        sa.Column("actor", sa.String(100), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False, comment="kind and ids, never names"),
        sa.Column("reason_hash", sa.String(64), nullable=False, comment="salted hash of the reason; empty where none was given"),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.UniqueConstraint("digest", name="uq_audit_digest"),
        comment="A hash chain of what people did: ids and salted hashes only.",
    )
    op.create_table(
        "audit_reason",
        sa.Column("audit_id", ID, nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _cascade("audit_reason", "audit_id", "audit"),
        sa.PrimaryKeyConstraint("audit_id", name="pk_audit_reason"),
        comment="The words beside an audit record; they can be erased, the chain stays whole.",
    )


def _people() -> None:
    _numbered(
        "person",
        sa.Column("external_id", sa.String(200), nullable=False),
        sa.Column("surname", sa.Text(), nullable=False),
        sa.Column("given_names", sa.Text(), nullable=False),
        sa.Column("call_name", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("partner_prefix", sa.Text(), nullable=False),
        sa.Column("partner_surname", sa.Text(), nullable=False),
        sa.Column("name_usage", sa.String(16), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("handles", sa.Text(), nullable=False),
        sa.Column("switched_off", sa.Text(), nullable=False, comment="spellings that are not to be recognised"),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("not_context", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("deputy", sa.Text(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("starts_on", sa.Date()),
        sa.Column("ends_on", sa.Date()),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("informed_on", sa.Date()),
        sa.Column(
            "number", sa.BigInteger(), nullable=False, comment="matched_with at which the present spelling was first matched"
        ),
        sa.Column("created_at", AT, nullable=False),
        sa.Column("retired_at", AT),
        sa.UniqueConstraint("external_id", name="uq_person_external_id"),
        comment="A registered employee.",
    )
    op.create_index("ix_person_retired_at", "person", ["retired_at"])
    _numbered(
        "channel",
        sa.Column("name", sa.String(200), nullable=False, comment="from the configuration, or person-<id>"),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("person_id", ID),
        sa.Column("notifier", sa.String(100), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("confirmed_at", AT),
        sa.Column("code_hash", sa.String(64), comment="salted hash of the code that its owner has to enter"),
        sa.Column("code_expires_at", AT),
        sa.Column("created_at", AT, nullable=False),
        sa.Column("retired_at", AT),
        _cascade("channel", "person_id", "person"),
        sa.UniqueConstraint("name", name="uq_channel_name"),
        comment="One confirmed way to reach somebody.",
    )
    op.create_index("ix_channel_person", "channel", ["person_id"])


def _sources() -> None:
    _numbered(
        "source",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("provider", sa.String(100), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("settings_hash", sa.String(64), nullable=False, comment="another address is another Source: it seeds anew"),
        sa.Column("every_seconds", sa.Integer(), nullable=False),
        sa.Column("next_poll_at", AT, comment="Feeds only; a Search has Watches"),
        sa.Column("not_before", AT, comment="the source asked to be left alone until then"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_number", sa.BigInteger(), nullable=False, comment="matched_with of the Look that brought the state"),
        sa.Column("first_look_at", AT),
        sa.Column("first_whole_look_at", AT),
        sa.Column("last_look_at", AT),
        sa.Column("last_ok_at", AT),
        sa.Column("last_outcome", sa.String(16), nullable=False),
        sa.Column("last_detail", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False, comment="failed Looks in a row"),
        sa.Column("moved_to", sa.Text(), nullable=False),
        sa.Column("created_at", AT, nullable=False),
        sa.Column("retired_at", AT),
        sa.UniqueConstraint("name", name="uq_source_name"),
        comment="One configured instance of a Provider, and how it is doing.",
    )
    op.create_table(
        "shown",
        sa.Column("source_id", ID, nullable=False),
        sa.Column("hit_hash", sa.BigInteger(), nullable=False, comment="63 bits over key and folded text; no text is kept"),
        sa.Column("matched_with", sa.BigInteger(), nullable=False),
        sa.Column(
            "read_with",
            sa.BigInteger(),
            comment="matched_with at which its page was read and matched; empty while it was not",
        ),
        sa.Column("last_shown_at", AT, nullable=False),
        _cascade("shown", "source_id", "source"),
        sa.PrimaryKeyConstraint("source_id", "hit_hash", name="pk_shown"),
        comment="What a Source has shown before, also of what named nobody.",
    )
    op.create_index("ix_shown_last_shown_at", "shown", ["last_shown_at"])
    _numbered(
        "watch",
        sa.Column("source_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("next_ask_at", AT, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        _cascade("watch", "person_id", "person"),
        _cascade("watch", "source_id", "source"),
        sa.UniqueConstraint("source_id", "person_id", name="uq_watch_source_id_person_id"),
        comment="The standing obligation to ask that Search about this Person.",
    )
    op.create_index("ix_watch_due", "watch", ["next_ask_at"])
    op.create_index("ix_watch_person", "watch", ["person_id"])
    _numbered(
        "asked_form",
        sa.Column("source_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("first_asked_at", AT, nullable=False),
        sa.Column("first_whole_at", AT),
        _cascade("asked_form", "person_id", "person"),
        _cascade("asked_form", "source_id", "source"),
        sa.UniqueConstraint("source_id", "person_id", "form", name="uq_asked_form_source_id_person_id_form"),
        comment="Which spellings a Search has been asked for: the first whole asking of a form seeds.",
    )
    op.create_index("ix_asked_form_person", "asked_form", ["person_id"])


def _looks() -> None:
    _numbered(
        "look",
        sa.Column("source_id", ID, nullable=False),
        sa.Column("asked_key", sa.String(64), nullable=False, comment="what was asked, hashed; empty for a Feed"),
        sa.Column("started_at", AT, nullable=False),
        sa.Column("until", AT, nullable=False, comment="the end of the last Look that this row stands for"),
        sa.Column("times", sa.Integer(), nullable=False, comment="how many Looks this row stands for"),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("new_passages", sa.Integer(), nullable=False),
        sa.Column("matched_with", sa.BigInteger(), nullable=False),
        _cascade("look", "source_id", "source"),
        comment="One reading or asking of a Source; one that brought nothing new extends the last such.",
    )
    op.create_index("ix_look_source", "look", ["source_id", "asked_key", "id"])
    op.create_index("ix_look_until", "look", ["until"])
    op.create_table(
        "look_asked",
        sa.Column("look_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        _cascade("look_asked", "look_id", "look"),
        _cascade("look_asked", "person_id", "person"),
        sa.PrimaryKeyConstraint("look_id", "person_id", "form", name="pk_look_asked"),
        comment="The persons and forms that were sent to a Search in that Look.",
    )
    op.create_index("ix_look_asked_person", "look_asked", ["person_id"])


def _pages() -> None:
    _numbered(
        "page",
        sa.Column("same_as", ID),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_hash", sa.BigInteger(), nullable=False),
        sa.Column("site", sa.String(255), nullable=False),
        sa.Column("author_hash", sa.BigInteger(), nullable=False, comment="63 bits over who wrote it; 0 = not said"),
        sa.Column(
            "is_opaque", sa.Boolean(), nullable=False, comment="no address of it can be read: a redirect that hides the page"
        ),
        sa.Column("published_at", AT),
        sa.Column("first_seen_at", AT, nullable=False),
        sa.Column("read_at", AT, comment="when the page itself was first read"),
        sa.ForeignKeyConstraint(["same_as"], ["page.id"], name="fk_page_same_as_page", ondelete="SET NULL"),
        comment="A document on the web; the younger of two that turn out one points to the older.",
    )
    op.create_index("ix_page_title", "page", ["site", "title_hash"])
    _numbered(
        "address",
        sa.Column("page_id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False, comment="canonical key, or an identity within the Source"),
        sa.Column("rules", sa.Integer(), nullable=False, comment="version of the rules that made the key; 0 = not an address"),
        sa.Column("address", sa.Text(), nullable=False, comment="as it was first seen"),
        _cascade("address", "page_id", "page"),
        sa.UniqueConstraint("key", name="uq_address_key"),
        comment="An address under which a Page is known.",
    )
    op.create_index("ix_address_page", "address", ["page_id"])
    op.create_index("ix_address_rules", "address", ["rules"])


def _mentions() -> None:
    _numbered(
        "mention",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("page_id", ID, nullable=False),
        sa.Column("first_seen_at", AT, nullable=False),
        sa.Column("name_grade", sa.String(8), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("band", sa.String(16), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("severity", sa.SmallInteger(), nullable=False),
        sa.Column("audience", sa.String(8), nullable=False),
        sa.Column("held_back", sa.String(24), nullable=False, comment="why nobody was told at once, or empty"),
        sa.Column("was_seeded", sa.Boolean(), nullable=False, comment="it was online already when we began"),
        _cascade("mention", "page_id", "page"),
        _cascade("mention", "person_id", "person"),
        sa.UniqueConstraint("person_id", "page_id", name="uq_mention_person_id_page_id"),
        comment="(Person, Page).",
    )
    op.create_index("ix_mention_first_seen_at", "mention", ["first_seen_at"])
    op.create_index("ix_mention_page", "mention", ["page_id"])
    _numbered(
        "namesake",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("mention_id", ID),
        sa.Column("is_ours", sa.Boolean(), nullable=False, comment="this is she; else somebody else of that name"),
        sa.Column("site", sa.String(255), nullable=False, comment="empty: it counts for that Page only"),
        sa.Column("author_hash", sa.BigInteger(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False, comment="folded words that stood near the name"),
        sa.Column("made_at", AT, nullable=False),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name="fk_namesake_mention_id_mention", ondelete="SET NULL"),
        _cascade("namesake", "person_id", "person"),
        sa.UniqueConstraint("mention_id", name="uq_namesake_mention_id"),
        comment="What somebody said of a Mention, and what makes Pages like it known; for Pages to come as well.",
    )
    op.create_index("ix_namesake_person", "namesake", ["person_id"])
    _numbered(
        "passage",
        sa.Column("mention_id", ID, nullable=False),
        sa.Column("field", sa.String(8), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("runs", sa.Text(), nullable=False, comment="63-bit hashes of its 3-word runs"),
        sa.Column("severity", sa.SmallInteger(), nullable=False),
        sa.Column("carries", sa.String(8), nullable=False),
        sa.Column("found_at", AT, nullable=False),
        sa.Column("exchange", sa.String(64), nullable=False, comment="digest of the raw exchange that showed it"),
        _cascade("passage", "mention_id", "mention"),
        comment="The words around a name, on one Page.",
    )
    op.create_index("ix_passage_exchange", "passage", ["exchange"])
    op.create_index("ix_passage_mention", "passage", ["mention_id"])
    _numbered(
        "sighting",
        sa.Column("mention_id", ID, nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("first_at", AT, nullable=False),
        sa.Column("last_at", AT, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("exchange", sa.String(64), nullable=False, comment="digest of the raw exchange that first showed it"),
        _cascade("sighting", "mention_id", "mention"),
        _cascade("sighting", "source_id", "source"),
        sa.UniqueConstraint("mention_id", "source_id", name="uq_sighting_mention_id_source_id"),
        comment="That Source showed this Mention, first then, last then.",
    )
    op.create_index("ix_sighting_exchange", "sighting", ["exchange"])
    op.create_index("ix_sighting_source", "sighting", ["source_id"])


def _deliveries() -> None:
    _numbered(
        "delivery",
        sa.Column("channel_id", ID, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("thread", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False, comment="code and parameters of a notice; empty for the other kinds"),
        sa.Column("created_at", AT, nullable=False),
        sa.Column("due_at", AT, nullable=False),
        sa.Column("sealed_at", AT),
        sa.Column("lease_until", AT),
        sa.Column("first_tried_at", AT),
        sa.Column("tried_at", AT, comment="when it was last claimed"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("sent_at", AT),
        sa.CheckConstraint("state IN ('open','due','sending','sent','dead')", name="ck_delivery_state"),
        _cascade("delivery", "channel_id", "channel"),
        comment="One message to one Channel. Its id makes its reference and its Message-ID.",
    )
    op.create_index("ix_delivery_due", "delivery", ["state", "due_at"])
    op.create_index("ix_delivery_tried", "delivery", ["tried_at"])
    op.create_index(
        "uq_delivery_unsealed",
        "delivery",
        ["channel_id", "kind", "thread"],
        unique=True,
        sqlite_where=sa.text("sealed_at IS NULL"),
        postgresql_where=sa.text("sealed_at IS NULL"),
    )
    _numbered(
        "delivery_part",
        sa.Column("delivery_id", ID, nullable=False),
        sa.Column("channel_id", ID, nullable=False),
        sa.Column("mention_id", ID, nullable=False),
        sa.Column("passage_id", ID, nullable=False),
        sa.Column("reason", sa.String(24), nullable=False),
        sa.Column("severity", sa.SmallInteger(), nullable=False),
        _cascade("delivery_part", "channel_id", "channel"),
        _cascade("delivery_part", "delivery_id", "delivery"),
        _cascade("delivery_part", "mention_id", "mention"),
        _cascade("delivery_part", "passage_id", "passage"),
        sa.UniqueConstraint(
            "channel_id", "passage_id", "reason", "severity", name="uq_delivery_part_channel_id_passage_id_reason_severity"
        ),
        comment="What a message tells: that Passage, for that reason, at that severity; each once per Channel.",
    )
    op.create_index("ix_delivery_part_delivery", "delivery_part", ["delivery_id"])
    op.create_index("ix_delivery_part_mention", "delivery_part", ["mention_id"])
    op.create_index("ix_delivery_part_passage", "delivery_part", ["passage_id"])
