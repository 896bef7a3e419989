"""The sheets of the aircraft: their limits, their cabins and their crews' hours."""

from medevac.tables.columns import Column, Kind, Sheet, Words

_AIRCRAFT_REFERENCE = Column(
    "aircraft",
    Kind.NAME,
    Words("Aircraft", "Fly", "Літак"),
    Words(
        "Its identifier on the sheet of aircraft.",
        "Identifikatoren på arket for fly.",
        "Ідентифікатор з аркуша літаків.",
    ),
    example="SAS-737",
    required=True,
    refers="aircraft",
)


def _number(key: str, heading: Words, note: Words, example: float, *, required: bool = True) -> Column:
    return Column(key, Kind.NUMBER, heading, note, example=example, required=required)


AIRCRAFT = Sheet(
    key="aircraft",
    name=Words("Aircraft", "Fly", "Літаки"),
    about=Words(
        "What can fly, on which dates and within which limits. Cabins stand on the sheet of layouts.",
        "Hva som kan fly, på hvilke datoer og innenfor hvilke grenser. Kabinene står på arket for oppsett.",
        "Що може літати, у які дати та в яких межах. Салони — на аркуші компонувань.",
    ),
    required=True,
    columns=(
        Column(
            "id",
            Kind.NAME,
            Words("Aircraft", "Fly", "Літак"),
            Words(
                "A short identifier that the other sheets use, such as SAS-737.",
                "En kort identifikator som de andre arkene bruker, som SAS-737.",
                "Короткий ідентифікатор, який використовують інші аркуші, наприклад SAS-737.",
            ),
            example="SAS-737",
            required=True,
        ),
        Column(
            "base",
            Kind.NAME,
            Words("Base", "Base", "База"),
            Words(
                "The airport it leaves from and returns to; never a hub.",
                "Flyplassen det drar fra og kommer tilbake til; aldri et knutepunkt.",
                "Аеропорт, з якого вилітає і куди повертається; не може бути хабом.",
            ),
            example="ENGM",
            required=True,
            refers="airports",
        ),
        Column(
            "days",
            Kind.DATES,
            Words("Dates", "Datoer", "Дати"),
            Words(
                "The dates on which it can fly, separated by commas: 2026-01-14, 2026-01-16.",
                "Datoene det kan fly, atskilt med komma: 2026-01-14, 2026-01-16.",
                "Дати, коли він може летіти, через кому: 2026-01-14, 2026-01-16.",
            ),
            example=["2026-01-14"],
            required=True,
        ),
        _number(
            "max_flights",
            Words("Flights at most", "Høyst flyvninger", "Найбільше рейсів"),
            Words(
                "How often it flies in all. Empty: once on each date.",
                "Hvor mange ganger det flyr i alt. Tomt: én gang hver dato.",
                "Скільки разів летить загалом. Порожньо: по разу в кожну дату.",
            ),
            1,
            required=False,
        ),
        _number(
            "max_stops",
            Words("Stops at most", "Høyst stopp", "Найбільше зупинок"),
            Words(
                "How many drops one flight may make.",
                "Hvor mange stopp en flyvning kan ha.",
                "Скільки зупинок може зробити один рейс.",
            ),
            5,
        ),
        _number(
            "range_km",
            Words("Range (km)", "Rekkevidde (km)", "Дальність (км)"),
            Words("The longest leg.", "Den lengste etappen.", "Найдовший відрізок."),
            4000,
        ),
        _number(
            "speed_kmh",
            Words("Speed (km/h)", "Fart (km/t)", "Швидкість (км/год)"),
            Words(
                "A leg takes its distance at this speed, and the minutes of the next column.",
                "En etappe tar avstanden i denne farten pluss minuttene i neste kolonne.",
                "Відрізок триває відстань за цієї швидкості плюс хвилини з наступного стовпця.",
            ),
            780,
        ),
        _number(
            "leg_minutes",
            Words("Per leg (minutes)", "Per etappe (minutter)", "На відрізок (хвилини)"),
            Words(
                "What take-off, climb and landing add to each leg.",
                "Det avgang, stigning og landing legger til hver etappe.",
                "Скільки зліт, набір висоти й посадка додають до кожного відрізка.",
            ),
            24,
        ),
        _number(
            "turnaround_minutes",
            Words("Turn-round (minutes)", "Bakketid (minutter)", "Стоянка (хвилини)"),
            Words(
                "How long it stands at a drop.",
                "Hvor lenge det står ved et stopp.",
                "Скільки стоїть на зупинці.",
            ),
            50,
        ),
        _number(
            "unload_minutes",
            Words("Unloading (minutes)", "Avlasting (minutter)", "Вивантаження (хвилини)"),
            Words(
                "From arrival at a drop until the ambulance leaves.",
                "Fra ankomst ved et stopp til ambulansen kjører.",
                "Від прибуття на зупинку до від'їзду швидкої.",
            ),
            30,
        ),
        _number(
            "report_minutes",
            Words("Report before (minutes)", "Frammøte før (minutter)", "Явка до вильоту (хвилини)"),
            Words(
                "How long before leaving the base the crew reports; duty starts then.",
                "Hvor lenge før avgang fra basen mannskapet møter; da starter tjenesten.",
                "За скільки до вильоту з бази з'являється екіпаж; тоді починається робочий час.",
            ),
            60,
        ),
        _number(
            "duty_minutes",
            Words(
                "Duty at most (minutes)", "Tjenestetid høyst (minutter)", "Робочий час, найбільше (хвилини)"
            ),
            Words(
                "The longest duty, where it is one number. Empty: as on the sheet of duty bands.",
                "Den lengste tjenestetiden, der den er ett tall. Tomt: som på arket for tjenestetid.",
                "Найдовший робочий час, якщо це одне число. Порожньо: як на аркуші робочого часу.",
            ),
            840,
            required=False,
        ),
        _number(
            "cost_per_hour",
            Words("Cost per flying hour", "Kostnad per flytime", "Вартість льотної години"),
            Words(
                "In any one currency for all aircraft.",
                "I én og samme valuta for alle fly.",
                "В одній валюті для всіх літаків.",
            ),
            9000,
        ),
    ),
)

