"""What may stand between the words of a name, as folded text with white space as one space."""

from __future__ import annotations

WORD = frozenset(
    {
        " ",
        "-",
        "'",
        " '",
        "' ",
        " - ",
        "- ",
        "_",
        "+",
        "*",
        "**",
        " *",
        "* ",
        " **",
        "** ",
        '"',
        ' "',
        '" ',
        "|",
        " | ",
        "/",
        " / ",
        "** **",
        "__ __",
        "__",
        ") ",
        "] [",
    }
)
"""Between the words of a first name or a body, and between first name and surname; "- " is a hyphen at the end of a line."""

PREFIX = WORD | {".", ". ", "/", ".'", ". '", ".-", " /", "/ "}
"""Within a prefix, and between a prefix and what stands beside it: "v.d. Molen", "v/d Molen", "van 't Hof"."""

INITIAL = frozenset({"", ".", ". ", " ", " '", "-", ".-", "_", ".'", ". '", "' ", ".. ", " . ", ", ."})
"""Behind an initial."""

COMMA = frozenset({",", ", ", " , ", " ,", ", '", ",'"})
OPEN = frozenset({" (", ", (", "(", " ('", ", ('"})
CLOSE = frozenset({")", ") ", "), ", "),"})
HYPHEN = frozenset({"-", " - ", "- ", " -", "/", " / ", "-'", " - '"})
SECOND_SURNAME = HYPHEN | {" ", " '"}
"""Between two surnames of one person."""

CUT = frozenset({" ", "-", "- ", " -", " - ", ".", "_", "/", "|", "~", "*", "+"})
"""Between the halves of a word that was cut in two; "- " is a hyphen at the end of a line."""

COMPACT = frozenset({".", "_", "-"})
"""Between the parts of an address or a handle, where nobody writes spaces."""

NICKNAME_ENDS = ('" ', "' ", ") ", '"', ")")
NICKNAME_BEGINS = (' "', " '", " (", '. "', ". (", '."', ".(")

MAIDEN = frozenset({"geb", "gb", "geboren", "ev", "wed", "weduwe", "nee", "born", "echtgenote"})
"""Words between the name somebody goes by and the other one."""

INITIALS_OF_SEVERAL = frozenset({"th", "ch", "ij", "ph", "chr", "tj", "sj", "joh", "jac", "jos", "wm", "fr", "ant", "adr", "kl"})
"""Initials that are written with more than one letter; "Ds." and "Wed." are none."""

# fmt: off
TITLES = frozenset((
    "mw", "mevr", "mevrouw", "mej", "mejuffrouw", "dhr", "heer", "meneer", "mijnheer", "hr", "dr", "drs", "mr", "ir",
    "ing", "prof", "dokter", "professor", "bsc", "msc", "ma", "jhr", "jonkheer", "mrs", "ms", "miss", "frau", "herr",
    "madame", "mme", "monsieur", "gezinsvoogd", "jeugdbeschermer", "voogd", "jeugdzorgwerker", "jeugdwerker",
    "gezinsmanager", "gedragswetenschapper", "raadsonderzoeker", "casemanager", "medewerker", "medewerkster", "juf",
    "meester", "rechter", "teamleider", "zorgcoordinator", "begeleider", "begeleidster", "hulpverlener",
    "hulpverleenster", "directeur", "voogdes",
))
# fmt: on
"""Words that stand before a name and say who somebody is, folded."""
