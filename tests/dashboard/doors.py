"""What somebody could put into a link, a name, a file or a title to have it read as more than text."""

EVIL = "evil.example"
PAYLOADS = (
    f"[Log ind her](https://{EVIL}/x)",
    f"![x](https://{EVIL}/x.png)",
    f"https://{EVIL}/x www.{EVIL} a@{EVIL}",
    f"<a href='https://{EVIL}'>x</a><img src='https://{EVIL}/y.png'><b>fed</b><script>alert(1)</script>",
    "**fed** *skrå* `kode` ~~væk~~ $x^2$ :red[rød] :smile: :material/home: | a | b |",
    "# Overskrift",
    "1. et",
    "&lt;b&gt; \\*",
    "-> <- -- >= <=",
    "שלום עולם مرحبا",
    "👩‍🍼🇩🇰 é",
)
LONG = "lang " * 1000
