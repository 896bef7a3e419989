"""The sheets that frame a mission: settings, weights, airports, hubs and countries."""

from medevac.tables.columns import Column, Kind, Sheet, Words

SETTINGS = Sheet(
    key="settings",
    name=Words("Settings", "Innstillinger", "Параметри"),
    about=Words(
        "What the week is called and which dates it covers.",
        "Hva uken heter, og hvilke datoer den dekker.",
        "Назва тижня та дати, які він охоплює.",
    ),
    required=True,
    lists_settings=True,
    inner=("airports", "hubs", "countries", "families"),
    columns=(
        Column(
            "format",
            Kind.NAME,
            Words("Format", "Format", "Формат"),
            Words(
                "The version of the format. Leave it as it is.",
                "Versjonen av formatet. La den stå.",
                "Версія формату. Не змінюйте її.",
            ),
            example="medevac-problem/1",
        ),
        Column(
            "name",
            Kind.NAME,
            Words("Name", "Navn", "Назва"),
            Words(
                "What this week or mission is called in plans and papers.",
                "Hva uken eller oppdraget heter i planer og papirer.",
                "Як цей тиждень або місія називається у планах і документах.",
            ),
            example="week 3, 2026",
            required=True,
        ),
        Column(
            "start",
            Kind.DATE,
            Words("First date", "Første dato", "Перша дата"),
            Words(
                "The first date on which an aircraft may leave.",
                "Den første datoen et fly kan dra.",
                "Перша дата, коли літак може вилетіти.",
            ),
            example="2026-01-12",
            required=True,
        ),
        Column(
            "days",
            Kind.NUMBER,
            Words("Number of days", "Antall dager", "Кількість днів"),
            Words(
                "How many days are planned, 1 to 366, the first date included.",
                "Hvor mange dager som planlegges, 1 til 366, medregnet den første.",
                "Скільки днів планується, від 1 до 366, разом із першою датою.",
            ),
            example=7,
            required=True,
        ),
    ),
)


def _weight(key: str, heading: Words, note: Words, default: float) -> Column:
    return Column(key, Kind.NUMBER, heading, note, example=default)


WEIGHTS = Sheet(
    key="weights",
    name=Words("Weights", "Vekter", "Вагові коефіцієнти"),
    about=Words(
        "What makes one plan better than another. An empty value means the usual one, shown beside it.",
        "Hva som gjør en plan bedre enn en annen. Tomt felt betyr den vanlige verdien, vist ved siden av.",
        "Що робить один план кращим за інший. Порожнє значення означає звичайне, показане поруч.",
    ),
    lists_settings=True,
    inner=("priority",),
    columns=(
        _weight(
            "priority.1",
            Words("Priority 1", "Prioritet 1", "Пріоритет 1"),
            Words(
                "What it is worth to place an urgent patient.",
                "Hva det er verdt å gi en hastepasient plass.",
                "Скільки важить розміщення невідкладного пацієнта.",
            ),
            100,
        ),
        _weight(
            "priority.2",
            Words("Priority 2", "Prioritet 2", "Пріоритет 2"),
            Words(
                "What it is worth to place a priority patient.",
                "Hva det er verdt å gi en prioritert pasient plass.",
                "Скільки важить розміщення пріоритетного пацієнта.",
            ),
            30,
        ),
        _weight(
            "priority.3",
            Words("Priority 3", "Prioritet 3", "Пріоритет 3"),
            Words(
                "What it is worth to place a routine patient.",
                "Hva det er verdt å gi en rutinepasient plass.",
                "Скільки важить розміщення планового пацієнта.",
            ),
            10,
        ),
        _weight(
            "waiting_per_week",
            Words("Waiting, per week", "Ventetid, per uke", "Очікування, за тиждень"),
            Words(
                "How much a patient's worth grows with each full week of waiting (0.25 is a quarter).",
                "Hvor mye verdien av en pasient øker for hver hele uke med venting (0,25 er en firedel).",
                "Наскільки зростає вага пацієнта за кожен повний тиждень очікування (0,25 — на чверть).",
            ),
            0.25,
        ),
        _weight(
            "waiting_weeks_cap",
            Words("Waiting, weeks at most", "Ventetid, høyst uker", "Очікування, найбільше тижнів"),
            Words(
                "After so many weeks the worth grows no more.",
                "Etter så mange uker øker verdien ikke mer.",
                "Після стількох тижнів вага більше не зростає.",
            ),
            8,
        ),
        _weight(
            "suitability",
            Words("Suitability", "Egnethet", "Придатність"),
            Words(
                "What a hospital that suits the patient fully is worth.",
                "Hva et sykehus som passer helt for pasienten, er verdt.",
                "Скільки важить лікарня, яка повністю підходить пацієнтові.",
            ),
            3,
        ),
        _weight(
            "preference",
            Words("Preferred country", "Ønsket land", "Бажана країна"),
            Words(
                "What a hospital in the preferred country is worth.",
                "Hva et sykehus i det ønskede landet er verdt.",
                "Скільки важить лікарня в бажаній країні.",
            ),
            1.5,
        ),
        _weight(
            "transit_per_hour",
            Words("Transit, per hour", "Reisetid, per time", "Дорога, за годину"),
            Words(
                "What each hour from the hub to the hospital's door costs.",
                "Hva hver time fra knutepunktet til sykehusets dør koster.",
                "Скільки коштує кожна година від хабу до дверей лікарні.",
            ),
            0.2,
        ),
        _weight(
            "above_fair_share",
            Words("Above fair share", "Over rimelig andel", "Понад справедливу частку"),
            Words(
                "What each patient above a country's fair share costs.",
                "Hva hver pasient over et lands rimelige andel koster.",
                "Скільки коштує кожен пацієнт понад справедливу частку країни.",
            ),
            0.5,
        ),
        _weight(
            "cost_per_1000",
            Words("Flying cost, per 1000", "Flykostnad, per 1000", "Вартість польоту, за 1000"),
            Words(
                "What each 1000 of flying cost takes away.",
                "Hva hver 1000 i flykostnad trekker fra.",
                "Скільки віднімає кожна 1000 вартості польоту.",
            ),
            0.1,
        ),
    ),
)