LAYOUTS = Sheet(
    key="layouts",
    name=Words("Layouts", "Kabinoppsett", "Компонування салону"),
    about=Words(
        "The ways in which each aircraft's cabin can be fitted, one row each.",
        "Måtene kabinen i hvert fly kan innredes på, én rad for hver.",
        "Варіанти облаштування салону кожного літака, по одному рядку.",
    ),
    columns=(
        _AIRCRAFT_REFERENCE,
        Column(
            "id",
            Kind.NAME,
            Words("Layout", "Oppsett", "Компонування"),
            Words("What it is called.", "Hva det heter.", "Як воно називається."),
            example="standard",
            required=True,
        ),
        _number(
            "litters",
            Words("Litters", "Bårer", "Ноші"),
            Words(
                "Lying places, the intensive ones included.",
                "Liggeplasser, medregnet intensivplassene.",
                "Лежачі місця, разом із місцями інтенсивної терапії.",
            ),
            18,
        ),
        _number(
            "intensive",
            Words("Intensive", "Intensiv", "Інтенсивні"),
            Words(
                "How many litters are fitted for intensive care.",
                "Hvor mange bårer som er utstyrt for intensivbehandling.",
                "Скільки нош обладнано для інтенсивної терапії.",
            ),
            3,
        ),
        _number(
            "seats",
            Words("Seats", "Seter", "Сидіння"),
            Words(
                "For seated patients and companions, after the crew's own.",
                "For sittende pasienter og ledsagere, når mannskapet har fått sine.",
                "Для сидячих пацієнтів і супровідників, без місць екіпажу.",
            ),
            30,
        ),
        _number(
            "isolation",
            Words("Airborne isolation", "Luftsmitteisolering", "Повітряна ізоляція"),
            Words(
                "The most patients in airborne isolation. Empty: no limit.",
                "Flest pasienter i luftsmitteisolering. Tomt: ingen grense.",
                "Найбільше пацієнтів у повітряній ізоляції. Порожньо: без обмеження.",
            ),
            2,
            required=False,
        ),
        _number(
            "care",
            Words("Care points", "Pleiepoeng", "Бали догляду"),
            Words(
                "The most care points of all patients together. Empty: no limit.",
                "Flest pleiepoeng for alle pasienter til sammen. Tomt: ingen grense.",
                "Найбільше балів догляду для всіх пацієнтів разом. Порожньо: без обмеження.",
            ),
            20,
            required=False,
        ),
    ),
)

