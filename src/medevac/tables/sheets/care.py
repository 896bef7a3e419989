"""The sheets of the hospitals: what they are, how they are reached, and what they offer."""

from medevac.tables.columns import Column, Kind, Sheet, Words

_HOSPITAL_REFERENCE = Column(
    "hospital",
    Kind.NAME,
    Words("Hospital", "Sykehus", "Лікарня"),
    Words(
        "Its identifier on the sheet of hospitals.",
        "Identifikatoren på arket for sykehus.",
        "Ідентифікатор з аркуша лікарень.",
    ),
    example="NO-OUS",
    required=True,
    refers="hospitals",
)
_SPECIALTY = Column(
    "specialty",
    Kind.NAME,
    Words("Specialty", "Fagområde", "Спеціальність"),
    Words(
        "What is treated, in the very word that the patients' needs use.",
        "Det som behandles, med samme ord som i pasientenes behov.",
        "Що лікують, тим самим словом, що й у потребах пацієнтів.",
    ),
    example="burns",
    required=True,
)


def _dates(of: Words) -> tuple[Column, Column]:
    first = Column(
        "from",
        Kind.DATE,
        Words("From date", "Fra dato", "Від дати"),
        Words(
            f"The first date {of.en}. Empty: no bound.",
            f"Den første datoen {of.nb}. Tomt: ingen grense.",
            f"Перша дата, {of.uk}. Порожньо: без межі.",
        ),
        example="2026-01-12",
    )
    last = Column(
        "until",
        Kind.DATE,
        Words("Until date", "Til dato", "До дати"),
        Words(
            f"The last date {of.en}. Empty: no bound.",
            f"Den siste datoen {of.nb}. Tomt: ingen grense.",
            f"Остання дата, {of.uk}. Порожньо: без межі.",
        ),
        example="2026-02-01",
    )
    return first, last


def _room(key: str, heading: Words, note: Words, example: int) -> Column:
    return Column(key, Kind.NUMBER, heading, note, example=example)


HOSPITALS = Sheet(
    key="hospitals",
    name=Words("Hospitals", "Sykehus", "Лікарні"),
    about=Words(
        "Receiving hospitals, one row each. Specialties stand on the sheet of places.",
        "Mottakende sykehus, én rad for hvert. Fagområder står på arket for plasser.",
        "Лікарні, що приймають, по одному рядку. Спеціальності — на аркуші місць.",
    ),
    required=True,
    inner=("places", "suitability"),
    columns=(
        Column(
            "id",
            Kind.NAME,
            Words("Hospital", "Sykehus", "Лікарня"),
            Words(
                "A short identifier that the other sheets use, such as NO-OUS.",
                "En kort identifikator som de andre arkene bruker, som NO-OUS.",
                "Короткий ідентифікатор, який використовують інші аркуші, наприклад NO-OUS.",
            ),
            example="NO-OUS",
            required=True,
        ),
        Column(
            "country",
            Kind.NAME,
            Words("Country", "Land", "Країна"),
            Words(
                "Its code on the sheet of countries.",
                "Koden på arket for land.",
                "Код з аркуша країн.",
            ),
            example="NO",
            required=True,
            refers="countries",
        ),
        *_dates(Words("on which it receives", "sykehuset tar imot", "коли лікарня приймає")),
        _room(
            "isolation",
            Words("Isolation rooms", "Isolat", "Ізолятори"),
            Words(
                "Rooms for patients kept apart for an infection. Empty: 0.",
                "Rom for pasienter som holdes atskilt på grunn av smitte. Tomt: 0.",
                "Палати для пацієнтів, яких відокремлюють через інфекцію. Порожньо: 0.",
            ),
            2,
        ),
        _room(
            "intensive",
            Words("Intensive places", "Intensivplasser", "Місця інтенсивної терапії"),
            Words(
                "Places in intensive care. Empty: 0.",
                "Plasser på intensivavdeling. Tomt: 0.",
                "Місця у відділенні інтенсивної терапії. Порожньо: 0.",
            ),
            1,
        ),
        _room(
            "child",
            Words("Child places", "Barneplasser", "Дитячі місця"),
            Words(
                "Places for children. Empty: 0.",
                "Plasser for barn. Tomt: 0.",
                "Місця для дітей. Порожньо: 0.",
            ),
            1,
        ),
        _room(
            "companions",
            Words("Housing for companions", "Bolig for ledsagere", "Житло для супровідників"),
            Words(
                "How many companions can live there. Empty: 0.",
                "Hvor mange ledsagere som kan bo der. Tomt: 0.",
                "Скільки супровідників може там жити. Порожньо: 0.",
            ),
            4,
        ),
        _room(
            "arrivals_per_day",
            Words("Arrivals per day", "Ankomster per dag", "Прибуття за день"),
            Words(
                "The most patients on one date. Empty: no limit.",
                "Flest pasienter på én dato. Tomt: ingen grense.",
                "Найбільше пацієнтів за одну дату. Порожньо: без обмеження.",
            ),
            3,
        ),
    ),
)