AIRPORTS = Sheet(
    key="airports",
    name=Words("Airports", "Flyplasser", "Аеропорти"),
    about=Words(
        "Every airport that is used: bases, hubs and drops. Known ICAO codes need no position.",
        "Alle flyplasser som brukes: baser, knutepunkter og stopp. Kjente ICAO-koder trenger ingen posisjon.",
        "Усі потрібні аеропорти: бази, хаби та зупинки. Для відомих кодів ICAO координати не потрібні.",
    ),
    required=True,
    columns=(
        Column(
            "code",
            Kind.NAME,
            Words("Airport", "Flyplass", "Аеропорт"),
            Words(
                "Its ICAO code, four letters.",
                "ICAO-koden, fire bokstaver.",
                "Код ICAO, чотири літери.",
            ),
            example="EDDF",
            required=True,
        ),
        Column(
            "lat",
            Kind.NUMBER,
            Words("Latitude", "Breddegrad", "Широта"),
            Words(
                "Degrees north, as a decimal number. Empty: taken from the list of airports by the code.",
                "Grader nord som desimaltall. Tomt: hentes fra listen over flyplasser etter koden.",
                "Градуси північної широти десятковим числом. Порожньо: береться з переліку за кодом.",
            ),
            example=50.033,
        ),
        Column(
            "lon",
            Kind.NUMBER,
            Words("Longitude", "Lengdegrad", "Довгота"),
            Words(
                "Degrees east, as a decimal number. Empty: taken from the list of airports by the code.",
                "Grader øst som desimaltall. Tomt: hentes fra listen over flyplasser etter koden.",
                "Градуси східної довготи десятковим числом. Порожньо: береться з переліку за кодом.",
            ),
            example=8.57,
        ),
        Column(
            "opens",
            Kind.CLOCK,
            Words("Opens (UTC)", "Åpner (UTC)", "Відкривається (UTC)"),
            Words(
                "No arrival before. Empty: 00:00.",
                "Ingen ankomst før dette. Tomt: 00:00.",
                "Раніше прибуття немає. Порожньо: 00:00.",
            ),
            example="04:00",
        ),
        Column(
            "closes",
            Kind.CLOCK,
            Words("Closes (UTC)", "Stenger (UTC)", "Закривається (UTC)"),
            Words(
                "No departure after. Empty: 24:00. Open from 00:00 to 24:00 means always.",
                "Ingen avgang etter dette. Tomt: 24:00. Åpent fra 00:00 til 24:00 betyr alltid.",
                "Пізніше вильоту немає. Порожньо: 24:00. З 00:00 до 24:00 означає цілодобово.",
            ),
            example="22:00",
        ),
        Column(
            "ambulances",
            Kind.NUMBER,
            Words("Ambulances", "Ambulanser", "Швидкі"),
            Words(
                "How many patients can leave one flight there. Empty: no limit.",
                "Hvor mange pasienter som kan tas av en flyvning der. Tomt: ingen grense.",
                "Скільки пацієнтів може зійти там з одного рейсу. Порожньо: без обмеження.",
            ),
            example=12,
        ),
        Column(
            "known_as",
            Kind.CALCULATED,
            Words("Known as (calculated)", "Kjent som (beregnet)", "Відомий як (обчислено)"),
            Words(
                "The airport's name in the list of airports.",
                "Flyplassens navn i listen over flyplasser.",
                "Назва аеропорту в переліку аеропортів.",
            ),
        ),
        Column(
            "utc_offset",
            Kind.CALCULATED,
            Words(
                "Hours from UTC, first date (calculated)",
                "Timer fra UTC, første dato (beregnet)",
                "Години від UTC, перша дата (обчислено)",
            ),
            Words(
                "What must be added to UTC for local time on the first date.",
                "Det som legges til UTC for å få lokal tid på den første datoen.",
                "Скільки додати до UTC, щоб отримати місцевий час на першу дату.",
            ),
        ),
        Column(
            "opens_local",
            Kind.CALCULATED,
            Words(
                "Opens, local time (calculated)",
                "Åpner, lokal tid (beregnet)",
                "Відкривається, місцевий час (обчислено)",
            ),
            Words("On the first date.", "På den første datoen.", "На першу дату."),
        ),
        Column(
            "closes_local",
            Kind.CALCULATED,
            Words(
                "Closes, local time (calculated)",
                "Stenger, lokal tid (beregnet)",
                "Закривається, місцевий час (обчислено)",
            ),
            Words("On the first date.", "På den første datoen.", "На першу дату."),
        ),
    ),
)

