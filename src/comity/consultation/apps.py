from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationConfig(AppConfig):
    name = "comity.consultation"

    def ready(self) -> None:
        # ruff: noqa: PLC0415 -- models cannot be imported before the apps are ready
        from comity.audit.queries import action_labels
        from comity.calls.kinds import Kind, kinds
        from comity.consultation import permissions  # noqa: F401 -- declares the rules
        from comity.consultation.actions import ACTIONS
        from comity.consultation.answering import answer_context
        from comity.consultation.asking import KIND, admit, fields_of_consultation
        from comity.consultation.gates import only_members_read_drafts
        from comity.consultation.services.keeping import keep_proposals
        from comity.texts.gates import draft_gates

        kind = Kind(
            _("Consultation on a text"),
            fields_of_consultation,
            keep_proposals,
            admit,
            answer_template="consultation/answer.html",
            answer_context=answer_context,
        )
        kinds.add(KIND, kind)
        draft_gates.add("consultation", only_members_read_drafts)
        for action, label in ACTIONS.items():
            action_labels.add(action, label)
