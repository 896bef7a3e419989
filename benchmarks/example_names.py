"""Invents names for the patients of the example week, in Cyrillic and in Latin letters.

Given names and surnames are common ones, put together at random: nobody in particular is meant.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from instances import Draw

WOMEN = ("Олена", "Наталія", "Оксана", "Ірина", "Тетяна", "Юлія", "Ганна", "Софія", "Вікторія", "Людмила",
         "Марія", "Дарина", "Злата", "Любов", "Яна", "Валентина", "Євгенія", "Надія")  # fmt: skip
MEN = ("Олександр", "Андрій", "Сергій", "Володимир", "Микола", "Іван", "Юрій", "Дмитро", "Богдан", "Тарас",
       "Василь", "Олег", "Максим", "Ярослав", "Григорій", "Петро", "Назар", "Артем", "Георгій", "Ілля",
       "Роман", "Євген", "Станіслав", "Данило")  # fmt: skip
SURNAMES = (  # of one form for women and men
    "Шевченко", "Коваленко", "Бондаренко", "Ткаченко", "Кравченко", "Олійник", "Поліщук", "Лисенко",
    "Марченко", "Савчук", "Мороз", "Мельник", "Гончаренко", "Ковальчук", "Кравчук", "Іщенко", "Юрченко",
    "Щербак", "Згурець", "Яценко", "Гайдук", "Хоменко", "Цимбал", "Жук", "Ґудзь", "Федоренко", "Чорновол",
    "Дячук",
)  # fmt: skip

# Ukraine's table of 2010: letters that are written otherwise at the start of a word come first.
AT_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z",
    "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ю": "iu", "я": "ia", "ь": "", "'": "", "’": "",
}  # fmt: skip


@dataclass(frozen=True)
class Name:
    """A given name and a surname in Cyrillic letters."""

    given: str
    surname: str

    def with_surname(self, surname: str) -> Name:
        """The same person of another family."""
        return replace(self, surname=surname)

    def both_scripts(self) -> str:
        """As a paper prints it: Latin letters first, for those who meet the aircraft."""
        return f"{latin(self.given)} {latin(self.surname)} / {self.given} {self.surname}"


def names(draw: Draw, count: int) -> list[Name]:
    """Different names, three of five of them men's: more of the wounded are men."""
    found: dict[Name, None] = {}
    while len(found) < count:
        given = draw.sample(MEN if draw.chance(0.6) else WOMEN, 1)[0]
        found[Name(given, draw.sample(SURNAMES, 1)[0])] = None
    return list(found)


def latin(word: str) -> str:
    """One word in Latin letters, by the table of 2010."""
    small = word.lower().replace("зг", "z#")  # зг is zgh, so that it is not read as ж
    written = "".join(AT_START.get(char, LETTERS.get(char, char)) if index == 0 else LETTERS.get(char, char)
                      for index, char in enumerate(small))  # fmt: skip
    return written.replace("#", "gh").capitalize()