REACH = Sheet(
    key="reach",
    name=Words("Reach", "Nærliggende flyplasser", "Досяжні аеропорти"),
    about=Words(
        "From which airports each hospital is reached by road; one row for each pair.",
        "Hvilke flyplasser hvert sykehus nås fra med bil; én rad for hvert par.",
        "З яких аеропортів дістаються до кожної лікарні дорогою; рядок на кожну пару.",
    ),
    columns=(
        _HOSPITAL_REFERENCE,
        Column(
            "airport",
            Kind.NAME,
            Words("Airport", "Flyplass", "Аеропорт"),
            Words(
                "Its code on the sheet of airports.",
                "Koden på arket for flyplasser.",
                "Код з аркуша аеропортів.",
            ),
            example="ENGM",
            required=True,
            refers="airports",
        ),
        Column(
            "road_minutes",
            Kind.NUMBER,
            Words("Road (minutes)", "Vei (minutter)", "Дорога (хвилини)"),
            Words(
                "By ambulance from the airport to the hospital's door.",
                "Med ambulanse fra flyplassen til sykehusets dør.",
                "Швидкою від аеропорту до дверей лікарні.",
            ),
            example=45,
            required=True,
        ),
    ),
)

PLACES = Sheet(
    key="places",
    name=Words("Places", "Plasser", "Місця"),
    about=Words(
        "How many patients of a specialty a hospital takes; one row for each pair.",
        "Hvor mange pasienter et sykehus tar i et fagområde; én rad for hvert par.",
        "Скільки пацієнтів певної спеціальності приймає лікарня; рядок на кожну пару.",
    ),
    columns=(
        _HOSPITAL_REFERENCE,
        _SPECIALTY,
        Column(
            "count",
            Kind.NUMBER,
            Words("Number of places", "Antall plasser", "Кількість місць"),
            Words(
                "How many patients it takes in all.",
                "Hvor mange pasienter det tar i alt.",
                "Скільки пацієнтів приймає загалом.",
            ),
            example=2,
            required=True,
        ),
        *_dates(Words("on which they hold", "plassene gjelder", "коли ці місця діють")),
    ),
)

SUITABILITY = Sheet(
    key="suitability",
    name=Words("Suitability", "Egnethet", "Придатність"),
    about=Words(
        "How well a hospital suits a specialty, where that is known. What is not listed counts as 0.5.",
        "Hvor godt et sykehus passer for et fagområde, der det er kjent. Det som ikke står her, teller som 0,5.",
        "Наскільки лікарня підходить для спеціальності, якщо це відомо. Чого немає тут, рахується як 0,5.",
    ),
    free=False,
    columns=(
        _HOSPITAL_REFERENCE,
        _SPECIALTY,
        Column(
            "suitability",
            Kind.NUMBER,
            Words("Suitability (0 to 1)", "Egnethet (0 til 1)", "Придатність (0–1)"),
            Words(
                "0: hardly suited; 1: made for it.",
                "0: knapt egnet; 1: som skapt for det.",
                "0: ледве підходить; 1: ідеально підходить.",
            ),
            example=0.9,
            required=True,
        ),
    ),
)
