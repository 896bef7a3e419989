"""The first sheet: how to fill the workbook in, what the colours mean, and what stands on each sheet."""

from __future__ import annotations

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from medevac.tables.columns import Language, Words
from medevac.tables.look import fill, font
from medevac.tables.sheets import SHEETS

TITLE = Words(
    "medevac · the week as a workbook", "medevac · uken som arbeidsbok", "medevac · тиждень у книзі Excel"
)
STEPS = (
    Words(
        "Fill in the sheets from left to right. Point at a heading to read its note.",
        "Fyll ut arkene fra venstre mot høyre. Pek på en overskrift for å lese merknaden.",
        "Заповнюйте аркуші зліва направо. Наведіть курсор на заголовок, щоб прочитати примітку.",
    ),
    Words(
        "All times are in UTC; columns marked (calculated) show local time beside them.",
        "Alle klokkeslett er i UTC; kolonner merket (beregnet) viser lokal tid ved siden av.",
        "Увесь час — за UTC; стовпці з позначкою (обчислено) показують поруч місцевий час.",
    ),
    Words(
        "A row that begins with “Example:” shows how it is done. It is not read; overwrite or leave it.",
        "En rad som begynner med «Eksempel:» viser hvordan det gjøres. Den blir ikke lest; skriv over eller la stå.",
        "Рядок, що починається з «Приклад:», показує, як заповнювати. Він не читається; замініть або залиште.",
    ),
    Words(
        "Several entries in one cell are separated by commas. An empty cell means what its note says.",
        "Flere oppføringer i én celle skilles med komma. En tom celle betyr det som står i merknaden.",
        "Кілька значень в одній клітинці розділяйте комами. Порожня клітинка означає те, що в примітці.",
    ),
    Words(
        "Columns, settings and sheets of your own may be added if their names begin with x-, such as x-name.",
        "Egne kolonner, innstillinger og ark kan legges til når navnet begynner med x-, som x-name.",
        "Можна додавати власні стовпці, параметри й аркуші, якщо назва починається з x-, як-от x-name.",
    ),
    Words(
        "Do not merge cells. Names of sheets, headings and choices may be in English, Norwegian or Ukrainian, mixed.",
        "Ikke slå sammen celler. Arknavn, overskrifter og valg kan stå på engelsk, norsk eller ukrainsk, blandet.",
        "Не об'єднуйте клітинки. Назви аркушів, заголовки й варіанти можуть бути англійською, норвезькою чи "
        "українською впереміш.",
    ),
    Words(
        "Save the file and run: medevac plan FILE.xlsx --output FOLDER. Every fault is told with sheet, row and column.",
        "Lagre filen og kjør: medevac plan FIL.xlsx --output MAPPE. Alle feil meldes med ark, rad og kolonne.",
        "Збережіть файл і виконайте: medevac plan ФАЙЛ.xlsx --output ТЕКА. Кожну помилку вказано з аркушем, рядком "
        "і стовпцем.",
    ),
)
COLOURS = Words("Colours of the headings", "Fargene på overskriftene", "Кольори заголовків")
LEGEND = (
    (
        "1F3A5F",
        "FFFFFF",
        Words("Dark, with * · must be filled in", "Mørk, med * · må fylles ut", "Темний, із * · обов'язково"),
    ),
    (
        "D6E4F0",
        "1F3A5F",
        Words("Light · may be left empty", "Lys · kan stå tom", "Світлий · можна не заповнювати"),
    ),
    (
        "E7E6E6",
        "595959",
        Words(
            "Grey, (calculated) · only shown, never read",
            "Grå, (beregnet) · bare til visning, leses ikke",
            "Сірий, (обчислено) · лише показ, не читається",
        ),
    ),
    (
        "E4DFEC",
        "403152",
        Words("Violet, x- · your own", "Fiolett, x- · dine egne", "Фіолетовий, x- · власні"),
    ),
)
SHEETS_TITLE = Words("The sheets", "Arkene", "Аркуші")


def write_guide(sheet: Worksheet, language: Language) -> None:
    """Write the guidance onto an empty sheet."""
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 4
    sheet.column_dimensions["B"].width = 30
    sheet.column_dimensions["C"].width = 104
    _put(sheet, 1, 1, TITLE.of(language), font(bold=True, size=18, color="1F3A5F"))
    sheet.row_dimensions[1].height = 32
    row = 3
    for number, step in enumerate(STEPS, start=1):
        _put(sheet, row, 1, number, font(bold=True, color="1F3A5F"))
        _put(sheet, row, 2, step.of(language), font(size=11))
        row += 1
    row = _write_legend(sheet, row + 1, language)
    _write_index(sheet, row + 1, language)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _write_legend(sheet: Worksheet, row: int, language: Language) -> int:
    _put(sheet, row, 1, COLOURS.of(language), font(bold=True, size=13, color="1F3A5F"))
    for background, ink, words in LEGEND:
        row += 1
        _put(sheet, row, 2, words.of(language), font(bold=True, color=ink))
        for column in (2, 3):
            sheet.cell(row, column).fill = fill(background)
    return row + 1


def _write_index(sheet: Worksheet, row: int, language: Language) -> None:
    _put(sheet, row, 1, SHEETS_TITLE.of(language), font(bold=True, size=13, color="1F3A5F"))
    for one in SHEETS:
        row += 1
        name = one.name.of(language)
        cell = _put(sheet, row, 2, name, font(underline="single", color="0B5394"))
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(name)}!A1")
        cell.font = font(underline="single", color="0B5394")
        about = _put(sheet, row, 3, one.about.of(language), font())
        about.alignment = Alignment(wrap_text=True, vertical="top")


def _put(sheet: Worksheet, row: int, column: int, value: str | int, ink: Font) -> Cell:
    cell = sheet.cell(row, column, value)
    cell.font = ink
    cell.alignment = Alignment(vertical="center")
    return cell
