"""The sheets of what is fixed by hand: patients at a hospital, and whole flights."""

from medevac.tables.columns import Column, Kind, Sheet, Words

FIXED = Sheet(
    key="fixed",
    name=Words("Fixed patients", "Låste pasienter", "Закріплені пацієнти"),
    about=Words(
        "Patients whose hospital, and perhaps flight, is decided already; the plan works around them.",
        "Pasienter der sykehus, og kanskje flyvning, alt er bestemt; planen legges rundt dem.",
        "Пацієнти, для яких лікарню, а можливо й рейс, уже визначено; план будується навколо них.",
    ),
    inner=("flight",),
    columns=(
        Column(
            "patient",
            Kind.NAME,
            Words("Patient", "Pasient", "Пацієнт"),
            Words(
                "The patient's identifier on the sheet of patients.",
                "Pasientens identifikator på arket for pasienter.",
                "Ідентифікатор пацієнта з аркуша пацієнтів.",
            ),
            example="UA-26-0001",
            required=True,
            refers="patients",
        ),
        Column(
            "hospital",
            Kind.NAME,
            Words("Hospital", "Sykehus", "Лікарня"),
            Words(
                "Where the patient is placed.",
                "Der pasienten får plass.",
                "Куди пацієнта розміщено.",
            ),
            example="NO-OUS",
            required=True,
            refers="hospitals",
        ),
        Column(
            "flight.aircraft",
            Kind.NAME,
            Words("Flight: aircraft", "Flyvning: fly", "Рейс: літак"),
            Words(
                "Together with the date: the flight. Empty: any flight.",
                "Sammen med datoen: flyvningen. Tomt: en hvilken som helst.",
                "Разом із датою: рейс. Порожньо: будь-який.",
            ),
            example="SAS-737",
            refers="aircraft",
        ),
        Column(
            "flight.date",
            Kind.DATE,
            Words("Flight: date", "Flyvning: dato", "Рейс: дата"),
            Words(
                "The date of the flight.",
                "Datoen for flyvningen.",
                "Дата рейсу.",
            ),
            example="2026-01-14",
        ),
    ),
)

FIXED_FLIGHTS = Sheet(
    key="fixed_flights",
    name=Words("Fixed flights", "Låste flyvninger", "Закріплені рейси"),
    about=Words(
        "Flights that are flown exactly as given.",
        "Flyvninger som gjennomføres nøyaktig som oppgitt.",
        "Рейси, які виконуються точно так, як указано.",
    ),
    columns=(
        Column(
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
        ),
        Column(
            "date",
            Kind.DATE,
            Words("Date", "Dato", "Дата"),
            Words(
                "One of the aircraft's dates.",
                "En av flyets datoer.",
                "Одна з дат літака.",
            ),
            example="2026-01-14",
            required=True,
        ),
        Column(
            "layout",
            Kind.NAME,
            Words("Layout", "Oppsett", "Компонування"),
            Words("One of the aircraft's layouts.", "Ett av flyets oppsett.", "Одне з компонувань літака."),
            example="standard",
            required=True,
        ),
        Column(
            "hub",
            Kind.NAME,
            Words("Hub", "Knutepunkt", "Хаб"),
            Words(
                "Where patients are taken on board.",
                "Der pasientene tas om bord.",
                "Де пацієнтів беруть на борт.",
            ),
            example="EPRZ",
            required=True,
            refers="hubs",
        ),
        Column(
            "stops",
            Kind.NAMES,
            Words("Drops", "Stopp", "Зупинки"),
            Words(
                "The drop airports in order, separated by commas; the base, if named, is last.",
                "Flyplassene det stoppes ved, i rekkefølge, atskilt med komma; basen kommer sist om den er med.",
                "Аеропорти зупинок по черзі через кому; база, якщо вказана, остання.",
            ),
            example=["EDDF", "ENGM"],
            required=True,
        ),
        Column(
            "leaves_base",
            Kind.CLOCK,
            Words("Leaves base (UTC)", "Drar fra basen (UTC)", "Виліт з бази (UTC)"),
            Words(
                "The time on that date at which the aircraft leaves its base.",
                "Klokkeslettet den datoen da flyet drar fra basen.",
                "Час тієї дати, коли літак вилітає з бази.",
            ),
            example="06:00",
            required=True,
        ),
        Column(
            "closed",
            Kind.FLAG,
            Words("Closed", "Stengt", "Закритий"),
            Words(
                "Yes: only patients fixed to this flight travel on it. Empty: no.",
                "Ja: bare pasienter som er låst til flyvningen, er med. Tomt: nei.",
                "Так: летять лише пацієнти, закріплені за цим рейсом. Порожньо: ні.",
            ),
            example=False,
        ),
        Column(
            "leaves_base_local",
            Kind.CALCULATED,
            Words(
                "Leaves base, local time (calculated)",
                "Drar fra basen, lokal tid (beregnet)",
                "Виліт з бази, місцевий час (обчислено)",
            ),
            Words(
                "The same instant on the clocks of the base.",
                "Det samme tidspunktet på klokkene ved basen.",
                "Той самий момент за годинником бази.",
            ),
        ),
    ),
)
