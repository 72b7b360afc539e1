"""Values that have broken other sites: for every field, address and header of this one (security.md 2, row 22)."""

NUMBERS = (
    *(
        "0",
        "-0",
        "-1",
        "1.5",
        "1e9",
        "NaN",
        "Infinity",
        "-Infinity",
        "0x10",
        "007",
        " 7 ",
        "1_000",
        "１２",
        "٣",
        "²",
        "½",
    ),
    *(
        str(2**31),
        str(2**63),
        str(-(2**63) - 1),
        "9" * 30,
        "1" + "0" * 400,
        "9" * 5_000,
        "1e400",
        "0." + "0" * 400 + "1",
    ),
)
DATES = ("2023-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "1986-05-04", "2024-02-29T24:00:00", "2026-W54")
TEXTS = (
    *(
        "",
        " ",
        "\t\r\n",
        "a" * 20_000,
        "中" * 5_000,
        "\U00020bb7野家",
        "\U0001f600",
        "e\u0301",
        "\u00e9",
        "\u202egnp",
        "\ufeff",
        "\u0085",
    ),
    *(
        "' OR 1=1 --",
        '"',
        "\\",
        "%",
        "_",
        "%s",
        "{0}",
        "{{ 7 }}",
        "${7}",
        "<script>alert(1)</script>",
        "../../etc/passwd",
    ),
    *(
        "javascript:alert(1)",
        "//evil.example",
        "\\\\evil.example",
        "a&b|!c:*",
        "((((",
        "''''",
        ":*",
        "<->",
        "& |",
        "B01J",
        "CN6-2026-000001",
    ),
    *("zh-hans", "en", "json", "atom", "csv", "xlsx", "420000", "invention", "price"),
)
VALUES = tuple(dict.fromkeys((*NUMBERS, *DATES, *TEXTS)))

# Bytes behind `?q=` that no text can come from.
RAW_UNREADABLE = ("%00", "a%00b", "%ED%A0%80", "%ED%BF%BF", "%FF", "%C0%80", "%F5%80%80%80", "%E4%B8", "%B3%B5")
# Bytes that are odd but text, or are left to the reader.
RAW_READABLE = (
    "%",
    "%2",
    "%zz",
    "+",
    "%2B",
    "%25",
    "%0A",
    "%0D%0A",
    "%E2%80%AE",
    "%EF%BF%BF",
    "%F0%A0%AE%B7",
    ";",
    "=",
    "&",
    "&&=",
)
