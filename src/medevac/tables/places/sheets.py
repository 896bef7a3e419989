"""The two sheets of the workbook of places: places, and pools."""

from __future__ import annotations

from medevac.tables.columns import Column, Kind, Sheet, Words

POOL_WORDS: dict[str, Words] = {
    "isolation": Words("isolation rooms", "isolater", "ізоляційні палати"),
    "intensive": Words("intensive care places", "intensivplasser", "місця інтенсивної терапії"),
    "child": Words("places for children", "plasser for barn", "місця для дітей"),
    "housing": Words("companions' housing", "bolig for ledsagere", "житло для супровідників"),
    "arrivals": Words("arrivals a day", "ankomster per dag", "прибуття на день"),
}
_NO_NOTE = Words("", "", "")

PLACES = Sheet(
    "places",
    Words("Places", "Plasser", "Місця"),
    Words("One row for each place.", "Én rad for hver plass.", "Один рядок на кожне місце."),
    (
        Column(
            "label",
            Kind.NAME,
            Words("Place", "Plass", "Місце"),
            Words(
                "As the hospital calls it; by it the place is found again. Never a patient's name.",
                "Slik sykehuset kaller den; plassen finnes igjen ved navnet. Aldri navnet på en pasient.",
                "Як його називає лікарня; за назвою місце знайдуть знову. Ніколи не ім'я пацієнта.",
            ),
            "7B-1",
            required=True,
        ),
        Column(
            "specialty",
            Kind.NAME,
            Words("Specialty", "Fagområde", "Спеціальність"),
            Words(
                "One of the list. A new place needs it.",
                "Et av listen. En ny plass må ha det.",
                "Одна зі списку. Для нового місця обов'язкова.",
            ),
        ),
        Column(
            "first_day",
            Kind.DATE,
            Words("From", "Fra", "Від"),
            Words(
                "The first day. Empty for a new place: today.",
                "Første dag. Tom for en ny plass: i dag.",
                "Перший день. Порожньо для нового місця: сьогодні.",
            ),
        ),
        Column(
            "last_day",
            Kind.DATE,
            Words("Until", "Til", "До"),
            Words(
                "The last day. Empty for a new place: no end.",
                "Siste dag. Tom for en ny plass: ingen slutt.",
                "Останній день. Порожньо для нового місця: без кінця.",
            ),
        ),
        Column(
            "staffed",
            Kind.FLAG,
            Words("Staffed", "Bemannet", "З персоналом"),
            Words(
                "Empty for a new place: yes.", "Tom for en ny plass: ja.", "Порожньо для нового місця: так."
            ),
            True,
        ),
        Column(
            "competence",
            Kind.NAME,
            Words("Competence", "Kompetanse", "Компетенція"),
            Words(
                "What is done here that others of the specialty do not do.",
                "Hva som gjøres her, som andre i fagområdet ikke gjør.",
                "Що роблять тут, чого не роблять інші за цією спеціальністю.",
            ),
        ),
        Column(
            "stay_days",
            Kind.NUMBER,
            Words("Expected stay in days", "Forventet opphold i dager", "Очікуване перебування, днів"),
            Words(
                "From 1 to 1000. Empty for a new place: the usual stay.",
                "Fra 1 til 1000. Tom for en ny plass: vanlig opphold.",
                "Від 1 до 1000. Порожньо для нового місця: звичайне перебування.",
            ),
            60,
        ),
        Column(
            "standing",
            Kind.CALCULATED,
            Words("Stands today (calculated)", "Står i dag (beregnet)", "Стан сьогодні (обчислено)"),
            _NO_NOTE,
        ),
        Column(
            "named",
            Kind.CALCULATED,
            Words("Named for one patient", "Oppgitt for én pasient", "Назване для одного пацієнта"),
            _NO_NOTE,
        ),
        Column(
            "confirmed_at",
            Kind.CALCULATED,
            Words(
                "Confirmed, UTC (calculated)", "Bekreftet, UTC (beregnet)", "Підтверджено, UTC (обчислено)"
            ),
            _NO_NOTE,
        ),
    ),
    free=False,
    order=1,
)

POOLS = Sheet(
    "pools",
    Words("Pools", "Antall", "Кількості"),
    Words(
        "What the hospital counts besides its places.",
        "Det sykehuset teller ved siden av plassene.",
        "Що лікарня рахує, крім місць.",
    ),
    (
        Column(
            "kind",
            Kind.NAME,
            Words("What", "Hva", "Що"),
            Words("One of the list.", "Et av listen.", "Одне зі списку."),
            required=True,
        ),
        Column(
            "number",
            Kind.NUMBER,
            Words("How many", "Hvor mange", "Скільки"),
            Words("From 0 to 1000.", "Fra 0 til 1000.", "Від 0 до 1000."),
            required=True,
        ),
        Column(
            "first_day",
            Kind.DATE,
            Words("From", "Fra", "Від"),
            Words(
                "From which day on. Empty: today.",
                "Fra og med hvilken dag. Tom: i dag.",
                "Від якого дня. Порожньо: сьогодні.",
            ),
        ),
        Column(
            "taken",
            Kind.CALCULATED,
            Words("Taken today (calculated)", "Opptatt i dag (beregnet)", "Зайнято сьогодні (обчислено)"),
            _NO_NOTE,
        ),
    ),
    free=False,
    order=2,
)

GUIDE_TITLE = Words(
    "medevac · places of a hospital", "medevac · plassene til et sykehus", "medevac · місця лікарні"
)
GUIDE = (
    Words(
        "The sheet of places has one row for each place; the sheet of pools says how many of something there are.",
        "Arket med plasser har én rad for hver plass; arket med antall sier hvor mange det er av noe.",
        "На аркуші місць один рядок на кожне місце; на аркуші кількостей — скільки чого є.",
    ),
    Words(
        "A place is found again by its name. An empty cell changes nothing of a place that is there already.",
        "En plass finnes igjen ved navnet. En tom celle endrer ingenting ved en plass som finnes fra før.",
        "Місце знаходять за назвою. Порожня клітинка нічого не змінює в місці, яке вже є.",
    ),
    Words(
        "A place that is not in the workbook stays as it is. It is taken back on the hospital's page, with a reason.",
        "En plass som ikke står i arbeidsboken, blir som den er. Den trekkes tilbake på siden, med en grunn.",
        "Місце, якого немає в книзі, лишається як є. Його забирають на сторінці лікарні, вказавши причину.",
    ),
    Words(
        "A place that is held for a patient is not changed by a workbook: leave its row as it is.",
        "En plass som er holdt for en pasient, endres ikke av en arbeidsbok: la raden stå som den er.",
        "Місце, яке тримають для пацієнта, книга не змінює: залиште його рядок без змін.",
    ),
    Words(
        "A number holds from its day on. What was said for a later day stands, until the file says another.",
        "Et antall gjelder fra og med sin dag. Det som er sagt for en senere dag, står til filen sier noe annet.",
        "Кількість діє від свого дня. Вказане на пізніший день лишається, доки файл не вкаже інше.",
    ),
    Words(
        "First you are shown what the file would do; nothing is written until you say so.",
        "Først vises hva filen ville gjort; ingenting skrives før du sier fra.",
        "Спершу буде показано, що зробить файл; нічого не записується, доки ви не підтвердите.",
    ),
)
