"""What people do to a workbook before they send it back."""

import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from comity.office.workbook_writing import write_workbook


def filled(workbook, edit=lambda _rows: None, language="en"):
    """Return the bytes of a workbook after ``edit`` has changed its one sheet."""
    file = openpyxl.load_workbook(io.BytesIO(write_workbook(workbook, language)))
    edit(Rows(file.worksheets[0]))
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def upload(content, name="filled.xlsx"):
    return SimpleUploadedFile(name, content)


class Rows:
    """A sheet whose cells are found by what stands in a column, and by its heading."""

    def __init__(self, sheet):
        self.sheet = sheet
        self.columns = {cell.value: cell.column for cell in sheet[1]}

    def number(self, heading, value):
        """Return in which row ``value`` stands below ``heading``."""
        column = self.columns[heading]
        return next(n for n in range(2, 1000) if self.sheet.cell(n, column).value == value)

    def put(self, row, **values):
        for heading, value in values.items():
            self.sheet.cell(row, self.columns[heading.replace("_", " ")]).value = value

    def set(self, row, heading, value):
        self.sheet.cell(row, self.columns[heading]).value = value

    def add(self, values):
        row = self.sheet.max_row + 1
        while row > 2 and not any(cell.value for cell in self.sheet[row - 1]):
            row -= 1
        for heading, value in values.items():
            self.set(row, heading, value)
        return row