HUBS = Sheet(
    key="hubs",
    name=Words("Hubs", "Knutepunkter", "Хаби"),
    about=Words(
        "The airports where patients are taken on board.",
        "Flyplassene der pasienter tas om bord.",
        "Аеропорти, де пацієнтів беруть на борт.",
    ),
    required=True,
    columns=(
        Column(
            "code",
            Kind.NAME,
            Words("Hub", "Knutepunkt", "Хаб"),
            Words(
                "Its code on the sheet of airports.",
                "Koden på arket for flyplasser.",
                "Код з аркуша аеропортів.",
            ),
            example="EPRZ",
            required=True,
            refers="airports",
        ),
        Column(
            "load_minutes",
            Kind.NUMBER,
            Words("Loading (minutes)", "Ombordtaking (minutter)", "Завантаження (хвилини)"),
            Words(
                "How long an aircraft stands there while patients are taken on board.",
                "Hvor lenge et fly står der mens pasienter tas om bord.",
                "Скільки літак стоїть там, поки пацієнтів беруть на борт.",
            ),
            example=60,
            required=True,
        ),
    ),
)

COUNTRIES = Sheet(
    key="countries",
    name=Words("Countries", "Land", "Країни"),
    about=Words(
        "Every country whose hospitals are listed, or that a patient refuses or prefers.",
        "Alle land som har sykehus på listen, eller som en pasient avslår eller ønsker.",
        "Усі країни, лікарні яких є у списку або яких пацієнт не приймає чи бажає.",
    ),
    required=True,
    columns=(
        Column(
            "code",
            Kind.NAME,
            Words("Country", "Land", "Країна"),
            Words(
                "Two letters as in ISO 3166, such as NO.",
                "To bokstaver etter ISO 3166, som NO.",
                "Дві літери за ISO 3166, наприклад NO.",
            ),
            example="NO",
            required=True,
        ),
        Column(
            "limit",
            Kind.NUMBER,
            Words("Limit", "Grense", "Обмеження"),
            Words(
                "The most patients the country receives in this plan. Empty: no limit.",
                "Flest pasienter landet tar imot i denne planen. Tomt: ingen grense.",
                "Найбільше пацієнтів, яких країна приймає за цим планом. Порожньо: без обмеження.",
            ),
            example=6,
        ),
        Column(
            "fair_share",
            Kind.NUMBER,
            Words("Fair share", "Rimelig andel", "Справедлива частка"),
            Words(
                "Above this number further patients make a plan worse. Empty: none.",
                "Over dette tallet gjør flere pasienter en plan dårligere. Tomt: ingen.",
                "Понад це число кожен наступний пацієнт погіршує план. Порожньо: немає.",
            ),
            example=4,
        ),
    ),
)
