"""The words that stand in cells of the workbook of asks, and the lines of its guide."""

from __future__ import annotations

from medevac.tables.columns import Words

NO_REASONS: dict[str, Words] = {
    "no-place": Words("no place is free", "ingen plass er ledig", "немає вільного місця"),
    "no-staff": Words(
        "no staff for another patient",
        "ikke personale til en pasient til",
        "немає персоналу ще для одного пацієнта",
    ),
    "no-isolation": Words(
        "no isolation room is free", "ingen isolater er ledige", "немає вільної ізоляційної палати"
    ),
    "no-competence": Words("we do not treat this", "vi behandler ikke dette", "ми цього не лікуємо"),
    "too-late": Words(
        "we cannot receive the patient in time",
        "vi kan ikke ta imot pasienten i tide",
        "ми не можемо прийняти пацієнта вчасно",
    ),
    "no-housing": Words(
        "no housing for companions", "ingen bolig for ledsagere", "немає житла для супровідників"
    ),
    "not-paid": Words("nobody covers the costs", "ingen dekker kostnadene", "ніхто не покриває витрат"),
    "other": Words("another reason, in words", "en annen grunn, med ord", "інша причина, словами"),
}
CHOOSERS: dict[str, Words] = {
    "patient": Words("the patient", "pasienten", "пацієнт"),
    "parent": Words("a parent", "en forelder", "один із батьків"),
    "guardian": Words("a guardian", "en verge", "опікун"),
    "court": Words("a court", "en domstol", "суд"),
    "relative": Words(
        "a relative whom the patient has asked",
        "en pårørende som pasienten har spurt",
        "родич, якого попросив пацієнт",
    ),
}
CHANNELS: dict[str, Words] = {
    "service": Words("in the service", "i tjenesten", "у системі"),
    "link": Words("by signed link", "med lenke", "за посиланням"),
    "telephone": Words("by telephone", "på telefon", "телефоном"),
    "mail": Words("by e-mail or letter", "i e-post eller brev", "електронною поштою або листом"),
}
CHOICES = {"no_reason": NO_REASONS, "chooser": CHOOSERS, "channel": CHANNELS}

GUIDE_TITLE = Words(
    "medevac · asks, answers, offers and choices",
    "medevac · spørsmål, svar, tilbud og valg",
    "medevac · запити, відповіді, пропозиції та вибір",
)
GUIDE = (
    Words(
        "Each sheet can be left empty. A row that stands as it was taken away changes nothing.",
        "Hvert ark kan stå tomt. En rad som står slik den ble hentet ut, endrer ingenting.",
        "Кожен аркуш може бути порожнім. Рядок, залишений таким, як його вивантажено, нічого не змінює.",
    ),
    Words(
        "Asks: whom to ask for which case, and by when. Rows with the same deadline, remark and telephone "
        "make a round.",
        "Spørsmål: hvem som spørres om hvilken sak, og til når. Rader med samme frist, merknad og telefon "
        "blir en runde.",
        "Запити: кого й про який випадок запитати та до якого часу. Рядки з однаковим терміном, приміткою й "
        "телефоном утворюють раунд.",
    ),
    Words(
        "Answers: what was said on the telephone or by mail. An answer is one statement: an empty cell is "
        "not said. Another answer later replaces it.",
        "Svar: det som ble sagt på telefon eller i e-post. Et svar er ett utsagn: en tom celle er ikke sagt. "
        "Et senere svar erstatter det.",
        "Відповіді: що сказали телефоном або поштою. Відповідь — одне ціле: порожня клітинка означає, що "
        "цього не сказано. Пізніша відповідь замінює її.",
    ),
    Words(
        "Offers: a free place of a hospital that keeps its places here, or one that a hospital has named. "
        "An offer that was sent is not changed: withdraw it, and offer anew.",
        "Tilbud: en ledig plass ved et sykehus som fører plassene her, eller en som et sykehus har nevnt. "
        "Et sendt tilbud endres ikke: trekk det, og tilby på nytt.",
        "Пропозиції: вільне місце лікарні, яка веде свої місця тут, або те, яке лікарня назвала. Надіслану "
        "пропозицію не змінюють: відкличте її й запропонуйте знову.",
    ),
    Words(
        "Choices: only what the patient has chosen on a signed sheet. Attach it to the case first, and write "
        "its number here.",
        "Valg: bare det pasienten har valgt på et signert ark. Legg arket ved saken først, og skriv nummeret "
        "her.",
        "Вибір: лише те, що пацієнт обрав на підписаному аркуші. Спершу долучіть аркуш до випадку, а тут "
        "напишіть його номер.",
    ),
    Words(
        "Times are in UTC. Never write a patient's name in a remark.",
        "Klokkeslett er i UTC. Skriv aldri navnet på en pasient i en merknad.",
        "Час — за UTC. Ніколи не пишіть ім'я пацієнта в примітці.",
    ),
    Words(
        "First you are shown what the file would do; nothing is written until you say so.",
        "Først vises hva filen ville gjort; ingenting skrives før du sier fra.",
        "Спершу буде показано, що зробить файл; нічого не записується, доки ви не підтвердите.",
    ),
)
