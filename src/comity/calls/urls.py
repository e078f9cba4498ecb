from django.urls import include, path

from comity.calls.views import (
    answering,
    asked,
    board,
    deciding,
    questions,
    reminders,
    running,
    workbooks,
)

app_name = "calls"
of_process = [
    path("calls/", board.calls, name="list"),
    path("calls/add/", running.add, name="add"),
    path("calls/board/", board.board, name="board"),
    path("calls/reminders/", reminders.reminders, name="reminders"),
    path("calls/reminders/<int:pk>/", reminders.round_decide, name="round_decide"),
    path("calls/board.<slug:form>", board.board_file, name="board_file"),
]
of_call = [
    path("", board.call, name="call"),
    path("board.<slug:form>", board.call_file, name="call_file"),
    path("answers/", board.answers, name="answers"),
    path("answers.<slug:form>", board.answers_file, name="answers_file"),
    path("history/", board.history, name="history"),
    path("reminders/", reminders.call_reminders, name="call_reminders"),
    path("edit/", running.edit, name="edit"),
    path("discard/", running.discard, name="discard"),
    path("open/", running.opening, name="open"),
    path("ask/", running.ask, name="ask"),
    path("extend/", running.extend, name="extend"),
    path("close/", running.close, name="close"),
    path("reopen/", running.reopen, name="reopen"),
    path("withdraw/", running.withdraw, name="withdraw"),
    path("questions/add/", questions.add, name="question_add"),
    path("questions/<int:question>/", questions.edit, name="question"),
    path("questions/<int:question>/move/", questions.move, name="question_move"),
    path("questions/<int:question>/remove/", questions.remove, name="question_remove"),
]
of_reply = [
    path("", deciding.reply, name="reply"),
    path("extend/", deciding.extend, name="reply_extend"),
    path("record/", deciding.record, name="reply_record"),
    path("reopen/", deciding.reopen, name="reply_reopen"),
    path("<int:number>/accept/", deciding.accept, name="reply_accept"),
    path("<int:number>/return/", deciding.give_back, name="reply_return"),
    path("<int:number>/scan/", deciding.scan, name="reply_scan"),
]
of_answer = [
    path("", answering.answer, name="answer"),
    path("clear/", answering.answer_clear, name="answer_clear"),
    path("withdraw/", answering.answer_withdraw, name="answer_withdraw"),
    path("sent/<int:sent>/confirm/", answering.answer_confirm, name="answer_confirm"),
    path("sent/<int:sent>/file/", answering.answer_scan, name="answer_scan"),
    path("workbook/", workbooks.answer_fetch, name="answer_fetch"),
    path("workbook/send/", workbooks.answer_send, name="answer_send"),
    path("workbook/<uuid:token>/", workbooks.answer_take, name="answer_take"),
]
of_handed_in = [
    path("workbook/in/<slug:language>/", workbooks.handed_in_fetch, name="handed_in_fetch"),
    path("workbook/<slug:way>/", workbooks.handed_in_send, name="handed_in_send"),
    path("workbook/<slug:way>/<uuid:token>/", workbooks.handed_in_take, name="handed_in_take"),
]
urlpatterns = [
    path("processes/<slug:slug>/", include(of_process)),
    path("calls/<int:pk>/", include(of_call)),
    path("calls/<int:pk>/replies/<slug:party>/", include(of_reply)),
    path("asked/", asked.asked, name="asked"),
    path("calls/<int:pk>/answer/<slug:code>/", include(of_answer)),
    path("calls/<int:pk>/replies/<slug:code>/", include(of_handed_in)),
]