LEGS_IN_TEMPLATE = range(2, 9)
LEGS_NOTE = Words(
    "The longest duty in minutes when so many legs are flown, the one to the hub included. Fewer legs than the "
    "first filled column count as that one; more than the last are not allowed.",
    "Den lengste tjenestetiden i minutter når så mange etapper flys, medregnet den til knutepunktet. Færre etapper "
    "enn i første utfylte kolonne teller som den; flere enn i den siste er ikke tillatt.",
    "Найдовший робочий час у хвилинах за стількох відрізків, разом із відрізком до хабу. Менше, ніж у першому "
    "заповненому стовпці, рахується як він; більше, ніж в останньому, не дозволено.",
)
LEGS_EXAMPLE = {3: 780, 4: 750, 5: 720, 6: 690}

DUTY_BANDS = Sheet(
    key="duty_bands",
    name=Words("Duty bands", "Tjenestetid", "Робочий час екіпажу"),
    about=Words(
        "Where the longest duty depends on when the crew reports and how many legs it flies; one row for each band.",
        "Der den lengste tjenestetiden avhenger av frammøte og antall etapper; én rad for hvert bånd.",
        "Якщо найдовший робочий час залежить від часу явки та кількості відрізків; рядок на кожен проміжок.",
    ),
    inner=("legs",),
    columns=(
        _AIRCRAFT_REFERENCE,
        Column(
            "report_from",
            Kind.CLOCK,
            Words("Report from (UTC)", "Frammøte fra (UTC)", "Явка від (UTC)"),
            Words(
                "The band holds from this time on. None crosses midnight.",
                "Båndet gjelder fra dette klokkeslettet. Ingen går over midnatt.",
                "Проміжок діє від цього часу. Жоден не переходить через північ.",
            ),
            example="05:00",
            required=True,
        ),
        Column(
            "report_until",
            Kind.CLOCK,
            Words("Report until (UTC)", "Frammøte til (UTC)", "Явка до (UTC)"),
            Words(
                "The band holds until just before this time; 24:00 for the end of the day.",
                "Båndet gjelder til like før dette klokkeslettet; 24:00 for slutten av døgnet.",
                "Проміжок діє до цього часу, не включно; 24:00 — кінець доби.",
            ),
            example="12:30",
            required=True,
        ),
        Column(
            "report_from_local",
            Kind.CALCULATED,
            Words(
                "From, local time at base (calculated)",
                "Fra, lokal tid ved basen (beregnet)",
                "Від, місцевий час бази (обчислено)",
            ),
            Words("On the first date.", "På den første datoen.", "На першу дату."),
        ),
        Column(
            "report_until_local",
            Kind.CALCULATED,
            Words(
                "Until, local time at base (calculated)",
                "Til, lokal tid ved basen (beregnet)",
                "До, місцевий час бази (обчислено)",
            ),
            Words("On the first date.", "På den første datoen.", "На першу дату."),
        ),
    ),
)


def legs_column(legs: int) -> Column:
    """The column of the duty bands for one number of legs."""
    heading = Words(
        f"{legs} {'leg' if legs == 1 else 'legs'} (minutes)",
        f"{legs} {'etappe' if legs == 1 else 'etapper'} (minutter)",
        f"Відрізків: {legs} (хвилини)",
    )
    return Column(f"legs.{legs}", Kind.NUMBER, heading, LEGS_NOTE, example=LEGS_EXAMPLE.get(legs))
